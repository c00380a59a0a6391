"""A partner keeps one voice for a session."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse import partner_voice as subject
from rehearse.audio.frames import Samples
from rehearse.audio.kokoro_voice import KokoroVoice
from rehearse.audio.kokoro_weights import KokoroFiles
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.natural_voice import NaturalPartner
from rehearse.audio.natural_voices import find_natural
from rehearse.audio.voice import VoiceStyle
from rehearse.dialogue import Line
from rehearse.partner_voice import (
    PartnerVoice,
    kokoro_dir,
    lines_dir,
    partner_lines,
    partner_voice,
    speaks_any_words,
    with_natural_partner,
)
from rehearse.scenarios.schema import PartnerCard, Scenario

HEART = find_natural("heart")
KIM = PartnerCard(name="Kim", voice="female")


class System:
    engine = "system"

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", 150)

    def render(self, line: Line) -> Samples:
        return np.zeros(240, dtype=np.float32)


@pytest.fixture(autouse=True)
def own_cache(own_home: Path) -> None:
    (own_home / "cache").unlink()
    (own_home / "models").unlink()


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What was asked to be rendered in the background."""
    asked: list[tuple[Any, ...]] = []

    @contextmanager
    def rendering_ahead(*job: Any) -> Iterator[None]:
        asked.append(job)
        yield

    monkeypatch.setattr(subject, "rendering_ahead", rendering_ahead)
    monkeypatch.setattr(subject, "installed", lambda: True)
    return asked


def put_weights() -> None:
    files = KokoroFiles.below(kokoro_dir())
    files.model.parent.mkdir(parents=True)
    files.model.touch()
    files.voices.touch()


def render(monkeypatch: pytest.MonkeyPatch, lines: list[Line]) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(KokoroVoice, "render", lambda self, line: np.ones(240, dtype=np.float32) / 2)
        CachedVoice(KokoroVoice(HEART, kokoro_dir()), lines_dir()).prepare(lines)


def test_lines_come_breadth_first_from_the_start_and_none_is_missing(scene: Scenario) -> None:
    texts = [line.text for line in partner_lines(scene)]
    lines_of = {name: [each.say for each in state.lines] for name, state in scene.states.items()}
    assert set(texts[: len(lines_of["tells"])]) == set(lines_of["tells"])
    last = [texts.index(lines_of[name][-1]) for name in ("tells", "opens")]
    assert last == sorted(last)
    assert texts[-1] == "You there?"
    everything = [text for state in scene.states.values() for text in state.known_lines]
    assert sorted(texts) == sorted(everything)
    assert partner_lines(scene)[0].mood == "tired"


def test_all_lines_are_there_the_partner_is_natural(
    scene: Scenario, ahead: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    render(monkeypatch, partner_lines(scene))
    with with_natural_partner(scene, HEART, System()) as voice:
        assert isinstance(voice, NaturalPartner)
        assert not speaks_any_words(voice)
        assert all(voice.render(line).any() for line in partner_lines(scene))
    assert ahead == []


def test_one_line_is_missing_the_whole_session_is_in_the_systems_voice(
    scene: Scenario, ahead: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_weights()
    render(monkeypatch, partner_lines(scene)[:-1])
    with with_natural_partner(scene, HEART, System()) as voice:
        assert isinstance(voice, System)
        assert speaks_any_words(voice)
    ((name, weights, cache, lines),) = ahead
    assert (name, weights, cache) == ("heart", kokoro_dir(), lines_dir())
    assert list(lines) == partner_lines(scene)


def test_missing_weights_are_told_and_nothing_is_fetched(
    scene: Scenario, ahead: list[tuple[Any, ...]], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), with_natural_partner(scene, HEART, System()) as voice:
        assert isinstance(voice, System)
    assert ahead == []
    assert len(caplog.records) == 1


def test_where_the_extra_is_not_installed_nothing_is_said(
    scene: Scenario, ahead: list[tuple[Any, ...]], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject, "installed", lambda: False)
    with with_natural_partner(scene, HEART, System()) as voice:
        assert isinstance(voice, System)
    assert ahead == []
    assert caplog.records == []


@pytest.mark.parametrize(
    ("card", "chosen", "wanted"),
    [
        (KIM, None, PartnerVoice("female", HEART)),
        (KIM, "system", PartnerVoice("female", None)),
        (KIM, "george", PartnerVoice("male", find_natural("george"))),
        (KIM, "gone", PartnerVoice("female", HEART)),
        (
            PartnerCard(name="Sam", voice="male", accent="british"),
            None,
            PartnerVoice("male", find_natural("george")),
        ),
    ],
)
def test_the_person_overrides_what_fits(card: PartnerCard, chosen: str | None, wanted: PartnerVoice) -> None:
    assert partner_voice(card, chosen) == wanted
