"""Devices that come and go, with fake streams and a virtual clock."""

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio import device_pair, devices
from rehearse.audio.device_pair import LONG_AWAY_S, LOOK_EVERY_S, SETTLE_S, DevicePair
from rehearse.audio.devices import Device
from rehearse.audio.frames import Samples
from rehearse.audio.live import LiveReplies
from rehearse.audio.streams import LOST_AFTER_S, Callback
from rehearse.errors import DeviceLost, NoDevice
from tests.fake_stream import FakeStream

MIC = Device("Mic", "ALSA", 1, 0, 16_000, is_default_input=True, is_default_output=False)
SPEAKER = Device("Speaker", "ALSA", 0, 2, 48_000, is_default_input=False, is_default_output=True)
OTHER_MIC = Device("Other mic", "ALSA", 1, 0, 44_100, is_default_input=False, is_default_output=False)


@dataclass
class FakeSystem:
    """Devices by name, and the time; a device that is there and works calls back every 20 ms."""

    plugged: list[Device] = field(default_factory=lambda: [MIC, OTHER_MIC, SPEAKER])
    in_use: set[str] = field(default_factory=set)
    mute_as_dead: set[str] = field(default_factory=set)
    """Those that open, and never call back."""
    now_s: float = 100.0
    looks: int = 0
    looked_with_open_streams: bool = False
    plans: list[tuple[float, list[Device]]] = field(default_factory=list)
    open: dict[str, FakeStream] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def open_stream(self, device: Device, callback: Callback) -> FakeStream:
        if device.name in self.in_use or device.name not in {each.name for each in self.plugged}:
            raise NoDevice("it cannot be opened")
        self.order.append(f"{device.name} {device.default_rate}")
        stream = FakeStream().open(device, callback)
        self.open[device.name] = stream
        return stream

    def look(self) -> None:
        self.looks += 1
        self.looked_with_open_streams |= any(stream.running for stream in self.open.values())

    def rest(self, seconds: float) -> None:
        self.now_s += seconds
        while self.plans and self.plans[0][0] <= self.now_s:
            self.plug(self.plans.pop(0)[1])
        for device in self.plugged:
            stream = self.open.get(device.name)
            if stream and stream.active and device.name not in self.mute_as_dead:
                if device.input_channels:
                    stream.bring(np.full(1600, 0.1, np.float32))
                else:
                    stream.take(512)

    def plug(self, plugged: list[Device]) -> None:
        """These are there from now on; the streams of others end."""
        self.plugged = plugged
        for name, stream in self.open.items():
            if name not in {each.name for each in plugged}:
                stream.active = False


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> FakeSystem:
    system = FakeSystem()
    for module in (devices, device_pair):
        monkeypatch.setattr(module, "list_devices", lambda: system.plugged)
    return system


def pair_on(system: FakeSystem, microphone: Device | None = None, loudspeaker: Device | None = None) -> DevicePair:
    return DevicePair(
        microphone,
        loudspeaker,
        open_input=system.open_stream,
        open_output=system.open_stream,
        look=system.look,
        clock=lambda: system.now_s,
        rest=system.rest,
    )


def await_back(pair: DevicePair) -> tuple[list[str | None], int]:
    """What was shown meanwhile, and how often it was said that it lasts."""
    shown: list[str | None] = []
    said: list[str] = []
    pair.await_back(shown.append, lambda: said.append("still away"))
    return shown, len(said)


def test_the_microphone_is_opened_first_and_has_settled_when_the_loudspeaker_is(system: FakeSystem) -> None:
    with pair_on(system) as pair:
        assert system.order == ["Mic 16000", "Speaker 48000"]
        assert pair.microphone.working
        assert pair.loudspeaker.working
    assert not any(stream.running for stream in system.open.values())


def test_a_microphone_that_brings_nothing_is_waited_for_no_longer_than_that(system: FakeSystem) -> None:
    system.mute_as_dead = {"Mic"}
    began_s = system.now_s
    with pair_on(system):
        assert system.now_s - began_s == pytest.approx(SETTLE_S, abs=0.1)


def test_a_device_in_use_at_the_rates_of_before_is_asked_for_anew_once(system: FakeSystem) -> None:
    system.in_use = {"Speaker"}
    with pytest.raises(NoDevice), pair_on(system):
        pass
    assert system.looks == 1
    assert not system.looked_with_open_streams
    assert not any(stream.running for stream in system.open.values())


@pytest.mark.parametrize(
    ("gone", "lost"), [([MIC], (True, False)), ([SPEAKER], (False, True)), ([MIC, SPEAKER], (True, True))]
)
@pytest.mark.parametrize("silently", [False, True])
def test_what_has_gone_is_known(
    system: FakeSystem, gone: list[Device], lost: tuple[bool, bool], silently: bool
) -> None:
    with pair_on(system) as pair:
        system.rest(0.02)
        if silently:
            system.mute_as_dead = {each.name for each in gone}
            system.now_s += LOST_AFTER_S - 1
            system.rest(1.1)
        else:
            system.plug([each for each in system.plugged if each not in gone])
        assert pair.lost() == lost


