"""`rehearse devices`: microphones and loudspeakers."""

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rehearse.audio.devices import list_devices
from rehearse.doctor.devices import Listed, is_chosen, listed
from rehearse.errors import NoDevice
from rehearse.paths import settings_file
from rehearse.settings import Settings


def devices(as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False) -> None:
    """List the sound devices; --input and --output of `practice` take a part of a name."""
    found = [listed(device) for device in list_devices()]
    settings = Settings.load(settings_file())
    if as_json:
        typer.echo(json.dumps([_described(each, settings) for each in found], indent=2, ensure_ascii=False))
        return
    if not found:
        raise NoDevice("no sound device was found; plug in a headset, or practise with --text")
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "host API", "in", "out", "kHz", ""):
        table.add_column(heading)
    for each in found:
        device = each.device
        table.add_row(
            Text(device.name),
            device.host_api,
            str(device.input_channels),
            str(device.output_channels),
            _rates(each),
            ", ".join(_notes(each, settings)),
        )
    Console().print(table)


def _described(each: Listed, settings: Settings) -> dict[str, Any]:
    return {
        **asdict(each.device),
        "input_rates": each.input_rates,
        "output_rates": each.output_rates,
        "headset": each.device.headset,
        "chosen_input": is_chosen(each.device, settings.microphone),
        "chosen_output": is_chosen(each.device, settings.loudspeaker),
    }


def _rates(each: Listed) -> str:
    """The rates that open, in kHz; both ways where they differ."""
    device = each.device
    ways = {
        way: " ".join(f"{rate / 1000:g}" for rate in rates) or "none opens"
        for way, channels, rates in (
            ("in", device.input_channels, each.input_rates),
            ("out", device.output_channels, each.output_rates),
        )
        if channels
    }
    if len(set(ways.values())) == 1:
        return next(iter(ways.values()))
    return "; ".join(f"{way} {rates}" for way, rates in ways.items())


def _notes(each: Listed, settings: Settings) -> list[str]:
    notes = {
        "default input": each.device.is_default_input,
        "default output": each.device.is_default_output,
        "headset": each.device.headset,
        "chosen input": is_chosen(each.device, settings.microphone),
        "chosen output": is_chosen(each.device, settings.loudspeaker),
    }
    return [note for note, holds in notes.items() if holds]
