"""Talking with a running program: wait until it has spoken, answer with a clip, wait for what it says to that."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.turns.card import Card
from benchmarks.turns.clips import Clip
from benchmarks.turns.hearing import GAP_S, Stretch, places_of, stretches
from benchmarks.turns.program import Printed, Program, endings_of, scenario_named
from rehearse.audio.frames import SAMPLE_RATE

COMMAND = Callable[[str, str, int, Path, Sequence[str]], list[str]]
"""(scenario, model, seed, report, more arguments) → the command that starts the program."""

START_S = 240.0
"""How long loading, rendering and the briefing may take."""
ANSWER_S = 15.0
"""How long an answer is waited for."""
_SPOKEN_S = 60.0
_THINK_S = 0.4
"""How long the person waits before they answer, after the silence by which the line is known to be over."""
_NOTHING_MORE_S = 2.5
"""After a line that cut in, so much silence means that the program listens again."""
_BEFORE_S, _AFTER_S = 2.5, 0.4
"""A stretch of sound belongs to a line that was printed so long before it or after."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the program under test is started."""

    command: COMMAND
    scenario: str
    model: str
    more: tuple[str, ...] = ()
    """Further arguments, such as --headset."""


@dataclass(slots=True)
class Played:
    """A clip that was played as an answer."""

    clip: Clip
    speech: list[tuple[int, int]]
    """Where each fragment lies in the recording."""
    noise: str
    counts: bool
    """False where it only moved the conversation on."""
    in_place: bool
    """Whether it answered a line of its own state."""
    answer: Stretch | None = None
    """The first thing the program said from the true end on."""
    answered_by: str = ""
    """Who said it: "partner" or "Coach"."""
    cut_in: list[Stretch] = field(default_factory=list)
    """What it said before the true end."""
    replies: list[str] = field(default_factory=list)
    """What the program's report holds of it."""
    resumed_after: int | None = None
    """Where fragments were played as a reaction: the sample at which the partner had begun."""


class Talk:
    """One run of the program on the card."""

    def __init__(self, card: Card, program: Program, settings: Settings) -> None:
        self.card = card
        self.recording = card.recording
        self.program = program
        self._endings = endings_of(scenario_named(settings.scenario))
        self._seen = 0
        """How many printed lines have been dealt with."""

    def next_line(self, timeout_s: float = ANSWER_S) -> tuple[Printed, str] | None:
        """The partner's next line and its state; None when the conversation has ended, or nothing comes."""
        line = self.program.wait_for("partner", self._seen, timeout_s)
        if line is None:
            return None
        self._seen = self.program.printed.index(line, self._seen) + 1
        state = self.program.state_of(line)
        return None if state is None or state in self._endings else (line, state)

    def skip_seen(self) -> None:
        """Lines so far are no longer news, but for the last of the partner's."""
        last = [number for number, line in enumerate(self.program.printed) if self.program.state_of(line)]
        self._seen = max(self._seen, last[-1] if last else 0)

    def sound_after(self, start: int, timeout_s: float) -> Stretch | None:
        """The first sound of the program from sample `start` on, as soon as it comes."""
        deadline = self.recording.length + round(timeout_s * SAMPLE_RATE)
        while True:
            if found := stretches(self.recording.speaker(start), start):
                return found[0]
            if self.recording.length > deadline:
                return None
            self.recording.wait(0.02)

    def wait_until_quiet(self, gap_s: float = GAP_S) -> bool:
        """Return when the program has been silent for `gap_s`, and has spoken what it printed."""
        deadline = self.recording.length + round(_SPOKEN_S * SAMPLE_RATE)
        gap = round(gap_s * SAMPLE_RATE)
        while self.recording.length < deadline:
            end = self.recording.length
            start = max(0, end - gap)
            if end >= gap and not stretches(self.recording.speaker(start, end), start):
                return True
            self.recording.wait(0.05)
        return False

    def hear_line(self, line: Printed) -> bool:
        """Wait until `line`, just printed, has been spoken to its end."""
        start = round(max(0.0, line.at_s - _AFTER_S) * SAMPLE_RATE)
        return self.sound_after(start, ANSWER_S) is not None and self.wait_until_quiet()

    def answer(self, clip: Clip, noise: str, *, counts: bool, in_place: bool) -> Played | None:
        """Play `clip`, and wait for the program's answer; None where the clip did not come through whole."""
        self.recording.wait(_THINK_S)
        start = self.recording.length
        self.card.play(clip.sound).wait(clip.seconds + 20)
        self.recording.wait(0.1)
        speech = places_of(clip, self.recording.microphone(start), start)
        if speech is None:
            return None
        played = Played(clip, speech, noise, counts, in_place)
        self.listen_for_answer(played)
        return played

    def listen_for_answer(self, played: Played) -> None:
        """Wait for what the program says to a clip that is over, and note what it said before."""
        start, end = played.speech[0][0], played.speech[-1][1]
        deadline = end + round(ANSWER_S * SAMPLE_RATE)
        while self.recording.length < deadline:
            found = [each for each in stretches(self.recording.speaker(start), start) if self._who(each)]
            played.cut_in = [each for each in found if each.start < end]
            later = [each for each in found if each.start >= end]
            if later:
                played.answer, played.answered_by = later[0], self._who(later[0])
                return
            if played.cut_in and self.recording.length > max(end, found[-1].end) + _NOTHING_MORE_S * SAMPLE_RATE:
                return
            self.recording.wait(0.1)

    def _who(self, stretch: Stretch) -> str:
        """Who speaks: the last to have been printed about then; nobody where it is only an earcon."""
        at_s = stretch.start / SAMPLE_RATE
        near = [line for line in self.program.printed if at_s - _BEFORE_S <= line.at_s <= at_s + _AFTER_S]
        spoken = [line.who for line in near if line.who != "You"]
        return ("Coach" if spoken[-1] == "Coach" else "partner") if spoken else ""


