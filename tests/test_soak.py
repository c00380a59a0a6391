"""Two hours of sessions under the virtual clock: nothing grows, nothing is left open, no clock runs away."""

import gc
import os
import threading
from pathlib import Path
from statistics import median

import numpy as np
import pytest

from rehearse.scenarios.schema import Scenario
from tests.test_whole_turns import BRIEFED, Says, played

pytestmark = pytest.mark.soak

HOURS = 2.0
WARM_UP = 0.1
"""The share of it after which nothing may grow any more."""
MOST_GROWTH = 0.05
REPLIES = ("labels_feeling", "validates and 3.0 validates", "advises 1.0 labels_feeling", "mhm", "counterattacks")


def resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="looks into Linux's /proc")
def test_two_hours_of_sessions_leave_nothing_behind(scene: Scenario) -> None:
    chance = np.random.default_rng(1)
    passed_s = 0.0
    looks: list[tuple[float, float, int, int]] = []
    while passed_s < HOURS * 3600:
        said = [Says(str(each), after_s=float(chance.uniform(0.5, 40))) for each in chance.choice(REPLIES, 6)]
        session, _ = played(scene, BRIEFED, *said)
        passed_s += max((turn.reply.end_s for turn in session.turns), default=0.0) + 60.0
        del session
        gc.collect()
        looks.append((passed_s / (HOURS * 3600), resident_mb(), threading.active_count(), handles()))
    assert len(looks) > 20
    warm = [each for each in looks if WARM_UP < each[0] <= 3 * WARM_UP]
    last = looks[-len(warm) :]
    # Medians, as a thread that is about to end may hold the sound of a reply a moment longer.
    for number, may_grow in ((1, MOST_GROWTH), (2, 0.0), (3, 0.0)):
        before, after = (median(each[number] for each in some) for some in (warm, last))
        assert after <= before * (1 + may_grow)
