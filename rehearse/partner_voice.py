"""Which voice a partner has: the natural one that was chosen or fits the scenario, else the system's.

A partner keeps one voice for a whole session. So the natural voice speaks only where every line of the scenario has
been rendered in it before the session begins; until then the system's voice does, and the lines are rendered beside it.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rehearse.audio.kokoro_voice import KokoroVoice, installed
from rehearse.audio.kokoro_weights import KokoroFiles
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.natural_ahead import rendering_ahead
from rehearse.audio.natural_voice import NaturalPartner
from rehearse.audio.natural_voices import SYSTEM, NaturalVoice, find_natural, fitting
from rehearse.audio.voice import Gender, Voice
from rehearse.dialogue import Line, Speaker
from rehearse.errors import UnknownVoice
from rehearse.paths import cache_dir, models_dir
from rehearse.scenarios.schema import PartnerCard, Scenario

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PartnerVoice:
    """What a partner is to sound like."""

    gender: Gender
    natural: NaturalVoice | None
    """None where the person wants the system's voice."""


def partner_voice(card: PartnerCard, chosen: str | None) -> PartnerVoice:
    """The voice `chosen` by the person (`Settings.partner_voice`), else the one that fits.

    A name that is not known any more counts as none: settings are no reason not to practise.
    """
    if chosen == SYSTEM:
        return PartnerVoice(card.voice, None)
    natural = fitting(card.voice, card.accent)
    if chosen:
        try:
            natural = find_natural(chosen)
        except UnknownVoice as error:
            _log.warning("%s", error)
    return PartnerVoice(natural.gender, natural)


def kokoro_dir() -> Path:
    """Where Kokoro's weights lie."""
    return models_dir() / "kokoro"


def lines_dir() -> Path:
    """Where rendered lines lie."""
    return cache_dir() / "voice"


@contextmanager
def with_natural_partner(scenario: Scenario, natural: NaturalVoice | None, system: Voice) -> Iterator[Voice]:
    """`system`'s voices, with the partner in `natural` where that is ready.

    Where it is not ready but installed, it is rendered for another time as long as the body lasts.
    """
    if natural is None:
        yield system
        return
    lines = partner_lines(scenario)
    if ready := _rendered(natural, lines):
        yield NaturalPartner(ready, system)
    elif not installed():
        yield system
    elif not KokoroFiles.below(kokoro_dir()).there:
        _log.warning("the natural voice lacks its weights; `rehearse voices prepare` fetches them")
        yield system
    else:
        with rendering_ahead(natural.name, kokoro_dir(), lines_dir(), lines):
            yield system


def speaks_any_words(voice: Voice) -> bool:
    """Whether the partner can say words that were not known ahead: a natural voice cannot, and another voice in between
    would be another person."""
    return not isinstance(voice, NaturalPartner)


def _rendered(natural: NaturalVoice, lines: Sequence[Line]) -> CachedVoice | None:
    """The voice with all of `lines` at hand, or None where one is missing."""
    voice = CachedVoice(KokoroVoice(natural, kokoro_dir()), lines_dir())
    return voice if all(map(voice.has, lines)) else None


def partner_lines(scenario: Scenario) -> list[Line]:
    """Everything the partner may say that quotes nobody, the likeliest first: breadth first along the rules."""
    names = [scenario.start]
    for name in names:  # grows as it goes
        names += dict.fromkeys(rule.go for rule in scenario.states[name].on if rule.go not in names)
    names += [name for name in scenario.states if name not in names]
    states = [scenario.states[name] for name in names]
    texts = [(each.say, state.mood) for state in states for each in state.lines if not each.quotes]
    texts += [(each.say, state.mood) for state in states for each in state.waits if not each.quotes]
    return [Line(text, Speaker.PARTNER, mood) for text, mood in texts]