@contextmanager
def talk(card: Card, settings: Settings, seed: int) -> Iterator[tuple[Talk, list[dict[str, Any]]]]:
    """Start the program; in the end its turns are put into the list."""
    turns: list[dict[str, Any]] = []
    with TemporaryDirectory(prefix="turns-") as folder:
        report = Path(folder) / "report.json"
        command = settings.command(settings.scenario, settings.model, seed, report, settings.more)
        program = Program(command, scenario_named(settings.scenario), report, lambda: card.recording.now_s)
        try:
            yield Talk(card, program, settings), turns
        finally:
            turns += program.stop()
            if program.complaints:
                print("the program says:", *program.complaints[-3:], sep="\n  ")


class Choice:
    """Which clip answers next: one of the state that has not been played, in an order drawn once."""

    def __init__(self, clips: Sequence[Clip], bridges: Sequence[Clip], patience: int | None = None) -> None:
        """`bridges` are the whole thoughts that move the conversation on where a state has no clip left."""
        self._left = list(clips)
        random.Random(0).shuffle(self._left)
        self._bridging = list(bridges)
        self._patience = min(12, 2 * len(self._left)) if patience is None else patience
        self._bridges = 0

    @property
    def done(self) -> bool:
        """Whether every clip has been played."""
        return not self._left

    def next(self, state: str) -> tuple[Clip, bool, bool]:
        """A clip for `state`; whether it counts, and whether it is in its place. Where the state has none left, an
        old one moves the conversation on, and after many of those in a row any is taken."""
        fitting = [clip for clip in self._left if clip.planned.state == state]
        if fitting or self._bridges >= self._patience:
            clip = fitting[0] if fitting else self._left[0]
            self._left.remove(clip)
            self._bridges = 0 if fitting else self._bridges
            return clip, True, bool(fitting)
        self._bridges += 1
        known = [clip for clip in self._bridging if clip.planned.state == state] or self._bridging
        return known[self._bridges % len(known)], False, True

    def put_back(self, clip: Clip) -> None:
        """It did not come through; try it again later."""
        self._left.append(clip)
