"""Sounds that nobody has said, through the whole way with real weights: `benchmarks/non_speech.py` on a few of them.

The television of the benchmark needs speech engines that not every machine has; it stays there.
"""

import numpy as np
import pytest

from benchmarks.non_speech import outcomes, worst
from benchmarks.sounds import KINDS, clips
from rehearse.audio.transcriber import SegmentDecoder


@pytest.mark.whisper
@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"television"}))
def test_none_of_them_becomes_a_reply(kind: str, tiny_en_for_commands: SegmentDecoder) -> None:
    some = [clip for clip in clips(1) if clip.kind == kind]
    assert [clip for clip in some if worst(outcomes(clip, tiny_en_for_commands)) == "reply"] == []


def test_there_are_enough_of_them_and_each_is_the_same_every_time() -> None:
    assert len(list(clips())) >= 200
    for clip in clips(1):
        if clip.kind != "television":
            assert np.array_equal(clip.sound(), clip.sound())
            assert np.isfinite(clip.sound()).all()
