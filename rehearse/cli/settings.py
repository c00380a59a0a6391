"""`rehearse settings`: what the person has chosen, and choosing."""

from enum import Enum
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.table import Table

from rehearse.errors import UsageError
from rehearse.paths import settings_file
from rehearse.settings import DeviceName, Settings

DEFAULT = "default"
"""Sets a setting back."""
NONE = "none"
_DEVICES = {"microphone": "--input", "loudspeaker": "--output"}

Name = Annotated[str | None, typer.Argument(metavar="[SETTING]", help="Which to choose; none: show them all.")]
Value = Annotated[
    str | None, typer.Argument(metavar="[VALUE]", help=f"What to choose; “{DEFAULT}” takes a choice back.")
]
Reset = Annotated[bool, typer.Option("--reset", help="Take back every choice.")]


def settings(name: Name = None, value: Value = None, *, reset: Reset = False) -> None:
    """Show what you have chosen, or choose: `rehearse settings waiting 2` waits twice as long for you."""
    path = settings_file()
    if reset:
        if name:
            raise UsageError(f"--reset takes back every choice; for one: rehearse settings {name} {DEFAULT}")
        Settings().save(path)
        _show(Settings(), *Settings.model_fields)
        return
    chosen = Settings.load(path)
    if name is None:
        _show(chosen, *Settings.model_fields)
        return
    field = name.replace("-", "_")
    if field not in Settings.model_fields:
        raise UsageError(f"there is no setting {name!r}; there are {', '.join(map(_named, Settings.model_fields))}")
    if value is not None:
        chosen = _with(chosen, field, value)
        chosen.save(path)
    _show(chosen, field)


def _with(chosen: Settings, field: str, text: str) -> Settings:
    kept = {each: getattr(chosen, each) for each in chosen.model_fields_set - {field}}
    if text == DEFAULT:
        return Settings(**kept)
    if field in _DEVICES:
        raise UsageError(
            f"a {field} is chosen by `rehearse practice SCENARIO {_DEVICES[field]} NAME`; "
            f"`rehearse settings {field} {DEFAULT}` takes the system's own"
        )
    value: object = text
    if field == "silent_cues":
        value = [] if text == NONE else [each.strip().replace("-", " ") for each in text.split(",")]
    try:
        return Settings.model_validate({**kept, field: value})
    except ValidationError as error:
        why = error.errors()[0]["msg"].replace("Input should be", "it should be")
        raise UsageError(f"{_named(field)} cannot be {text!r}: {why}") from None


def _show(chosen: Settings, *fields: str) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for field in fields:
        meaning = " ".join((Settings.model_fields[field].description or "").split())
        table.add_row(_named(field), f"[bold]{_written(getattr(chosen, field))}[/]", f"[dim]{meaning}[/]")
    Console().print(table)


def _named(field: str) -> str:
    return field.replace("_", "-")


def _written(value: Any) -> str:
    match value:
        case None:
            return DEFAULT
        case bool():
            return "yes" if value else "no"
        case DeviceName(name=name, host_api=host_api):
            return f"{name} ({host_api})"
        case frozenset():
            return ",".join(sorted(_written(each) for each in value)) or NONE
        case Enum():
            return _named(value.value.replace(" ", "-"))
        case float():
            return f"{value:g}"
    return str(value)
