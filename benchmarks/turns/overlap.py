"""What is said over the partner's line: a backchannel lets it go on, a command stops it, speech stops it on a headset.

Until when the line was spoken is told from its sound: the recording is held against the line as the program's own voice
renders it, so that whatever the program says next cannot be taken for it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from os import environ
from typing import Any
from zlib import crc32

from benchmarks.turns.card import Card
from benchmarks.turns.clips import Clip, words
from benchmarks.turns.figures import Share, in_ms
from benchmarks.turns.hearing import followed_until, from_first_sound, place_of
from benchmarks.turns.program import Printed, endings_of, home, scenario_named
from benchmarks.turns.talk import START_S, Choice, Settings, Talk, talk
from benchmarks.turns.voices import VOICES
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.voice import Voice
from rehearse.dialogue import Line, Speaker
from rehearse.scenarios.schema import Scenario

INTO_LINE_S = 1.5
"""How far into the line it is said."""
LINE_S = 4.5
"""A line has to be so long for it: enough of it has to be left to tell stopping from being over."""
_AT_THE_END_S = 0.3


class Said(StrEnum):
    """What is said over a line, and what the program should do."""

    BACKCHANNEL = "backchannel"
    STOP = "stop"
    PAUSE = "pause"
    INTERRUPTION = "interruption"


WORDS: dict[Said, tuple[str, ...]] = {
    Said.BACKCHANNEL: ("Mm-hm.", "Yeah.", "Right."),
    Said.STOP: ("Stop.",),
    Said.PAUSE: ("Pause.",),
    Said.INTERRUPTION: ("Wait, I really need to say something about that first.",),
}
GO_ON = "Coach, go on."


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing said over one line. In samples of the recording."""

    said: Said
    words: str
    spoken: tuple[int, int]
    """Where the words lie."""
    line_end: int
    """Where the line would have ended."""
    stopped_at: int
    """Until where it was spoken."""

    @property
    def stopped(self) -> bool:
        """Whether the line was not spoken to its end."""
        return self.stopped_at < self.line_end - _AT_THE_END_S * SAMPLE_RATE


def say_over(card: Card, settings: Settings, said: Said, times: int, clips: Sequence[Clip]) -> list[Trial]:
    """Say it over `times` lines of the partner; in between the conversation goes on with `clips`."""
    scenario = scenario_named(settings.scenario)
    bridges = Choice([], [clip for clip in clips if clip.planned.whole_thought], patience=10**6)
    endings = endings_of(scenario) if said is Said.INTERRUPTION else set()  # last words are not taken from the partner
    trials: list[Trial] = []
    run = idle = 0
    with _voice(scenario) as voice:
        while len(trials) < times and idle < 3:
            run += 1
            before = len(trials)
            with talk(card, settings, seed=100 + run) as (talking, _):
                line = talking.next_line(START_S)
                while line and len(trials) < times:
                    sound = from_first_sound(_rendered(voice, scenario, *line))
                    if len(sound) > LINE_S * SAMPLE_RATE and line[1] not in endings:
                        trials += filter(None, [_trial(talking, said, len(trials), line[0], sound)])
                    talking.wait_until_quiet()
                    if said is Said.STOP and trials and trials[-1].stopped:
                        break
                    line = _move_on(talking, said, bridges, line[1])
            idle = idle + 1 if len(trials) == before else 0
            print(f"  {said}, run {run}: {len(trials)} of {times}", flush=True)
    return trials


def _trial(talking: Talk, said: Said, number: int, line: Printed, sound: Samples) -> Trial | None:
    recording = talking.recording
    begun = talking.sound_after(round(max(0.0, line.at_s - 0.4) * SAMPLE_RATE), 10.0)
    if begun is None:
        return None
    text = WORDS[said][number % len(WORDS[said])]
    spoken = words(list(VOICES)[crc32(f"{text} {number}".encode()) % len(VOICES)], text)
    recording.wait_until(begun.start + round(INTO_LINE_S * SAMPLE_RATE))
    start = recording.length
    talking.card.play(spoken).wait(20)
    line_end = begun.start + len(sound)
    recording.wait_until(line_end + SAMPLE_RATE // 2)
    place = place_of(spoken, recording.microphone(start, start + 3 * SAMPLE_RATE + len(spoken)))
    if place is None:
        return None
    first = place_of(sound[: SAMPLE_RATE // 2], recording.speaker(begun.start - 800, begun.start + SAMPLE_RATE))
    if first is None:
        return None
    origin = begun.start - 800 + first
    until = followed_until(sound, recording.speaker(origin, line_end + SAMPLE_RATE // 2))
    return Trial(said, text, (start + place, start + place + len(spoken)), line_end, origin + until)


def _move_on(talking: Talk, said: Said, bridges: Choice, state: str) -> tuple[Printed, str] | None:
    """Have the conversation go on, whatever the program made of what was said: the partner's next line."""
    if said is Said.PAUSE:
        talking.card.play(words(next(iter(VOICES)), GO_ON)).wait(20)
        if line := talking.next_line(6.0):
            return line
    if line := talking.next_line(1.0):
        return line
    clip, _, _ = bridges.next(state)
    talking.answer(clip, "clean", counts=False, in_place=True)
    return talking.next_line(5.0)


def figures(trials: Sequence[Trial]) -> dict[str, Any]:
    """How often the line stopped, and how soon: from the end of the words, and from their beginning (for speech, which
    need not be over to be heard)."""
    stopped = [each for each in trials if each.stopped]
    return {
        "stopped": Share(len(stopped), len(trials)).entry(),
        "after_the_words_ms": in_ms([(each.stopped_at - each.spoken[1]) / SAMPLE_RATE for each in stopped]),
        "after_their_beginning_ms": in_ms([(each.stopped_at - each.spoken[0]) / SAMPLE_RATE for each in stopped]),
        "by_words": {
            text: Share(sum(e.stopped for e in trials if e.words == text), sum(e.words == text for e in trials)).entry()
            for text in sorted({each.words for each in trials})
        },
    }


@contextmanager
def _voice(scenario: Scenario) -> Iterator[Voice]:
    """The partner's voice, with the lines that the program itself has kept."""
    environ.setdefault("REHEARSE_HOME", str(home()))
    with Pyttsx3Voice(scenario.partner.voice) as engine:
        yield CachedVoice(engine, home() / "cache" / "voice")


def _rendered(voice: Voice, scenario: Scenario, printed: Printed, state: str) -> Samples:
    import soxr

    sound = voice.render(Line(printed.text, Speaker.PARTNER, scenario.states[state].mood))
    resampled: Samples = soxr.resample(sound, VOICE_RATE, SAMPLE_RATE)
    return resampled
