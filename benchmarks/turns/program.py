"""The program under test as a child process: what it prints, with the time on the recording, and its report."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.turns.clips import CACHE
from benchmarks.turns.transcripts import MODELS
from rehearse.scenarios.loader import find
from rehearse.scenarios.schema import Scenario

HOME = CACHE / "home"
_END_S = 30.0
_NAME_WIDTH = 10


@dataclass(frozen=True, slots=True)
class Printed:
    """A line on the program's terminal."""

    who: str
    """The partner's name, "Coach" or "You"."""
    text: str
    at_s: float
    """When it was read, on the recording's clock."""


class Program:
    """A running program."""

    def __init__(self, command: Sequence[str], scenario: Scenario, report: Path | None, now_s: Callable[[], float]):
        self._partner = scenario.partner.name
        self._states = states_of(scenario)
        self._report = report
        self._now_s = now_s
        self._changed = threading.Condition()
        self.printed: list[Printed] = []
        """All lines so far."""
        self.complaints: list[str] = []
        """What it wrote to standard error."""
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "COLUMNS": "500", "REHEARSE_HOME": str(home()), "PYTHONUNBUFFERED": "1"},
        )
        self._readers = [
            threading.Thread(target=self._read, daemon=True),
            threading.Thread(target=self._read_complaints, daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def running(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.poll() is None

    def state_of(self, line: Printed) -> str | None:
        """The state of the scenario whose line it is; None for the coach's and the person's."""
        return self._states.get(line.text) if line.who == self._partner else None

    def wait_for(self, who: str, since: int, timeout_s: float) -> Printed | None:
        """The first line of `who` ("partner", "Coach" or "You") that is printed from the `since`-th line on."""
        name = self._partner if who == "partner" else who

        def found() -> Printed | None:
            return next((line for line in self.printed[since:] if line.who == name), None)

        with self._changed:
            self._changed.wait_for(lambda: found() is not None or not self.running, timeout_s)
            return found()

    def said_by(self, who: str, since: int = 0) -> list[Printed]:
        """The lines of `who` from the `since`-th line on."""
        name = self._partner if who == "partner" else who
        return [line for line in self.printed[since:] if line.who == name]

    def stop(self) -> list[dict[str, Any]]:
        """End it as Ctrl-C does; the turns of its report."""
        if self.running:
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for reader in self._readers:
            reader.join(_END_S)
        if self._report is None:
            return []
        with suppress(OSError):
            turns: list[dict[str, Any]] = json.loads(self._report.read_text(encoding="utf-8"))["turns"]
            return turns
        return []

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            who, text = line[:_NAME_WIDTH].strip(), line[_NAME_WIDTH:].strip()
            with self._changed:
                if who in (self._partner, "Coach", "You"):
                    self.printed.append(Printed(who, text, self._now_s()))
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def _read_complaints(self) -> None:
        assert self._process.stderr
        self.complaints += [line.rstrip() for line in self._process.stderr if not line.startswith("ALSA lib")]


def practice(scenario: str, model: str, seed: int, report: Path, more: Sequence[str]) -> list[str]:
    """The command of a role-play by voice."""
    command = [sys.executable, "-u", "-m", "rehearse", "practice", scenario]
    return [*command, "--seed", str(seed), "--model", model, "--report", str(report), *more]


def plain(scenario: str, model: str, seed: int, report: Path, more: Sequence[str]) -> list[str]:
    """The command of the plain pipeline."""
    command = [sys.executable, "-u", "-m", "benchmarks.turns.plain", scenario]
    return [*command, "--seed", str(seed), "--model", model, "--report", str(report)]


def states_of(scenario: Scenario) -> dict[str, str]:
    """Which state each of the partner's lines belongs to."""
    return {line: name for name, state in scenario.states.items() for line in state.known_lines}


def endings_of(scenario: Scenario) -> set[str]:
    """The states in which the conversation ends."""
    return {name for name, state in scenario.states.items() if state.ending}


def scenario_named(name: str) -> Scenario:
    """A shipped scenario."""
    return find(name)


def home() -> Path:
    """A home of the bench's own, with the weights that the tests share."""
    HOME.mkdir(parents=True, exist_ok=True)
    MODELS.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (HOME / "models").symlink_to(MODELS)
    return HOME
