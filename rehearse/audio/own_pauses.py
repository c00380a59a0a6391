"""How long this person's own pauses inside a reply are: somebody who thinks slowly is given longer before being taken
to have finished. Learned while they speak, kept from session to session as nothing but lengths.
"""

import contextlib
import json
import math
from collections import deque
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

from rehearse.errors import OutputError
from rehearse.whole_files import replacing

SHORTEST_S = 0.2
"""A shorter silence is articulation or a breath and no pause for thought: the lower bound of what Campione & Véronis
(2002, "A large-scale multilingual study of silent pause duration", Speech Prosody) call medium pauses."""
SHARE = 0.9
"""How many of a person's pauses a long one outlasts."""
LEAST_S, MOST_S = 0.5, 4.0
"""What a long pause is kept within, whatever was heard. The program's own mark."""

PRIOR_S = 1.8
"""A long pause of somebody unknown. The same study finds pauses beyond 1 s in spontaneous speech only; how far
beyond is the program's own mark."""
PRIOR_WEIGHT = 20
"""How many pauses of their own it takes to count as much as what is expected of everybody."""
HALF_LIFE = 60
"""After so many more, some two or three sessions, a pause counts half."""
KEPT = 4 * HALF_LIFE
"""How many are kept: the oldest of them weighs a sixteenth."""


class OwnPauses:
    """One person's pauses inside their replies, the older ones fading."""

    def __init__(self, pauses_s: Iterable[float] = ()) -> None:
        """`pauses_s`: those heard so far, in seconds, the latest last."""
        self._pauses: deque[float] = deque(maxlen=KEPT)
        for pause_s in pauses_s:
            self.add(pause_s)

    @property
    def pauses_s(self) -> tuple[float, ...]:
        """Those that still count, in seconds, the latest last."""
        return tuple(self._pauses)

    def add(self, pause_s: float) -> None:
        """The person was silent for so long, in seconds, and then said more of the same reply.

        Count in the ones after which they took the turn back, else only pauses that were short enough to be waited for
        would ever be learned.
        """
        if pause_s >= SHORTEST_S:
            self._pauses.append(min(pause_s, MOST_S))

    @property
    def long_s(self) -> float:
        """A long pause of theirs: in 9 of 10 they are silent for less. In seconds, `LEAST_S` to `MOST_S`.

        The weighted 90th percentile, drawn towards `PRIOR_S` on a scale of logarithms, as pauses are log-normal.
        """
        ages = reversed(range(len(self._pauses)))
        weighted = sorted((pause_s, 0.5 ** (age / HALF_LIFE)) for pause_s, age in zip(self._pauses, ages, strict=True))
        up_to = list(accumulate(weight for _, weight in weighted))
        if not up_to:
            return PRIOR_S
        own_s = next(pause_s for (pause_s, _), sum_ in zip(weighted, up_to, strict=True) if sum_ >= SHARE * up_to[-1])
        drawn = (up_to[-1] * math.log(own_s) + PRIOR_WEIGHT * math.log(PRIOR_S)) / (up_to[-1] + PRIOR_WEIGHT)
        return min(max(math.exp(drawn), LEAST_S), MOST_S)


def remembered(path: Path) -> OwnPauses:
    """The pauses kept at `path`; where there are none, or the file is damaged, those of somebody unknown."""
    try:
        kept = json.loads(path.read_bytes())["pauses_s"]
        return OwnPauses(map(float, kept))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return OwnPauses()


def remember(pauses: OwnPauses, path: Path) -> None:
    """Keep `pauses` at `path`, readable by their owner only. Where that cannot be, they are learned anew next time:
    no reason to stop practising."""
    text = json.dumps({"pauses_s": [round(pause_s, 2) for pause_s in pauses.pauses_s]}) + "\n"
    with contextlib.suppress(OSError, OutputError), replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
