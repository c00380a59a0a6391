"""A listener with a scripted microphone, and fakes for the models' ends."""

from collections.abc import Callable, Sequence

import numpy as np

from rehearse.audio.at_once import AtOnce
from rehearse.audio.cues import Cues
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, FrameSource, Samples
from rehearse.audio.listening import Listener, NextTyped
from rehearse.audio.own_pauses import OwnPauses
from rehearse.audio.replies_as_sound import KeepSound
from rehearse.audio.transcriber import Decoded, always
from rehearse.audio.turn_taking import TurnTaker
from rehearse.dialogue import Floor, Reply, Speaker, Thought
from tests.fake_decoder import HandDriven

WHOLE, OPEN = Thought(1.0), Thought(0.0, trails_off=True)


class ScriptedSource:
    """Loudness by tenths of a second: a digit is a word, a dot is silence; afterwards silence for ever."""

    def __init__(self, script: str, *, recorded: bool = False, replies: int = 1) -> None:
        levels = [0 if character == "." else int(character) for character in script]
        samples = np.repeat(np.array(levels, dtype=np.float32), SAMPLE_RATE // 10)
        self._frames = [samples[at : at + FRAME_SAMPLES] for at in range(0, len(samples), FRAME_SAMPLES)]
        self._recorded = recorded
        self._replies = replies
        self._read = 0

    @property
    def now_s(self) -> float:
        return self._read * FRAME_S

    @property
    def goes_on(self) -> bool:
        return self._recorded and self._read < len(self._frames)

    def begin_reply(self) -> bool:
        self._replies -= 1
        return self._replies >= 0

    def read(self) -> Samples:
        self._read += 1
        frame = self._frames[self._read - 1] if self._read <= len(self._frames) else np.zeros(0, np.float32)
        return np.pad(frame, (0, FRAME_SAMPLES - len(frame)))


def work_from(seconds: float, worker: HandDriven, source: ScriptedSource) -> None:
    """Let `worker` do nothing until `source` has been read for so long, and from then on all that it is given."""
    read = source.read

    def and_work() -> Samples:
        if source.now_s > seconds:
            worker.work()
        return read()

    source.read = and_work  # type: ignore[method-assign]


class FakeRecognizer:
    """Hears the digits of a script, each stretch of one as a word."""

    def __init__(self, mean_logprob: float = -0.1) -> None:
        self._mean_logprob = mean_logprob
        self.decoded = 0

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        self.decoded += 1
        words = self.words(segment)
        return Decoded(words, tuple(range(len(words))), self._mean_logprob)

    def spot(self, samples: Samples) -> str | None:
        words = self.words(samples)
        return words if words == "word9" else None

    def words(self, samples: Samples) -> str:
        levels = samples[::16].astype(int)
        starts = levels[np.flatnonzero(np.diff(levels, prepend=0))]
        return " ".join(f"word{level}" for level in starts if level)


class FakeSpotter:
    """Knows some of those words."""

    def __init__(self, *phrases: str) -> None:
        self._phrases = phrases

    def spot(self, samples: Samples) -> str | None:
        words = FakeRecognizer().words(samples)
        return words if words in self._phrases else None


def listener(
    source: FrameSource,
    *,
    recognizer: FakeRecognizer | None = None,
    headset: bool = True,
    busy: Callable[[str | None], None] = lambda _: None,
    worker: HandDriven | AtOnce | None = None,
    own_pauses: OwnPauses | None = None,
    cues: Cues | None = None,
    typed: NextTyped = lambda _: None,
    waiting: float = 1.0,
    keep_sound: KeepSound | None = None,
) -> Listener:
    recognizer = recognizer or FakeRecognizer()
    return Listener(
        source,
        lambda frame: min(1.0, float(frame.max())),
        TurnTaker(),
        recognizer,
        busy,
        worker or AtOnce(),
        own_pauses=own_pauses or OwnPauses(),
        overhears=headset,
        commands=recognizer,
        answers=FakeSpotter("word8", "word9"),
        cues=cues,
        typed=typed,
        waiting=waiting,
        keep_sound=keep_sound,
    )


def heard(script: str, foresee: Callable[[str], Thought] = lambda _: WHOLE, *, recorded: bool = False) -> Reply:
    found = listener(ScriptedSource(script, recorded=recorded)).listen(12.0, foresee)
    assert isinstance(found, Reply)
    return found


def over_line(
    ear: Listener, seconds: float, floor: Floor = Floor.YIELDED, speaker: Speaker = Speaker.PARTNER
) -> object:
    """Play a line of that length; what stopped it."""
    ear.line_begins(speaker, floor)
    for _ in range(round(seconds / FRAME_S)):
        if stopped := ear.pass_frame():
            return stopped
    return None
