"""How replies sounded, for whoever has asked that it be kept."""

from collections.abc import Callable

import numpy as np

from rehearse.audio.frames import Samples

KeepSound = Callable[[float, Samples], None]
"""Given when a reply began, on the session's clock, and how it sounded: 16 kHz."""


class RepliesAsSound:
    """Hands over how each reply sounded, and with it what was said for it before and could not be transcribed."""

    def __init__(self, keep: KeepSound | None) -> None:
        """`keep`: None where nothing is to be kept."""
        self._keep = keep
        self._lost: list[Samples] = []

    def lost(self, sound: Samples) -> None:
        """No words came of it: it belongs to the reply that is given instead."""
        if self._keep:
            self._lost.append(sound)

    def heard(self, start_s: float, sound: Samples) -> None:
        """A reply began then, and sounded so."""
        if self._keep:
            self._keep(start_s, np.concatenate([*self._lost, sound]))
        self._lost.clear()

    def typed(self, start_s: float) -> None:
        """A reply was typed."""
        if self._keep and self._lost:
            self._keep(start_s, np.concatenate(self._lost))
        self._lost.clear()
