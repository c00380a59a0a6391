"""What the person says while the partner speaks: a backchannel ("mm-hm"), or an interruption. No clock but the frames
fed, and no words: nothing of it is transcribed.

Only where the microphone does not hear the loudspeaker: on a headset.
"""

from dataclasses import dataclass

from rehearse.audio.frames import FRAME_S
from rehearse.audio.turn_taking import TurnSettings
from rehearse.audio.voice_activity import VoiceActivity

BACKCHANNEL_S = 1.0
"""Speech that is shorter, and over before the line is, counts as a backchannel. This program's own mark."""
GAP_S = 0.3
"""A shorter silence does not divide speech. This program's own mark."""
TERMINAL_OVERLAP_S = 0.4
"""Coming in so shortly before a line is over is taking the turn, not interrupting: people begin when they foresee the
end, and a rendered line ends in 0.15 s of silence. This program's own mark."""
_SHORTEST_S = TurnSettings().minimum_voiced_s
"""Less voice than this is a cough or a click."""


@dataclass(slots=True)
class _Stretch:
    """Speech under way; frames are counted from the first one fed."""

    first: int
    end: int = 0
    """One past the last voiced frame."""
    voiced: int = 0


class Overhearing:
    """Tells backchannels from interruptions, from one reply to the next. What is shorter than a word is neither."""

    def __init__(self) -> None:
        self._voice = VoiceActivity()
        self._stretch: _Stretch | None = None
        self._fed = 0
        self.backchannels = 0
        """How many there were."""
        self.interrupted = False
        """Whether the person took the floor."""

    def feed(self, probability: float) -> None:
        """Take how likely it is that the next frame, heard while the partner speaks, holds speech (0 to 1)."""
        self._fed += 1
        if self._voice(probability):
            stretch = self._stretch = self._stretch or _Stretch(first=self._fed - 1)
            stretch.end = self._fed
            stretch.voiced += 1
        elif self._stretch and self._silent_s(self._stretch) >= GAP_S:
            self._weigh(self._stretch)
            self._stretch = None

    def line_over(self, answered_after_s: float | None) -> None:
        """The partner has finished; the reply began so long afterwards, or, with None, did not come."""
        if stretch := self._stretch:
            if answered_after_s is None or self._silent_s(stretch) + answered_after_s >= GAP_S:
                self._weigh(stretch)
            elif (self._fed - stretch.first) * FRAME_S > TERMINAL_OVERLAP_S:
                self.interrupted = True
        self._stretch = None
        self._voice = VoiceActivity()

    def _silent_s(self, stretch: _Stretch) -> float:
        return (self._fed - stretch.end) * FRAME_S

    def _weigh(self, stretch: _Stretch) -> None:
        if stretch.voiced * FRAME_S < _SHORTEST_S:
            return
        if (stretch.end - stretch.first) * FRAME_S < BACKCHANNEL_S:
            self.backchannels += 1
        else:
            self.interrupted = True
