"""A sentence that the person speaks: how loud it is, how noisy the room, and what is understood of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples, Utterance
from rehearse.audio.turn_taking import TurnEnded, TurnSettings, TurnTaker
from rehearse.audio.voice_activity import SpeechProbability, VoiceActivity
from rehearse.dialogue import Transcript
from rehearse.doctor.check import Check, fault, ok, warning

WAIT_S = 8.0
"""How long nobody may say anything."""
LONGEST_S = 12.0
"""A sentence is cut off after this: in a noisy room it may never end."""

DIGITAL_SILENCE = 2.0**-15
"""The smallest step of 16 bits: a live microphone's own noise is louder."""
SOFT_DBFS = -50.0
"""Speech below this is lost in part: of espeak-ng's voices, Silero found 137 of 153 frames at −20 dBFS, 124 at −50, 93
at −60."""
NOISY_DB = 10.0
"""Signal-to-noise above which turns were measured to end as in quiet."""
CLIPPED = 0.99
"""A sample as loud as this has been cut off."""
CLIPPED_SHARE = 0.001
"""How much of speech may be: a single plosive spoils no word."""
_LATE_FRAMES = 11
"""So much (350 ms) beside a voiced frame counts as neither speech nor noise: Silero's onset was 330 ms late at the 90th
percentile."""
_FLOOR_DBFS = -96.0
"""What 16 bits can tell from silence."""
_NARROW_HZ = 4300
_NARROW_DB = -65.0
"""Speech with less than this of its energy above `_NARROW_HZ` came through 8 kHz. Sixty people's recordings had -60 dB
at least (-23 at the median), and -111 dB at most once they had been through 8 kHz."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was heard when the person was asked to speak."""

    samples: Samples
    """All of it: 16 kHz, whole frames."""
    voiced: NDArray[np.bool_]
    """Which of its frames hold speech."""
    utterance: Utterance | None
    """What was said; None where nobody spoke."""


def listen(read: Callable[[], Samples], speech_probability: SpeechProbability) -> Sentence:
    """Read frames until a sentence is over, or nobody has begun one for `WAIT_S`. Raises whatever `read` does."""
    activity = VoiceActivity()
    turns = TurnTaker(TurnSettings(longest_s=LONGEST_S))
    frames: list[Samples] = []
    voiced: list[bool] = []
    utterance = None
    while utterance is None and (turns.in_speech or turns.now_s < WAIT_S):
        frames.append(read())
        probability = speech_probability(frames[-1])
        voiced.append(activity(probability))
        decision = turns.feed(frames[-1], probability)
        if isinstance(decision, TurnEnded):
            utterance = decision.utterance
    return Sentence(np.concatenate(frames), np.array(voiced), utterance)


def digitally_silent(samples: Samples) -> bool:
    """Whether nothing at all was heard, not even a microphone's own noise."""
    return bool(np.abs(samples).max(initial=0) <= DIGITAL_SILENCE)


def sound_checks(sentence: Sentence) -> list[Check]:
    """How the sentence sounded."""
    if digitally_silent(sentence.samples):
        fix = "unmute it, and allow this program (or the terminal) the microphone in the system's privacy settings"
        return [fault("level", "the microphone delivers digital silence", fix)]
    power = np.square(sentence.samples.reshape(-1, FRAME_SAMPLES), dtype=np.float64).mean(axis=1)
    near_speech = np.convolve(sentence.voiced, np.ones(2 * _LATE_FRAMES + 1), "same") > 0.5
    noise_dbfs = _dbfs(power[~near_speech])
    if sentence.utterance is None:
        fix = "run it again and speak when you are asked to, or leave the sentence out with --no-speech"
        room = "" if noise_dbfs is None else f" (the room is at {noise_dbfs:.0f} dBFS)"
        return [warning("level", f"nothing was said for {WAIT_S:.0f} seconds{room}", fix)]
    speech = sentence.samples.reshape(-1, FRAME_SAMPLES)[sentence.voiced]
    level_dbfs = _dbfs(power[sentence.voiced])
    assert level_dbfs is not None, "an utterance has voiced frames"
    checks = [level_check(level_dbfs, float(np.mean(np.abs(speech) >= CLIPPED)))]
    if noise_dbfs is not None:
        checks.append(noise_check(level_dbfs, noise_dbfs))
    if _is_narrow(speech):
        checks.append(
            profile_warning("speech arrives without anything above 4 kHz, whatever rate the microphone says it has")
        )
    return checks


def level_check(level_dbfs: float, clipped: float) -> Check:
    """How loud speech is: its root mean square, and which share of its samples is cut off."""
    found = f"speech at {level_dbfs:.0f} dBFS"
    measured = {"level_dbfs": round(level_dbfs, 1), "clipped_share": round(clipped, 4)}
    if clipped > CLIPPED_SHARE:
        fix = "turn the microphone down in the system's sound settings, or move it away from your mouth"
        return warning("level", f"{found}, and its peaks are cut off", fix, **measured)
    if level_dbfs < SOFT_DBFS:
        fix = "turn the microphone up in the system's sound settings, or bring it closer"
        return warning("level", f"{found}, which is too soft", fix, **measured)
    return ok("level", found, **measured)


def noise_check(level_dbfs: float, noise_dbfs: float) -> Check:
    """How far speech stands out from the room."""
    ratio_db = level_dbfs - noise_dbfs
    found = f"speech is {ratio_db:.0f} dB above the room"
    measured = {"signal_to_noise_db": round(ratio_db, 1), "noise_dbfs": round(noise_dbfs, 1)}
    if ratio_db < NOISY_DB:
        fix = "find a quieter room, or bring the microphone closer; other voices disturb most"
        return warning("noise", f"{found}: too noisy to tell when you have finished", fix, **measured)
    return ok("noise", found, **measured)


def profile_warning(found: str) -> Check:
    """A microphone of telephone quality."""
    return warning(
        "headset profile",
        f"{found}: the headset's hands-free profile (HFP), which costs recognition",
        "choose the computer's own microphone with --input and keep the headset for listening, or plug it in by cable",
    )


def words_check(transcript: Transcript) -> Check:
    """What was understood."""
    heard = f"“{transcript.text}”" if transcript.text else "no words"
    if transcript.rejected:
        fix = "speak a whole sentence closer to the microphone; `rehearse setup --model base.en` hears better"
        return warning("sentence", f"not understood ({transcript.rejected}): {heard}", fix)
    return ok("sentence", f"understood: {heard}", confidence=round(transcript.confidence, 3))


def _dbfs(power: NDArray[np.float64]) -> float | None:
    """The level of frames of that mean power; None without any."""
    return max(_FLOOR_DBFS, 10 * float(np.log10(power.mean() + 1e-12))) if len(power) else None


def _is_narrow(speech: Samples) -> bool:
    spectrum = np.square(np.abs(np.fft.rfft(speech * np.hanning(FRAME_SAMPLES)))).sum(axis=0)
    high = np.fft.rfftfreq(FRAME_SAMPLES, 1 / SAMPLE_RATE) > _NARROW_HZ
    return bool(spectrum[high].sum() < 10 ** (_NARROW_DB / 10) * spectrum.sum())
