"""Which sound devices there are, at which rates they open, and which of them are going to be used."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rehearse.audio.devices import WHAT, Device, Direction, find_again, index_of, portaudio
from rehearse.doctor.check import Check, fault, fault_of, ok, warning
from rehearse.doctor.sentence import profile_warning
from rehearse.errors import NoDevice
from rehearse.settings import DeviceName

RATES = (8_000, 16_000, 44_100, 48_000)
"""Samples a second: those of a headset's telephone profile, and those of everything else."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A device with what only trying tells."""

    device: Device
    input_rates: tuple[int, ...]
    """Of `RATES`, those at which its microphone opens; none while another program has it."""
    output_rates: tuple[int, ...]


def listed(device: Device) -> Listed:
    """Try at which rates `device` opens. Nothing is heard or played."""
    return Listed(device, rates_of(device, "input"), rates_of(device, "output"))


def rates_of(device: Device, direction: Direction) -> tuple[int, ...]:
    """Of `RATES`, those at which `device` opens that way."""
    if not device.channels(direction):
        return ()
    sounddevice = portaudio()
    check = sounddevice.check_input_settings if direction == "input" else sounddevice.check_output_settings
    channels = 1 if direction == "input" else min(2, device.output_channels)

    def opens(rate: int) -> bool:
        try:
            check(device=index_of(device, direction), channels=channels, dtype="float32", samplerate=rate)
        except (sounddevice.PortAudioError, NoDevice):
            return False
        return True

    with _libraries_quiet():
        return tuple(filter(opens, RATES))


def is_chosen(device: Device, name: DeviceName | None) -> bool:
    """Whether the settings name `device`."""
    return name is not None and device.is_called(name.name, name.host_api)


def portaudio_check(find_all: Callable[[], Sequence[Device]]) -> tuple[Check, Sequence[Device]]:
    """Whether PortAudio is there and finds anything; and what it finds."""
    try:
        devices = find_all()
    except NoDevice as error:
        return fault_of("PortAudio", error), ()
    if not devices:
        fix = "plug in a headset and check the system's sound settings; until then practise with --text"
        return fault("PortAudio", "it finds no sound device", fix), ()
    return ok("PortAudio", f"it finds {len(devices)} devices", devices=len(devices)), devices


def choice_check(
    direction: Direction, devices: Sequence[Device], default: Callable[[], Device], name: DeviceName | None
) -> tuple[Check, Device | None]:
    """Which device is going to be used: the one that the settings name, else `default()`."""
    what = WHAT[direction]
    try:
        taken = find_again(direction, name.name, name.host_api, devices) if name else None
        device = taken or default()
    except NoDevice as error:
        return fault_of(what, error), None
    found = f"{device.name} ({device.host_api}), {device.default_rate / 1000:g} kHz"
    if name and not taken:
        fix = f"plug it in again, or choose another one with --{direction}"
        return warning(what, f"{name.name}, which you have chosen, is not there; instead {found}", fix), device
    return ok(what, found, rate_hz=device.default_rate), device


def profile_check(microphone: Device) -> Check:
    """Whether the microphone sounds like a telephone."""
    if microphone.telephone:
        return profile_warning(f"{microphone.name} works at {microphone.default_rate / 1000:g} kHz")
    return ok("headset profile", "the microphone says that it has its full rate")


@contextmanager
def _libraries_quiet() -> Iterator[None]:
    """Throw away what PortAudio and ALSA write to the error output when a rate does not open."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
