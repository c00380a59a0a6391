"""Faults on purpose: the plan, and the devices that it closes."""

import subprocess
import sys
from threading import Thread

import numpy as np
import pytest

from rehearse import faults
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone
from rehearse.errors import DeviceLost, UsageError
from tests.fake_stream import HEADSET, FakeStream


def struck(plan: str, seam: str, uses: int = 5) -> list[bool]:
    """At which uses something happens."""
    with faults.planned(plan):
        return [faults.due(seam) for _ in range(uses)]


def test_a_fault_happens_at_its_use_and_a_lasting_one_from_then_on() -> None:
    assert struck("log:full", "log") == [True, False, False, False, False]
    assert struck("log@3:full", "log") == [False, False, True, False, False]
    assert struck("log@3+:full", "log") == [False, False, True, True, True]
    assert struck("log@2:full log@4:locked", "log") == [False, True, False, True, False]
    assert not any(struck("log@1+:full", "coder"))


def test_without_a_plan_nothing_happens() -> None:
    assert not any(faults.due(seam) for seam in faults.SEAMS)
    for seam in faults.SEAMS:
        faults.strike(seam)


@pytest.mark.parametrize(
    "plan", ["log", "log:", "log:lost", "disk:full", "log@0:full", "log@x:full", "log@1++:full", "log:full,log:full"]
)
def test_what_is_no_plan_is_refused(plan: str) -> None:
    with pytest.raises(UsageError, match="SEAM"):
        faults.Plan(plan)


@pytest.mark.parametrize(
    "fault", sorted({fault for known in faults.SEAMS.values() for fault in known} - {"lost", "hang"})
)
def test_each_fault_raises_something_of_its_own(fault: str) -> None:
    seam = next(seam for seam, known in faults.SEAMS.items() if fault in known)
    with faults.planned(f"{seam}:{fault}"), pytest.raises(Exception, match=r".*") as raised:
        faults.strike(seam)
    assert raised.type is not Exception


def test_what_hangs_never_comes_back() -> None:
    with faults.planned("transcriber:hang"):
        struck = Thread(target=faults.strike, args=("transcriber",), daemon=True)
        struck.start()
        struck.join(0.05)
        assert struck.is_alive()


@pytest.mark.process
def test_the_variable_makes_the_plan() -> None:
    code = "from rehearse import faults; print([faults.due('log') for _ in range(2)])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={faults.VARIABLE: "log@2:full"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[False, True]"


def test_a_microphone_goes_and_can_be_opened_again() -> None:
    stream = FakeStream()
    with faults.planned("microphone@2:lost"), Microphone(HEADSET, stream.open) as microphone:
        stream.bring(np.zeros(16_384, np.float32))
        microphone.read()

        def read_what_is_left() -> None:
            while True:
                microphone.read()

        with pytest.raises(DeviceLost):
            read_what_is_left()
        assert microphone.lost
        microphone.open()
        stream.bring(np.zeros(16_384, np.float32))
        microphone.read()


def test_a_loudspeaker_goes_and_can_be_opened_again() -> None:
    stream = FakeStream()
    with faults.planned("loudspeaker@1:lost"), Loudspeaker(HEADSET, stream.open) as loudspeaker:
        with pytest.raises(DeviceLost):
            loudspeaker.play(np.zeros(100, np.float32))
        loudspeaker.open()
        loudspeaker.play(np.zeros(100, np.float32))
