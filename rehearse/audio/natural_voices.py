"""The natural voices that can be chosen: those of Kokoro-82M (Apache-2.0) that speak English best."""

import difflib
from dataclasses import dataclass
from typing import Literal

from rehearse.audio.voice import Gender
from rehearse.errors import UnknownVoice

Accent = Literal["american", "british"]

SYSTEM = "system"
"""The name that stands for the system's own voice."""


@dataclass(frozen=True, slots=True)
class NaturalVoice:
    """One of Kokoro's voices."""

    name: str
    gender: Gender
    accent: Accent

    @property
    def id(self) -> str:
        """Kokoro's own name for it: its accent, its gender, its name."""
        return f"{self.accent[0]}{self.gender[0]}_{self.name}"

    @property
    def language(self) -> str:
        """As espeak-ng, which says how a text is pronounced, calls it."""
        return "en-us" if self.accent == "american" else "en-gb"


NATURAL_VOICES = (
    NaturalVoice("heart", "female", "american"),
    NaturalVoice("bella", "female", "american"),
    NaturalVoice("sarah", "female", "american"),
    NaturalVoice("kore", "female", "american"),
    NaturalVoice("michael", "male", "american"),
    NaturalVoice("fenrir", "male", "american"),
    NaturalVoice("puck", "male", "american"),
    NaturalVoice("emma", "female", "british"),
    NaturalVoice("isabella", "female", "british"),
    NaturalVoice("george", "male", "british"),
    NaturalVoice("fable", "male", "british"),
)
"""The best graded by those who trained them come first, in each accent and gender."""


def find_natural(name: str) -> NaturalVoice:
    """The voice called `name`.

    Raises:
        UnknownVoice: there is none; the message names the nearest.
    """
    known = {voice.name: voice for voice in NATURAL_VOICES}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
        raise UnknownVoice(f"there is no voice {name!r}; take {', '.join(near)}, or see `rehearse voices`")
    return known[name]


def fitting(gender: Gender, accent: Accent | None) -> NaturalVoice:
    """The first voice of that gender and accent; American where a scenario asks for none."""
    wanted = (gender, accent or "american")
    return next(voice for voice in NATURAL_VOICES if (voice.gender, voice.accent) == wanted)
