"""How everything is spoken: how fast and how loud, within what stays intelligible."""

from dataclasses import dataclass

SLOWEST, FASTEST = 0.6, 1.6
"""Times a voice's own rate, which is 135 to 185 words a minute."""
SOFTEST_DB, LOUDEST_DB = -18.0, 6.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the person has made of the voices."""

    pace: float = 1.0
    """How fast, times their own rate."""
    volume_db: float = 0.0
    """How much louder than by themselves."""

    def adjusted(self, pace: float = 1.0, volume_db: float = 0.0) -> "Delivery":
        """So many times faster, and so much louder, than now; no further than the bounds."""
        return Delivery(
            pace=min(max(self.pace * pace, SLOWEST), FASTEST),
            volume_db=min(max(self.volume_db + volume_db, SOFTEST_DB), LOUDEST_DB),
        )
