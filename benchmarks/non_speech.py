"""What becomes of sounds that nobody has said: how many of them the program takes for a reply.

    python -m benchmarks.non_speech [--model tiny.en] [--of-each 6] [--misses]

Each clip of `benchmarks/sounds.py` goes the whole way that a microphone's sound goes: voice activity, turn-taking,
Whisper, what rejects its inventions, and what asks again. What is printed is written to `benchmarks/non_speech.json`.
Needs espeak-ng and flite; takes about a second a clip.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.sounds import KINDS, ROOM_DBFS, Clip, clips
from benchmarks.turns.figures import Share
from rehearse.agent.misheard import probably_misheard
from rehearse.audio.at_once import AtOnce
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.listening import Listener
from rehearse.audio.own_pauses import OwnPauses
from rehearse.audio.transcriber import Decoded, SegmentDecoder, always
from rehearse.audio.turn_taking import TurnTaker
from rehearse.audio.voice_activity import Silero
from rehearse.audio.voicing import Voicing
from rehearse.audio.weights import ensure_weights
from rehearse.dialogue import Heard, Reply, Silence, Unclear
from rehearse.feedback.language import ENGLISH, language_of
from rehearse.feedback.thoughts import whole_thought
from rehearse.stage import whisper_for_commands

RESULT = Path(__file__).with_suffix(".json")
MODELS = Path(__file__).parent.parent / ".cache" / "rehearse" / "models"
BEFORE_S, AFTER_S = 1.0, 8.0
"""The quiet room around a clip; whoever is waited for says nothing either."""
LINE = "I had an awful day. You wouldn't believe it."


class Microphone:
    """A clip in a quiet room, frame by frame, as a `FrameSource`."""

    goes_on = False

    def __init__(self, sound: Samples) -> None:
        chance = np.random.default_rng(0)
        before, after = (
            chance.normal(0, 10 ** (ROOM_DBFS / 20), round(seconds * SAMPLE_RATE)) for seconds in (BEFORE_S, AFTER_S)
        )
        self._sound = np.concatenate([before, sound, after]).astype(np.float32)
        self._read = 0

    @property
    def now_s(self) -> float:
        """Seconds heard."""
        return self._read * FRAME_S

    @property
    def over(self) -> bool:
        """Whether it has been heard to its end."""
        return self._read * FRAME_SAMPLES >= len(self._sound)

    def begin_reply(self) -> bool:
        """Somebody is there."""
        return True

    def read(self) -> Samples:
        """The next frame."""
        frame = self._sound[self._read * FRAME_SAMPLES : (self._read + 1) * FRAME_SAMPLES]
        self._read += 1
        return np.pad(frame, (0, FRAME_SAMPLES - len(frame)))


class Remembering:
    """A recognizer that remembers what it has made of the last sound."""

    def __init__(self, decoder: SegmentDecoder) -> None:
        self._decoder = decoder
        self.last: Decoded | None = None

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        """Decode, and remember."""
        self.last = self._decoder.decode(segment, draft, go_on)
        return self.last


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a clip, or of a part of it."""

    kind: str
    level_dbfs: float
    number: int
    became: str
    """"nothing", "asked again" or "reply"."""
    text: str = ""
    mean_logprob: float = 0.0
    no_speech: float = 0.0
    voiced_s: float = 0.0


def became(heard: Heard) -> str:
    """What the program does about it."""
    if isinstance(heard, Unclear):
        return "asked again"
    if not isinstance(heard, Reply):
        return "nothing"
    return "asked again" if probably_misheard(heard) or language_of(heard.text) != ENGLISH else "reply"


def outcomes(clip: Clip, decoder: SegmentDecoder) -> list[Outcome]:
    """All that is heard in a clip."""
    microphone, remembering = Microphone(clip.sound()), Remembering(decoder)
    ear = Listener(
        microphone,
        Voicing(Silero()),
        TurnTaker(),
        remembering,
        lambda _: None,
        AtOnce(),
        own_pauses=OwnPauses(),
        overhears=True,
    )
    found: list[Outcome] = []
    while not microphone.over:
        heard = ear.listen(AFTER_S - 1, lambda text: whole_thought(LINE, text))
        if not isinstance(heard, Silence):
            last = remembering.last or Decoded("")
            words = heard.text if isinstance(heard, Reply | Unclear) else ""
            voiced_s = (heard.voiced_s or 0.0) if isinstance(heard, Reply) else 0.0
            what = (became(heard), words, round(last.mean_logprob, 3), round(last.no_speech, 3), round(voiced_s, 2))
            found.append(Outcome(clip.kind, clip.level_dbfs, clip.number, *what))
    return found or [Outcome(clip.kind, clip.level_dbfs, clip.number, "nothing")]


def worst(found: Sequence[Outcome]) -> str:
    """What became of a clip as a whole."""
    return next(what for what in ("reply", "asked again", "nothing") if what in {each.became for each in found})


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--of-each", type=int, default=6, metavar="N", help="so many clips a kind and level")
    parser.add_argument("--misses", action="store_true", help="print what was not taken for nothing")
    options = parser.parse_args()
    whisper = whisper_for_commands(ensure_weights(options.model, MODELS))
    by_kind = {kind: Counter[str]() for kind in KINDS}
    noticed: list[Outcome] = []
    for clip in clips(options.of_each):
        found = outcomes(clip, whisper)
        by_kind[clip.kind][worst(found)] += 1
        noticed += [each for each in found if each.became != "nothing"]
    if options.misses:
        for each in noticed:
            print(each)
    print(f"| {'kind':12}| clips | a reply | asked again |\n|:--|--:|--:|--:|")
    for kind, counts in by_kind.items():
        print(f"| {kind:12}| {counts.total():5} | {counts['reply']:7} | {counts['asked again']:11} |")
    together = sum(by_kind.values(), Counter[str]())
    print(f"\na reply: {Share(together['reply'], together.total())}")
    result = {"model": options.model, "clips": together.total(), "by_kind": by_kind, "noticed": [*map(asdict, noticed)]}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
