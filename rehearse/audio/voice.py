"""Voices: what turns a line into sound, and who speaks in which voice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from rehearse.audio.frames import Samples
from rehearse.dialogue import Line, Speaker

Gender = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class VoiceStyle:
    """How an engine is to speak."""

    voice: str
    """The engine's name for one of its voices; empty for the one it takes by itself."""
    rate: int
    """Words a minute."""
    pitch: int | None = None
    """From 0 to 100, 50 as the voice was made; None for engines that have no such setting."""


class Voice(Protocol):
    """Renders lines. What it renders depends on nothing but `engine`, the line's style and its text."""

    @property
    def engine(self) -> str:
        """Which engine speaks, and how its sound is finished."""
        ...

    def style(self, line: Line) -> VoiceStyle:
        """How `line` is going to be spoken."""
        ...

    def render(self, line: Line) -> Samples:
        """Speak `line` into samples at `VOICE_RATE`, never empty.

        Raises:
            VoiceError: it cannot be spoken.
        """
        ...


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """A voice that an engine offers."""

    name: str
    """As in `VoiceStyle.voice`."""
    gender: Gender | None
    languages: tuple[str, ...]
    """As the engine writes them: "en_US", "en-gb"."""


ESPEAK = "espeak"

_ESPEAK_VOICES: dict[Speaker, dict[Gender, VoiceStyle]] = {
    Speaker.PARTNER: {
        "female": VoiceStyle("en-us+f2", rate=155, pitch=50),
        "male": VoiceStyle("en-us", rate=155, pitch=50),
    },
    Speaker.COACH: {
        "female": VoiceStyle("gmw/en+f2", rate=155, pitch=50),
        "male": VoiceStyle("gmw/en", rate=155, pitch=50),
    },
}
"""American English for the partner, British for the coach; of 28 tried, those that Whisper misheard least.

Names are those that espeak-ng finds a voice by: "gmw/en" is one, "en-gb" is not.
"""

_RATES = {Speaker.PARTNER: 170, Speaker.COACH: 150}
_RATES_IN_ONE_VOICE = {Speaker.PARTNER: 185, Speaker.COACH: 135}

_PREFERRED = ("samantha", "alex", "daniel", "karen", "zira", "david")
"""Plain voices of macOS and Windows, before the novelty voices that stand first in macOS's list."""

_PACE: Mapping[str, float] = {"tired": 0.92, "sad": 0.92, "warm": 0.95}
"""How much slower a mood speaks."""


def cast(partner: Gender, engine: str = ESPEAK, installed: Sequence[InstalledVoice] = ()) -> dict[Speaker, VoiceStyle]:
    """Give partner and coach two clearly different voices, of different gender where the engine has both.

    `installed` is what an engine other than espeak-ng offers; with fewer than two English voices among them,
    partner and coach share one and differ in pace.
    """
    coach: Gender = "male" if partner == "female" else "female"
    if engine == ESPEAK:
        return {
            Speaker.PARTNER: _ESPEAK_VOICES[Speaker.PARTNER][partner],
            Speaker.COACH: _ESPEAK_VOICES[Speaker.COACH][coach],
        }
    english = sorted(filter(_speaks_english, installed), key=_preference)
    first = _choose(english, partner)
    second = _choose([voice for voice in english if voice != first], coach) or first
    rates = _RATES if first != second else _RATES_IN_ONE_VOICE
    return {
        speaker: VoiceStyle(voice.name if voice else "", rates[speaker])
        for speaker, voice in ((Speaker.PARTNER, first), (Speaker.COACH, second))
    }


def in_mood(style: VoiceStyle, mood: str, pace: float = 1.0) -> VoiceStyle:
    """`style` at the pace of `mood`, and `pace` times that; moods that have none leave it as it is."""
    return replace(style, rate=round(style.rate * _PACE.get(mood, 1.0) * pace))


def _speaks_english(voice: InstalledVoice) -> bool:
    return any(language.lower().startswith("en") for language in voice.languages)


def _preference(voice: InstalledVoice) -> int:
    name = voice.name.lower()
    return next((place for place, known in enumerate(_PREFERRED) if known in name), len(_PREFERRED))


def _choose(voices: Sequence[InstalledVoice], gender: Gender) -> InstalledVoice | None:
    """The first of that gender, else the first."""
    return next((voice for voice in voices if voice.gender == gender), voices[0] if voices else None)
