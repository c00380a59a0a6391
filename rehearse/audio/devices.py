"""The microphones and loudspeakers there are. They are known by name: an index changes with the plugs."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from rehearse.errors import NoDevice

_HEADSET_WORDS = (
    "airpod",
    "bluetooth",
    "bluez",
    "buds",
    "earphone",
    "hands-free",
    "handsfree",
    "headphone",
    "headset",
)

_TELEPHONE_WORDS = ("hands-free", "handsfree", "hfp", "hsp")
TELEPHONE_RATE = 16_000
"""Samples a second; the Hands-Free Profile of Bluetooth has 8 or 16 thousand, so as to hear and speak at once."""

Direction = Literal["input", "output"]
WHAT: dict[Direction, str] = {"input": "microphone", "output": "loudspeaker"}


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone, a loudspeaker, or both in one."""

    name: str
    host_api: str
    """The system's way to it: "ALSA", "Core Audio", …"""
    input_channels: int
    output_channels: int
    default_rate: int
    """Samples a second that it works at by itself."""
    is_default_input: bool
    is_default_output: bool

    @property
    def headset(self) -> bool:
        """Whether its name says that it is worn, so that the microphone does not hear the loudspeaker."""
        name = self.name.lower()
        return any(word in name for word in _HEADSET_WORDS)

    @property
    def telephone(self) -> bool:
        """Whether its microphone sounds like a telephone, which costs words."""
        name = self.name.lower()
        return self.default_rate <= TELEPHONE_RATE or any(word in name for word in _TELEPHONE_WORDS)

    def is_called(self, name: str, host_api: str) -> bool:
        """Whether it is the device of that name; an index changes with the plugs."""
        return (self.name, self.host_api) == (name, host_api)

    def channels(self, direction: Direction) -> int:
        """How many channels it has that way; none when it cannot do it."""
        return self.input_channels if direction == "input" else self.output_channels

    def is_default(self, direction: Direction) -> bool:
        """Whether it is the system's own choice for that way."""
        return self.is_default_input if direction == "input" else self.is_default_output


def portaudio() -> ModuleType:
    """The `sounddevice` module, imported only now as that starts PortAudio.

    Raises:
        NoDevice: PortAudio is not installed.
    """
    try:
        import sounddevice
    except OSError as error:
        raise NoDevice(
            "the PortAudio library is missing: install it with `apt install libportaudio2` (Debian, Ubuntu) "
            "or `brew install portaudio` (macOS)"
        ) from error
    module: ModuleType = sounddevice
    return module


def list_devices() -> list[Device]:
    """All sound devices, in the system's order.

    Raises:
        NoDevice: PortAudio is not installed.
    """
    sounddevice = portaudio()
    host_apis = sounddevice.query_hostapis()
    default = host_apis[sounddevice.default.hostapi] if host_apis else {}
    return [
        Device(
            name=found["name"],
            host_api=host_apis[found["hostapi"]]["name"],
            input_channels=found["max_input_channels"],
            output_channels=found["max_output_channels"],
            default_rate=round(found["default_samplerate"]),
            is_default_input=index == default["default_input_device"],
            is_default_output=index == default["default_output_device"],
        )
        for index, found in enumerate(sounddevice.query_devices())
    ]


def find_input(name_part: str | None = None) -> Device:
    """The microphone whose name contains `name_part`, in any case; the system's own choice without one.

    Raises:
        NoDevice: there is none, or none of that name.
    """
    return _find("input", name_part)


def find_output(name_part: str | None = None) -> Device:
    """The loudspeaker whose name contains `name_part`, in any case; the system's own choice without one.

    Raises:
        NoDevice: there is none, or none of that name.
    """
    return _find("output", name_part)


def find_again(direction: Direction, name: str, host_api: str, among: Sequence[Device] | None = None) -> Device | None:
    """The device of exactly that name on that host API, where it is there; `among` all there are, if None.

    Raises:
        NoDevice: PortAudio is not installed.
    """
    devices = list_devices() if among is None else among
    return next((each for each in devices if each.is_called(name, host_api) and each.channels(direction)), None)


def index_of(device: Device, direction: Direction) -> int:
    """Where PortAudio lists `device` now for that way: some systems list a headset twice under one name.

    Raises:
        NoDevice: it is not there any more.
    """
    for index, there in enumerate(list_devices()):
        if there.is_called(device.name, device.host_api) and there.channels(direction):
            return index
    raise NoDevice(f"{device.name} is not there any more: plug it in again, or choose another device")


def _find(direction: Direction, name_part: str | None) -> Device:
    what = WHAT[direction]
    able = [device for device in list_devices() if device.channels(direction)]
    if not able:
        raise NoDevice(f"no {what} was found: plug in a headset, or check the system's sound settings")
    named = [device for device in able if (name_part or "").lower() in device.name.lower()]
    if not named:
        names = ", ".join(device.name for device in able)
        raise NoDevice(f'no {what} is called "{name_part}": choose one of {names}')
    default = [device for device in named if device.is_default(direction)]
    return (default or named)[0]
