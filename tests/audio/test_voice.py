from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.voice import Gender, InstalledVoice, VoiceStyle, cast, in_mood
from rehearse.dialogue import Speaker

SAM = InstalledVoice("com.apple.samantha", "female", ("en_US",))
DANIEL = InstalledVoice("com.apple.daniel", "male", ("en_GB",))
ALBERT = InstalledVoice("com.apple.albert", "male", ("en_US",))
ANNA = InstalledVoice("com.apple.anna", "female", ("de_DE",))


@pytest.mark.parametrize("partner", get_args(Gender))
def test_partner_and_coach_never_share_voice_and_pace(partner: Gender) -> None:
    roles = cast(partner)
    assert roles[Speaker.PARTNER].voice != roles[Speaker.COACH].voice


def test_each_gender_has_its_voice_where_the_engine_has_both() -> None:
    installed = [ANNA, ALBERT, DANIEL, SAM]
    for partner, names in (("female", (SAM.name, DANIEL.name)), ("male", (DANIEL.name, SAM.name))):
        roles = cast(partner, "nsss", installed)  # type: ignore[arg-type]
        assert (roles[Speaker.PARTNER].voice, roles[Speaker.COACH].voice) == names


@given(
    installed=st.lists(
        st.builds(
            InstalledVoice,
            st.sampled_from(["alex", "zira", "bells", "eddy"]),
            st.sampled_from(["female", "male", None]),
            st.sampled_from([("en_US",), ("en-gb", "fr"), ("de_DE",), ()]),
        ),
        unique_by=lambda voice: voice.name,
    ),
    partner=st.sampled_from(get_args(Gender)),
)
def test_any_engine_gives_two_voices_or_two_paces(installed: list[InstalledVoice], partner: Gender) -> None:
    first, second = cast(partner, "sapi5", installed).values()
    english = {voice.name for voice in installed if any(tag.startswith("en") for tag in voice.languages)}
    assert {first.voice, second.voice} <= (english or {""})
    assert (first.voice != second.voice) == (len(english) > 1)
    if first.voice == second.voice:
        assert abs(first.rate - second.rate) >= 40


def test_a_mood_changes_nothing_but_the_pace() -> None:
    style = VoiceStyle("sam", 150, 50)
    assert in_mood(style, "neutral") == in_mood(style, "of a kind unknown") == style
    assert in_mood(style, "tired") == VoiceStyle("sam", 138, 50)
    assert in_mood(style, "warm").rate < 150
