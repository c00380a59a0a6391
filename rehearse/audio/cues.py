"""Playing earcons: those the person wants to hear, through whatever plays sound."""

import math
from collections.abc import Collection

from rehearse.audio.earcons import EARCONS
from rehearse.audio.frames import FRAME_S, VOICE_RATE, Samples
from rehearse.audio.volume import Volume
from rehearse.dialogue import Cue

LATE_S = 0.4
"""How late a cue may come back to the microphone: as a wireless loudspeaker, 0.3 s late, and its room."""


class Cues:
    """Plays cues. Knows, counting frames, whether the microphone may be hearing one."""

    def __init__(self, output: Volume, silent: Collection[Cue] = ()) -> None:
        """`silent`: those that are not to be heard."""
        self._output = output
        self._silent = silent
        self._frames = 0
        """In so many frames to come the last one may be heard."""

    def sound(self, cue: Cue | None) -> Samples | None:
        """What is to be heard of `cue`, if anything."""
        return None if cue is None or cue in self._silent else EARCONS[cue]

    def play(self, cue: Cue) -> None:
        """Let `cue` be heard; nobody waits for its end."""
        sound = self.sound(cue)
        if sound is not None:
            self._output.play(sound)
            self._frames = math.ceil((len(sound) / VOICE_RATE + LATE_S) / FRAME_S)

    def in_frame(self) -> bool:
        """Whether the next frame of the microphone may hold a cue; ask once for each."""
        self._frames = max(0, self._frames - 1)
        return self._frames > 0