def test_a_chosen_device_is_waited_for_whatever_else_there_is_and_found_at_its_new_rate(system: FakeSystem) -> None:
    with pair_on(system, microphone=OTHER_MIC) as pair:
        system.plug([MIC, SPEAKER])
        back_s = system.now_s + 5
        system.plans = [(back_s, [SPEAKER, replace(OTHER_MIC, default_rate=8000)])]
        shown, said = await_back(pair)
        assert system.now_s - back_s <= LOOK_EVERY_S + 0.1
        assert pair.microphone.device.default_rate == 8000
        assert pair.microphone.working
        assert pair.loudspeaker.working
        assert shown[0] == "Waiting for the microphone to come back… (Ctrl-C ends it)"
        assert shown[-1] is None
        assert said == 0
    assert not system.looked_with_open_streams


def test_where_none_was_chosen_the_next_default_one_goes_on_at_once(system: FakeSystem) -> None:
    with pair_on(system) as pair:
        system.plug([replace(OTHER_MIC, is_default_input=True), SPEAKER])
        began_s = system.now_s
        await_back(pair)
        assert system.now_s - began_s < 0.2
        assert pair.microphone.device.name == "Other mic"


def test_another_device_that_is_no_default_one_is_not_taken(system: FakeSystem) -> None:
    with pair_on(system) as pair:
        system.plug([OTHER_MIC, SPEAKER])
        system.plans = [(system.now_s + 3, [OTHER_MIC, SPEAKER, replace(MIC, is_default_input=False)])]
        await_back(pair)
        assert pair.microphone.device.name == "Mic"


def test_a_device_that_another_program_holds_or_that_does_not_call_back_is_not_back(system: FakeSystem) -> None:
    with pair_on(system) as pair:
        pair.close()
        system.in_use, system.mute_as_dead = {"Mic"}, {"Speaker"}
        tries = 0
        rest = system.rest

        def and_then_it_is_free(seconds: float) -> None:
            nonlocal tries
            rest(seconds)
            if seconds == LOOK_EVERY_S:
                tries += 1
                system.in_use = set() if tries >= 2 else {"Mic"}
                system.mute_as_dead = set() if tries >= 4 else {"Speaker"}

        pair._rest = and_then_it_is_free
        await_back(pair)
        assert tries == 4


def test_that_it_lasts_is_said_once_on_the_loudspeaker_that_is_left(system: FakeSystem) -> None:
    with pair_on(system) as pair:
        system.plug([SPEAKER])
        system.plans = [(system.now_s + 3 * LONG_AWAY_S, [MIC, SPEAKER])]
        assert await_back(pair)[1] == 1
    with pair_on(system) as pair:
        system.plug([MIC])
        system.plans = [(system.now_s + 3 * LONG_AWAY_S, [MIC, SPEAKER])]
        assert await_back(pair)[1] == 0
    assert not system.looked_with_open_streams


def test_that_it_lasts_is_heard_where_a_microphone_is_there_and_does_not_work(system: FakeSystem) -> None:
    with pair_on(system) as pair:
        source = LiveReplies(pair.microphone, rest=system.rest)
        heard: list[Samples] = []

        def said_while_somebody_listens() -> None:
            heard.extend(source.read() for _ in range(10))

        pair.close()
        system.mute_as_dead = {"Mic"}
        works_at_s = system.now_s + 2 * LONG_AWAY_S

        def until_it_works(seconds: float) -> None:
            system.rest(seconds)
            if system.now_s >= works_at_s:
                system.mute_as_dead = set()

        pair._rest = until_it_works
        pair.await_back(lambda _: None, said_while_somebody_listens)
        assert len(heard) == 10
        assert pair.microphone.working


def test_a_loudspeaker_that_goes_while_it_is_said_is_no_matter(system: FakeSystem) -> None:
    def fails() -> None:
        raise DeviceLost("gone")

    with pair_on(system) as pair:
        system.plug([SPEAKER])
        system.plans = [(system.now_s + 15, [MIC, SPEAKER])]
        pair.await_back(lambda _: None, fails)
        assert pair.loudspeaker.working


plugged = st.lists(st.sampled_from([MIC, OTHER_MIC, SPEAKER]), unique=True)


@given(losses=st.lists(st.tuples(st.floats(0.1, 30), plugged), max_size=10))
def test_whatever_comes_and_goes_both_work_within_a_second_of_their_return(
    losses: list[tuple[float, list[Device]]],
) -> None:
    system = FakeSystem()
    with pytest.MonkeyPatch.context() as patched:
        for module in (devices, device_pair):
            patched.setattr(module, "list_devices", lambda: system.plugged)
        with pair_on(system) as pair:
            at_s = system.now_s
            system.plug([])
            for after_s, there in losses:
                at_s += after_s
                system.plans.append((at_s, there))
            system.plans.append((at_s + 1, [MIC, SPEAKER]))
            await_back(pair)
            assert system.now_s <= at_s + 1 + LOOK_EVERY_S + 3 * SETTLE_S
            while system.plans:
                system.rest(0.5)
                if any(pair.lost()):
                    await_back(pair)
            assert pair.microphone.working
            assert pair.loudspeaker.working
        assert not system.looked_with_open_streams
