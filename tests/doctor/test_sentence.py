"""A sentence's loudness, its room, and what is heard in it."""

import numpy as np
import pytest
import soxr

from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.dialogue import Transcript
from rehearse.doctor.check import Check, Verdict
from rehearse.doctor.sentence import LONGEST_S, WAIT_S, level_check, listen, noise_check, sound_checks, words_check

RANDOM = np.random.default_rng(5)


def noise(seconds: float, dbfs: float) -> Samples:
    count = round(seconds * SAMPLE_RATE / FRAME_SAMPLES) * FRAME_SAMPLES
    return (RANDOM.standard_normal(count) * 10 ** (dbfs / 20)).astype(np.float32)


def heard(*parts: Samples, loud_dbfs: float) -> dict[str, Check]:
    """The checks of a sentence, in which whatever is as loud as `loud_dbfs` is speech; after it the room goes on."""
    sound = np.concatenate(parts)
    position = 0

    def read() -> Samples:
        nonlocal position
        position += FRAME_SAMPLES
        assert position < 60 * SAMPLE_RATE, "it listens for ever"
        return np.take(sound, range(position - FRAME_SAMPLES, position), mode="wrap")

    def probability(frame: Samples) -> float:
        return float(np.sqrt(np.mean(frame**2)) > 10 ** ((loud_dbfs - 6) / 20))

    return {check.name: check for check in sound_checks(listen(read, probability))}


def spoken(speech: Samples, room_dbfs: float = -60, loud_dbfs: float = -26) -> dict[str, Check]:
    return heard(noise(1, room_dbfs), speech, noise(5, room_dbfs), loud_dbfs=loud_dbfs)


def test_a_clear_sentence_in_a_quiet_room() -> None:
    checks = spoken(noise(2, -26))
    assert {check.verdict for check in checks.values()} == {Verdict.OK}
    assert checks["level"].measured["level_dbfs"] == pytest.approx(-26, abs=0.5)
    assert checks["noise"].measured["signal_to_noise_db"] == pytest.approx(34, abs=0.5)


def test_too_soft() -> None:
    assert spoken(noise(2, -55), room_dbfs=-80, loud_dbfs=-55)["level"].verdict is Verdict.WARNING


def test_too_loud() -> None:
    level = spoken(np.clip(noise(2, -3), -1, 1), loud_dbfs=-6)["level"]
    assert level.verdict is Verdict.WARNING
    assert "cut off" in level.found


def test_a_noisy_room() -> None:
    room = spoken(noise(2, -26), room_dbfs=-35, loud_dbfs=-26)["noise"]
    assert room.verdict is Verdict.WARNING
    assert "quieter" in room.fix


def test_a_telephone_s_band_shows_whatever_the_device_says() -> None:
    assert "headset profile" not in spoken(noise(2, -26))
    narrow = soxr.resample(soxr.resample(noise(2, -26), SAMPLE_RATE, 8_000), 8_000, SAMPLE_RATE)
    narrow = narrow[: len(narrow) // FRAME_SAMPLES * FRAME_SAMPLES]
    profile = spoken(narrow, room_dbfs=-100, loud_dbfs=-30)["headset profile"]
    assert profile.verdict is Verdict.WARNING
    assert "HFP" in profile.found


def test_nobody_speaks() -> None:
    checks = heard(noise(WAIT_S + 1, -60), loud_dbfs=-26)
    assert checks["level"].verdict is Verdict.WARNING
    assert "for 8 seconds (the room is at -60 dBFS)" in checks["level"].found
    assert "--no-speech" in checks["level"].fix


def test_digital_silence_is_a_muted_microphone() -> None:
    level = heard(np.zeros(20 * SAMPLE_RATE, np.float32), loud_dbfs=-26)["level"]
    assert level.verdict is Verdict.FAULT
    assert "unmute" in level.fix


def test_babble_that_never_ends_is_cut_off() -> None:
    checks = heard(noise(LONGEST_S + 10, -26), loud_dbfs=-26)
    assert checks["level"].verdict is Verdict.OK
    assert "noise" not in checks


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        (level_check(-26, 0), Verdict.OK),
        (level_check(-51, 0), Verdict.WARNING),
        (level_check(-26, 0.002), Verdict.WARNING),
        (noise_check(-26, -40), Verdict.OK),
        (noise_check(-26, -35), Verdict.WARNING),
        (words_check(Transcript("Hello there.", 0.9)), Verdict.OK),
        (words_check(Transcript("Hello.", 0.2, rejected="unclear")), Verdict.WARNING),
        (words_check(Transcript("", 0.2, rejected="silence")), Verdict.WARNING),
    ],
)
def test_every_limit(check: Check, verdict: Verdict) -> None:
    assert check.verdict is verdict
    assert bool(check.fix) == (verdict is not Verdict.OK)
    assert "\n" not in check.found + check.fix
