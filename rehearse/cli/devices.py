"""`rehearse devices`: microphones and loudspeakers."""

from rich.console import Console
from rich.table import Table

from rehearse.audio.devices import list_devices
from rehearse.errors import NoDevice


def devices() -> None:
    """List the sound devices; --input and --output of `practice` take a part of a name."""
    found = list_devices()
    if not found:
        raise NoDevice("no sound device was found; plug in a headset, or practise with --text")
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "host API", "rate", "in", "out", ""):
        table.add_column(heading)
    for each in found:
        notes = [
            note
            for note, holds in (
                ("default input", each.is_default_input),
                ("default output", each.is_default_output),
                ("headset", each.headset),
            )
            if holds
        ]
        table.add_row(
            each.name,
            each.host_api,
            f"{each.default_rate:.0f} Hz",
            str(each.input_channels),
            str(each.output_channels),
            ", ".join(notes),
        )
    Console().print(table)
