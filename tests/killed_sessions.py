"""Sessions that are killed at random moments: `python -m tests.killed_sessions FOLDER TIMES SEED`.

Each time a child of this process goes on with the session that was cut off last, or begins one, turn after turn, and
tells of each turn that the partner has begun to answer. It is killed, and then everything it has told of has to be in
the log, the file has to be sound, and the next child goes on where it was. Prints what was found at the end.
"""

import json
import os
import random
import signal
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.dialogue import EndOfReplies, Floor, Foresee, Heard, Line, Reply, Speaker, Spoken
from rehearse.practice.database import Database
from rehearse.practice.keeping import Keeping, cut_off
from rehearse.practice.log import About, PracticeLog, about, now
from rehearse.scenarios.loader import load
from rehearse.scenarios.schema import Scenario
from tests.agent.test_loop import FakeDisplay, FakeMouth
from tests.coding import code_by_name
from tests.conftest import SCENE

LONGEST_S = 0.35
SAID = ("advises", "labels_feeling", "validates", "reflects", "denies", "hm", "try that again", "start over", "yes")


class Telling(FakeMouth):
    """Says on a pipe which replies the partner has begun to answer."""

    def __init__(self, pipe: int) -> None:
        super().__init__()
        self._pipe = pipe
        self.rehearsal: Rehearsal

    def say(self, lines: Sequence[Line], floor: Floor, cue: object = None) -> Spoken:
        if lines[-1].speaker is Speaker.PARTNER:
            session = self.rehearsal.session
            said = [turn.reply.text for turn in (*session.turns, *session.retried)]
            os.write(self._pipe, (json.dumps(said) + "\n").encode())
        return Spoken(0, 0.0)


class Talking:
    """Answers at random, each time with a word that was never said before."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        words = self._chance.choice(SAID)
        if " " not in words and words != "yes":
            words = f"{words} {time.monotonic_ns()}"
        return Reply(words, 0.0, 1.0) if self._chance.random() > 0.02 else EndOfReplies()


def practise(scene: Scenario, path: Path, pipe: int, seed: int, sessions: int = 1_000_000) -> None:
    """Hold one session after the other until somebody puts an end to it."""
    chance = random.Random(seed)
    for _ in range(sessions):
        log = PracticeLog(Database.in_file(path))
        past = log.cut_off()
        started = about(past) if past else About(now(), medium="typed")
        keeping = Keeping(log, started, trouble=_fail, goes_on=past.id if past else None)
        conversation = Conversation(
            scene, seed=seed, coder=code_by_name, cut_off=cut_off(log, past.id) if past else None
        )
        mouth, rehearsal = Telling(pipe), Rehearsal(conversation, FakeDisplay(), keeping)
        mouth.rehearsal = rehearsal
        rehearsal.hold(mouth, Talking(chance))
        keeping.end(rehearsal.session)
        log.database.close()


def _fail(error: Exception) -> None:
    os.write(2, f"{error}\n".encode())
    os._exit(1)


def check(path: Path, told: list[str]) -> tuple[int, bool]:
    """How many turns the log holds, and whether a session is there to be gone on with."""
    log = PracticeLog(Database.in_file(path))
    with log.database.alone() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert not connection.execute(text("PRAGMA foreign_key_check")).all()
    kept = {turn.entry["reply"]["text"] for _, turns in log.all_turns() for turn in turns}
    lost = set(told) - kept
    assert not lost, lost
    past = log.cut_off()
    if past:
        assert len(cut_off(log, past.id).turns) == past.turns
    log.database.close()
    return len(kept), past is not None


def main(folder: Path, times: int, seed: int) -> None:
    """Kill it so often."""
    chance = random.Random(seed)
    (folder / "small.yaml").write_text(textwrap.dedent(SCENE), encoding="utf-8")
    scene, path = load(folder / "small.yaml"), folder / "practice.db"
    turns = told_of = resumable = 0
    check(path, [])
    practise(scene, folder / "warm.db", os.open(os.devnull, os.O_WRONLY), 0, sessions=1)  # loads what it takes
    for number in range(times):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            practise(scene, path, writing, number)
            os._exit(1)
        os.close(writing)
        time.sleep(chance.uniform(0, LONGEST_S))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL, status
        with os.fdopen(reading, encoding="utf-8") as pipe:
            told = [each for line in pipe for each in json.loads(line)]
        turns, cut = check(path, told)
        told_of += len(set(told))
        resumable += cut
    sys.stdout.write(json.dumps({"killed": times, "told": told_of, "kept": turns, "resumable": resumable}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
