"""What the person says while a line plays: a backchannel ("mm-hm"), a word to the program, or words that take the
floor. No clock but the frames fed, and no words: what is short may be a command, which its owner has to find out.

Only where the microphone does not hear the loudspeaker is it the person for sure: on a headset.
"""

from copy import copy
from dataclasses import dataclass, replace
from enum import Enum, auto

from rehearse.audio.frames import FRAME_S
from rehearse.audio.voice_activity import VoiceActivity

BACKCHANNEL_S = 0.9
"""Speech that is shorter, and over before the line is, counts as a backchannel; longer speech takes the floor. This
program's own mark."""
GAP_S = 0.3
"""A shorter silence does not divide speech. This program's own mark."""
TERMINAL_OVERLAP_S = 0.4
"""Coming in so shortly before a line is over is taking the turn, not interrupting: people begin when they foresee the
end, and a rendered line ends in 0.15 s of silence. This program's own mark."""
COMMAND_S = 0.13
"""The least voice in a word to the program: "stop" has 0.2 s."""
WORD_OVER_S = 0.09
"""Silence after which a short word is looked at: inside "stop" there are 0.06 s of it."""
_SHORTEST_S = 0.25
"""Less voice than this is a cough or a click (Silero's own `min_speech_duration_ms`), and no backchannel."""


class Overheard(Enum):
    """What a frame can make of what was heard."""

    WORD = auto()
    """A stretch as short as a command seems to be over."""
    FLOOR = auto()
    """Speech has become too long for a backchannel."""
    GOES_ON = auto()
    """The reply that the line answers was not over."""


@dataclass(slots=True)
class _Stretch:
    """Speech under way; frames are counted from the first one fed."""

    first: int
    end: int = 0
    """One past the last voiced frame."""
    voiced: int = 0
    looked_at: int = 0
    """Its end when it was last said to be a word."""
    took_floor: bool = False


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

    @property
    def undecided(self) -> bool:
        """Whether somebody speaks of whom it is not known yet whether they take the floor."""
        stretch = self._stretch
        return stretch is not None and not stretch.took_floor and stretch.voiced * FRAME_S >= COMMAND_S

    @property
    def stretch_s(self) -> float:
        """How long ago the speech under way began; 0 where nobody speaks."""
        return (self._fed - self._stretch.first) * FRAME_S if self._stretch else 0.0

    def feed(self, probability: float) -> Overheard | None:
        """Take how likely it is that the next frame, heard while a line plays, holds speech (0 to 1)."""
        self._fed += 1
        if self._voice(probability):
            stretch = self._stretch = self._stretch or _Stretch(first=self._fed - 1)
            stretch.end = self._fed
            stretch.voiced += 1
            if not stretch.took_floor and self._length_s(stretch) >= BACKCHANNEL_S and self._is_speech(stretch):
                stretch.took_floor = True
                return Overheard.FLOOR
        elif self._stretch:
            if self._silent_s(self._stretch) >= GAP_S:
                self._weigh(self._stretch)
                self._stretch = None
            elif self._may_be_a_command(self._stretch):
                self._stretch.looked_at = self._stretch.end
                return Overheard.WORD
        return None

    def line_over(self, answered_after_s: float | None) -> None:
        """The line is over; the reply began so long afterwards, or, with None, did not come."""
        if stretch := self._stretch:
            if answered_after_s is None or self._silent_s(stretch) + answered_after_s >= GAP_S:
                self._weigh(stretch)
            elif (self._fed - stretch.first) * FRAME_S > TERMINAL_OVERLAP_S:
                self.interrupted = True
        self.forget()

    def go_on_from(self, before: "Overhearing") -> None:
        """Another line follows at once: what is being said over the one `before`, unless that had the floor, goes on
        over this one."""
        if before is not self and before._stretch and not before._stretch.took_floor:
            self._voice, self._stretch, self._fed = copy(before._voice), replace(before._stretch), before._fed

    def forget(self) -> None:
        """What was heard last was for the program, or goes on with the reply: it is neither one nor the other."""
        self._stretch = None
        self._voice = VoiceActivity()

    def _silent_s(self, stretch: _Stretch) -> float:
        return (self._fed - stretch.end) * FRAME_S

    def _length_s(self, stretch: _Stretch) -> float:
        return (stretch.end - stretch.first) * FRAME_S

    def _is_speech(self, stretch: _Stretch) -> bool:
        """Whether it is voiced for at least half of it, and no row of clicks."""
        return 2 * stretch.voiced >= stretch.end - stretch.first

    def _may_be_a_command(self, stretch: _Stretch) -> bool:
        return (
            stretch.looked_at < stretch.end
            and self._silent_s(stretch) >= WORD_OVER_S
            and stretch.voiced * FRAME_S >= COMMAND_S
            and not stretch.took_floor
        )

    def _weigh(self, stretch: _Stretch) -> None:
        if stretch.voiced * FRAME_S < _SHORTEST_S:
            return
        if self._length_s(stretch) < BACKCHANNEL_S:
            self.backchannels += 1
        else:
            self.interrupted = True
