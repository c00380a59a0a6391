import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.frames import Samples
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.natural_voice import NaturalPartner
from rehearse.audio.natural_voices import NATURAL_VOICES, find_natural, fitting
from rehearse.audio.voice import VoiceStyle
from rehearse.dialogue import Line, Speaker
from rehearse.errors import UnknownVoice, VoiceFailed

KNOWN = Line("I had an awful day.", Speaker.PARTNER)
UNKNOWN = Line("Something new.", Speaker.PARTNER)
COACH = Line("Take your time.", Speaker.COACH)


class OneNote:
    """A voice whose every sample has one value; it can fall ill."""

    def __init__(self, engine: str, value: float) -> None:
        self.engine = engine
        self.value = value
        self.ill = False

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle(self.engine, 150)

    def render(self, line: Line) -> Samples:
        if self.ill:
            raise VoiceFailed("no")
        return np.full(24000, self.value, dtype=np.float32)


@pytest.fixture
def partner(tmp_path: Path) -> NaturalPartner:
    """KNOWN is rendered; from now on the natural voice can render nothing."""
    natural = OneNote("natural", 0.5)
    cached = CachedVoice(natural, tmp_path)
    cached.render(KNOWN)
    natural.ill = True
    return NaturalPartner(cached, OneNote("system", 0.25))


def test_the_partner_is_natural_and_the_coach_is_not(partner: NaturalPartner) -> None:
    assert partner.render(KNOWN)[0] == 0.5
    assert partner.render(COACH)[0] == 0.25
    assert partner.style(KNOWN).voice == "natural"
    assert partner.style(COACH).voice == "system"


def test_a_line_that_is_not_there_is_said_all_the_same(
    partner: NaturalPartner, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        assert partner.render(UNKNOWN)[0] == 0.25
        assert partner.render(Line("Another.", Speaker.PARTNER))[0] == 0.25
        assert partner.render(KNOWN)[0] == 0.5
        partner.render(COACH)
    assert [record.getMessage() for record in caplog.records] == [
        "a line is not there in the natural voice; `rehearse voices prepare` renders it"
    ]


def test_a_line_that_quotes_the_person_is_never_looked_up(partner: NaturalPartner) -> None:
    assert partner.render(Line(KNOWN.text, Speaker.PARTNER, private=True))[0] == 0.25


def test_another_pace_is_made_of_what_is_there(partner: NaturalPartner) -> None:
    assert len(partner.render(replace(KNOWN, pace=0.5))) == pytest.approx(2 * 24000, rel=0.02)


def test_there_is_a_voice_for_every_partner() -> None:
    for voice in NATURAL_VOICES:
        assert find_natural(voice.name) is voice
        assert fitting(voice.gender, voice.accent).id[:2] == voice.id[:2]
    assert fitting("female", None).id == "af_heart"
    assert fitting("male", "british").language == "en-gb"


def test_an_unknown_voice_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownVoice, match="'hart'; take heart"):
        find_natural("hart")
