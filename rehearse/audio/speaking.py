"""Saying lines: each in its speaker's voice, through whatever plays sound."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Protocol

import numpy as np

from rehearse.audio.cues import Cues
from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.overhearing import Overheard
from rehearse.audio.voice import Voice
from rehearse.audio.volume import LEVEL_DB, MIDDLE, Output, Place, Volume
from rehearse.delivery import Delivery
from rehearse.dialogue import Cue, CutShort, Floor, Line, Reply, Speaker, Spoken, TakenBack
from rehearse.errors import DeviceLost, VoiceError

_log = logging.getLogger(__name__)

BETWEEN_LINES_S = 0.35
"""Silence between two lines said in a row."""
YIELD_S = 0.04
"""How fast a voice falls silent for somebody who takes the floor."""
SECONDS_TO_READ = 0.065
"""A character: as long as saying it would take, and reading it is quicker."""
UNDECIDED_GAIN = 0.35
"""How loud a line is while somebody speaks who may be taking the floor: 9 dB less, as people lower their voice."""


class StoppableOutput(Output, Protocol):
    """Whatever plays sound and can be stopped."""

    @property
    def busy(self) -> bool:
        """Whether what was played has not been heard to its end."""

    @property
    def heard_s(self) -> float:
        """How much of it has been heard, in seconds."""

    @property
    def first_sample_at(self) -> float | None:
        """When it began to be heard, on the monotonic clock; None where it has not."""

    def stop(self, fade_s: float) -> None:
        """Fade it out within `fade_s`."""

    def lower(self, gain: float) -> None:
        """Go on playing at `gain`; 1 is as loud as the sound itself."""


class Overhearer(Protocol):
    """Whatever hears a person while a line plays."""

    @property
    def undecided(self) -> bool:
        """Whether somebody speaks of whom it is not known yet what they want."""

    def line_begins(self, speaker: Speaker, floor: Floor) -> None:
        """From now on a line of `speaker` plays."""

    def pass_frame(self) -> Overheard | Reply | None:
        """Let one frame go by; say what, if anything, is to stop the line."""


Ended = TakenBack | CutShort | Reply | None
Follow = Callable[[Speaker, Floor, float], "Followed"]
"""(who speaks, whose floor it is, seconds of sound) → how it was heard."""


@dataclass(frozen=True, slots=True)
class Followed:
    """How what was played was heard."""

    seconds: float
    """How much of it."""
    began_at: float | None = None
    """When it began to be, on the monotonic clock; None where that is not known."""
    ended_by: Ended = None


class Speech:
    """A mouth with a voice."""

    def __init__(
        self,
        voice: Voice,
        output: Volume,
        follow: Follow | None = None,
        *,
        cues: Cues | None = None,
        places: Mapping[Speaker, Place] | None = None,
        pace: float = 1.0,
        at_new_pace: Callable[[float], None] | None = None,
    ) -> None:
        """`follow` returns when what plays is over or was stopped; without it all is heard as soon as it is played.

        `cues`: all of them, if None. `places`: where each speaker's voice comes from; the middle, if None.
        `at_new_pace` is told a pace that the person has chosen, and may render ahead what is to be said at it.
        """
        self._voice = voice
        self._output = output
        self._follow = follow or _to_the_end
        self._cues = cues or Cues(output)
        self.places = places
        self._pace = pace
        self._at_new_pace = at_new_pace
        self._silent = False
        """Whether it was told that the voice has failed."""

    @property
    def delivery(self) -> Delivery:
        """How fast and how loud it speaks by now."""
        return Delivery(self._pace, self._output.level_db)

    def say(self, lines: Sequence[Line], floor: Floor, cue: Cue | None = None) -> Spoken:
        """Say `lines`, all of one speaker, after `cue`, to their end or as far as `floor` lets them.

        Raises:
            DeviceLost: one is, with the number of lines that were heard.
        """
        asked_at = monotonic()
        pause = np.zeros(round(BETWEEN_LINES_S * VOICE_RATE), dtype=np.float32)
        earcon = self._cues.sound(cue)
        sounds = [] if earcon is None else [earcon]
        sounds += [self._rendered(replace(line, pace=self._pace)) for line in lines]
        samples = np.concatenate([part for sound in sounds for part in (sound, pause)][:-1])
        speaker = lines[-1].speaker
        # Whoever answers at once is heard from the first word.
        self._output.play(samples, (self.places or {}).get(speaker, MIDDLE), LEVEL_DB[speaker])
        played_at = monotonic()
        try:
            followed = self._follow(speaker, floor, len(samples) / VOICE_RATE)
        except DeviceLost as lost:
            ends = np.cumsum([len(sound) + len(pause) for sound in sounds]) - len(pause)
            lost.lines_heard = int(np.sum(ends[-len(lines) :] <= lost.heard_s * VOICE_RATE))
            raise
        waited_s = (followed.began_at or played_at) - asked_at
        return Spoken(round(waited_s * 1000), followed.seconds, followed.ended_by)

    def _rendered(self, line: Line) -> Samples:
        """The sound of `line`; where no voice can speak it, as much silence as it takes to read."""
        try:
            return self._voice.render(line)
        except VoiceError:  # its message would quote the line
            if not self._silent:
                _log.warning("the voice has failed: what it cannot say is only shown; `rehearse doctor` looks into it")
            self._silent = True
            return np.zeros(round(len(line.text) * SECONDS_TO_READ * VOICE_RATE), dtype=np.float32)

    def cue(self, cue: Cue) -> None:
        """Let a soft sound be heard; nobody waits for its end."""
        self._cues.play(cue)

    def adjust(self, pace: float, volume_db: float) -> bool:
        """From the next line on, speak so many times faster and so much louder; no further than the bounds.

        Returns whether a bound stopped it.
        """
        before = self.delivery
        after = before.adjusted(pace, volume_db)
        self._pace, self._output.level_db = after.pace, after.volume_db
        if after.pace != before.pace and self._at_new_pace:
            self._at_new_pace(after.pace)
        return after != Delivery(before.pace * pace, before.volume_db + volume_db)


class SharedFloor:
    """Follows what a loudspeaker plays, and stops it for whoever takes the floor."""

    def __init__(self, output: StoppableOutput, ear: Overhearer) -> None:
        self._output = output
        self._ear = ear

    def follow(self, speaker: Speaker, floor: Floor, seconds: float) -> Followed:
        """Listen while a line of `speaker` plays, until it is over or has to stop; see `Follow`.

        Raises:
            DeviceLost: one is, with what was heard by then.
        """
        output, ear = self._output, self._ear
        ear.line_begins(speaker, floor)
        try:
            while output.busy:
                overheard = ear.pass_frame()
                if overheard:
                    heard_s = output.heard_s
                    output.stop(YIELD_S)
                    return Followed(heard_s, output.first_sample_at, _ended_by(overheard, heard_s / seconds))
                output.lower(UNDECIDED_GAIN if ear.undecided else 1.0)
        except DeviceLost as lost:
            lost.heard_s = output.heard_s
            raise
        return Followed(seconds, output.first_sample_at)


def _ended_by(overheard: Overheard | Reply, heard: float) -> Ended:
    if isinstance(overheard, Reply):
        return overheard
    return TakenBack() if overheard is Overheard.GOES_ON else CutShort(min(1.0, heard))


def _to_the_end(_: Speaker, __: Floor, seconds: float) -> Followed:
    return Followed(seconds)
