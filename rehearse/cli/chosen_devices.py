"""Which devices a conversation goes through: those asked for now, those chosen before, or the system's own choice."""

from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from rehearse.audio.devices import WHAT, Device, Direction, find_again, find_input, find_output
from rehearse.settings import DeviceName, Settings

SYSTEMS_OWN = "default"
"""Asked for by this name, the system's own choice is used again."""


class ChosenDevices(NamedTuple):
    """None: the system's own choice, whichever it is at the time."""

    microphone: Device | None
    loudspeaker: Device | None
    headset: bool | None
    """Whether the person has said that they are worn, or are not."""


def choose_devices(microphone: str | None, loudspeaker: str | None, kept_at: Path, console: Console) -> ChosenDevices:
    """The devices, each asked for by a part of its name or not at all. What is asked for is kept at `kept_at`.

    What was chosen before and is not there is named, and not forgotten.

    Raises:
        NoDevice: there is no microphone or no loudspeaker, or none of that name.
        SettingsDamaged: what was chosen before cannot be read.
        OutputError: what is asked for cannot be kept.
    """
    settings = Settings.load(kept_at)
    hears = _chosen("input", microphone, settings.microphone, console)
    speaks = _chosen("output", loudspeaker, settings.loudspeaker, console)
    update = {}
    if microphone:
        update["microphone"] = _name_of(hears)
    if loudspeaker:
        update["loudspeaker"] = _name_of(speaks)
    if update:
        settings.model_copy(update=update).save(kept_at)
    if (hears or find_input()).telephone:
        console.print(
            "Your microphone sounds like a telephone: I may miss words. A wired one is clearer.",
            style="dim",
        )
    return ChosenDevices(hears, speaks, settings.headset)


def chosen_loudspeaker(kept_at: Path, console: Console) -> Device | None:
    """The one that was chosen before; None for the system's own choice.

    Raises:
        NoDevice: there is none at all.
        SettingsDamaged: what was chosen before cannot be read.
    """
    return _chosen("output", None, Settings.load(kept_at).loudspeaker, console)


def _chosen(direction: Direction, asked_for: str | None, before: DeviceName | None, console: Console) -> Device | None:
    find = find_input if direction == "input" else find_output
    if asked_for and asked_for.lower() != SYSTEMS_OWN:
        return find(asked_for)
    usual = find()  # which fails where there is none at all
    if asked_for or before is None:
        return None
    found = find_again(direction, before.name, before.host_api)
    if not found:
        console.print(
            f"{before.name} is not there. I'll use {usual.name} as the {WHAT[direction]} this time.",
            style="dim",
            markup=False,
            highlight=False,
        )
    return found


def _name_of(device: Device | None) -> DeviceName | None:
    return DeviceName(name=device.name, host_api=device.host_api) if device else None
