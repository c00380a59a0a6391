"""Two hours of sessions under the virtual clock: nothing grows, nothing is left open, no clock runs away."""

import gc
import os
import threading
from pathlib import Path

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
    passed_s, sessions = 0.0, 0
    warm: tuple[float, int, int] | None = None
    while passed_s < HOURS * 3600:
        said = [Says(str(each), after_s=float(chance.uniform(0.5, 40))) for each in chance.choice(REPLIES, 6)]
        session, _ = played(scene, BRIEFED, *said)
        passed_s += max((turn.reply.end_s for turn in session.turns), default=0.0) + 60.0
        sessions += 1
        if warm is None and passed_s > WARM_UP * HOURS * 3600:
            gc.collect()
            warm = resident_mb(), threading.active_count(), handles()
    gc.collect()
    assert warm
    assert sessions > 20
    assert resident_mb() <= warm[0] * (1 + MOST_GROWTH)
    assert threading.active_count() <= warm[1]
    assert handles() <= warm[2]
