"""Keeps the program from hearing itself where microphone and loudspeaker share a room.

    loudspeaker's callback ─ what went out, and when ─▶ timeline ─▶ delay ─▶ suppressor ─▶ the frame without it
    microphone ─ frame ──────────────────────────────────────────────────────────▲

Both devices count their own samples; between the two counts lies an offset, which the times of the callbacks give
roughly, and the sound that comes back exactly.
"""

from collections import deque
from queue import Empty

import numpy as np
import soxr

from rehearse.audio.echo_delay import SEGMENT, Agreement, find_echo
from rehearse.audio.echo_suppression import REFERENCE_BEFORE, REFERENCE_SAMPLES, EchoSuppressor
from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone

EARLIEST_S, LATEST_S = -0.2, 0.6
"""Where a sound's coming back is looked for, from when its going out was announced: the announced times may be wrong
by as much as the callbacks are late, and a wireless loudspeaker is 0.3 s late."""
LOOK_EVERY = 16
"""Frames from one look for the delay to the next: half a second."""
LOOKS = 8
"""So many in vain, each with a second of sound that was played, and nothing comes back: a headset."""
AUDIBLE = 1e-3
"""Sound that is played below this, −60 dBFS, is silence."""
_KEPT_S = 3.0


class EchoCanceller:
    """Takes the loudspeaker's sound out of the microphone's frames; call it once for each frame read, in order.

    Until it knows how what is played comes back (a second or two of speech) it returns silence while anything that
    could come back does. What is then said over a line is lost, and never taken for an answer.
    """

    def __init__(self, loudspeaker: Loudspeaker, microphone: Microphone) -> None:
        self._microphone = microphone
        self._played = _Timeline(loudspeaker)
        self._suppressor = EchoSuppressor()
        self._heard: deque[Samples] = deque(maxlen=SEGMENT // FRAME_SAMPLES)
        self._frames = 0
        self._offset = Agreement()
        """How far what is played is counted ahead of when it is heard."""
        self._in_vain = 0

    @property
    def delay_known(self) -> bool:
        """Whether it has found out when what is played comes back."""
        return self._offset.value is not None

    def __call__(self, frame: Samples) -> Samples:
        """The frame (512 samples, 16 kHz) without what comes from the loudspeaker; 8 ms late."""
        self._played.update()
        begins = self._frames * FRAME_SAMPLES
        self._frames += 1
        self._heard.append(frame)
        if self._frames % LOOK_EVERY == 0:
            self._look()
        now = self._played.index_at(self._microphone.heard_at)
        self._played.forget(now - round(_KEPT_S * SAMPLE_RATE))
        may_come_back = self._played.loudness(
            now - FRAME_SAMPLES - round(LATEST_S * SAMPLE_RATE), now - round(EARLIEST_S * SAMPLE_RATE)
        )
        if self._offset.value is None:
            unheard = self._in_vain < LOOKS and may_come_back > AUDIBLE
            return np.zeros_like(frame) if unheard else frame
        aligned = begins + self._offset.value - REFERENCE_BEFORE
        rest = self._suppressor(frame, self._played.cut(aligned, REFERENCE_SAMPLES))
        return rest if self._suppressor.ready or may_come_back <= AUDIBLE else np.zeros_like(frame)

    def _look(self) -> None:
        heard = np.concatenate(self._heard)
        earliest = self._played.index_at(self._microphone.heard_at) - len(heard) - round(LATEST_S * SAMPLE_RATE)
        played = self._played.cut(earliest, len(heard) + round((LATEST_S - EARLIEST_S) * SAMPLE_RATE))
        if len(self._heard) < SEGMENT // FRAME_SAMPLES or np.sqrt(np.mean(played**2)) < AUDIBLE:
            return
        found = find_echo(heard, played)
        if found is None:
            self._in_vain += 1
        else:
            self._offset.add(earliest + found - self._frames * FRAME_SAMPLES + len(heard))


class _Timeline:
    """What the loudspeaker has played lately: 16 kHz, counted from the first sample."""

    def __init__(self, loudspeaker: Loudspeaker) -> None:
        self._blocks = loudspeaker.follow()
        self._resampler = soxr.ResampleStream(loudspeaker.device.default_rate, SAMPLE_RATE, 1)
        self._samples: Samples = np.empty(0, np.float32)
        self._first = 0
        """The count of the first sample that is kept."""
        self._times: deque[tuple[int, float]] = deque()
        """The count at which each block begins, and when it was to be heard."""

    def update(self) -> None:
        """Take over what has been played since."""
        parts = [self._samples]
        count = self._first + len(self._samples)
        while True:
            try:
                block = self._blocks.get_nowait()
            except Empty:
                break
            self._times.append((count, block.at_s))
            parts.append(self._resampler.resample_chunk(block.samples))
            count += len(parts[-1])
        self._samples = np.concatenate(parts)

    def index_at(self, at_s: float) -> int:
        """The count of the sample that was to be heard at `at_s`; 0 before anything has been played."""
        if not self._times:
            return 0
        begin, begin_s = next((each for each in reversed(self._times) if each[1] <= at_s), self._times[0])
        return begin + round((at_s - begin_s) * SAMPLE_RATE)

    def cut(self, begin: int, length: int) -> Samples:
        """`length` samples from that count on; zeros where there are none."""
        at = begin - self._first
        part = self._samples[max(0, at) : max(0, at + length)]
        before = min(length, max(0, -at))
        return np.pad(part, (before, length - before - len(part)))

    def loudness(self, begin: int, end: int) -> float:
        """The highest sample from one count to the other."""
        return float(np.abs(self.cut(begin, end - begin)).max(initial=0))

    def forget(self, before: int) -> None:
        """Drop what lies before that count."""
        drop = min(max(0, before - self._first), len(self._samples))
        self._samples = self._samples[drop:]
        self._first += drop
        while len(self._times) > 1 and self._times[1][0] <= self._first:
            self._times.popleft()
