"""Kokoro itself, with its real weights: `make test-natural`."""

from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.frames import VOICE_RATE
from rehearse.audio.kokoro_voice import KokoroVoice
from rehearse.audio.kokoro_weights import ensure_kokoro
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.natural_voices import find_natural
from rehearse.dialogue import Line, Speaker
from rehearse.partner_voice import kokoro_dir

pytestmark = pytest.mark.natural


def test_it_speaks_lines_of_any_length_and_a_tired_one_slower(tmp_path: Path) -> None:
    ensure_kokoro(kokoro_dir())
    short = Line("Never mind.", Speaker.PARTNER)
    plain = Line("It was one of those days. Nothing was right.", Speaker.PARTNER)
    longest = Line(
        ("It was one of those days where nothing went as it should, and I could not say so. " * 8)[:600], plain.speaker
    )
    with KokoroVoice(find_natural("heart"), kokoro_dir()) as kokoro:
        voice = CachedVoice(kokoro, tmp_path)
        seconds = {line: len(voice.render(line)) / VOICE_RATE for line in (short, plain, longest)}
        tired = len(voice.render(Line(plain.text, plain.speaker, "tired"))) / VOICE_RATE
    assert 0.4 < seconds[short] < 2
    assert 1.05 < tired / seconds[plain] < 1.5
    assert 25 < seconds[longest] < 60
    assert 0.05 < np.abs(voice.render(short)).max() <= 10 ** (-1 / 20)
