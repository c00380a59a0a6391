"""A document line by line, for whoever is to decide whether it goes, and for whoever reads it.

It is made from the bytes that are signed and encrypted, and by going through all that they hold: nothing can be inside
and not be shown. Only sound is told by its size.
"""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

_LABELS = {
    "made_at": "Written (UTC)",
    "client": "From",
    "coach": "To the coach with the key",
    "number": "Share number",
    "since": "From day",
    "until": "To day",
    "weeks": "Practice, as sums by week",
    "progress": "Assignments",
    "tries": "Single sessions",
    "hard": "What was hard",
    "says": "In their own words",
    "asks": "Questions",
    "quotes": "Quotes",
    "transcripts": "Transcripts",
    "recordings": "Recordings (nothing in them is masked)",
    "journal": "Journal",
    "ref": "session",
    "turn": "reply number",
}
_SOUND = frozenset({"flac", "sound"})
_FOR_PROGRAMS = frozenset({"format", "id", "number", "coach", "client"})
"""What a page on paper has no use for."""
Lines = Iterator[str]


def lines_of(body: bytes) -> list[str]:
    """What `body` holds, as `rehearse.coach.signing.body_of` gives it."""
    return list(_mapping(json.loads(body), ""))


def lines_on_paper(body: bytes) -> list[str]:
    """The same, without what only programs need."""
    values = json.loads(body)
    name = values["client"].get("name")
    known = {key: value for key, value in values.items() if key not in _FOR_PROGRAMS}
    return [*([f"From: {name}"] if name else []), *_mapping(known, "")]


def _mapping(values: Mapping[str, Any], indent: str) -> Lines:
    for name, value in values.items():
        label = _LABELS.get(name, name.replace("_", " "))
        if not indent:
            label = label[0].upper() + label[1:]
        if isinstance(value, list):
            if value:
                yield f"{indent}{label}:"
            for each in value:
                yield from _item(name, each, f"{indent}  ")
        elif isinstance(value, dict):
            yield f"{indent}{label}: {_in_a_line(value)}"
        else:
            yield from _text(f"{indent}{label}: ", _scalar(name, value), indent)


def _item(name: str, value: Any, indent: str) -> Lines:
    if not isinstance(value, dict):
        yield from _text(f"{indent}- ", _scalar(name, value), indent)
    elif _is_short(value):
        yield f"{indent}- {_in_a_line(value)}"
    else:
        first, *more = _mapping(value, f"{indent}  ")
        yield f"{indent}- {first.lstrip()}"
        yield from more


def _text(before: str, text: str, indent: str) -> Lines:
    first, *more = text.split("\n")
    yield before + first
    for line in more:
        yield f"{indent}    {line}"


def _is_short(value: Mapping[str, Any]) -> bool:
    return not {"line", "reply", "text", "said"} & set(value)


def _in_a_line(value: Mapping[str, Any]) -> str:
    if set(value) == {"count", "of"}:
        return f"{value['count']} of {value['of']}"
    parts = []
    for name, each in value.items():
        label = _LABELS.get(name, name.replace("_", " "))
        if isinstance(each, dict):
            inner = _in_a_line(each)
            parts.append(inner if name == "figures" else f"{label} {inner}")
        elif isinstance(each, list):
            parts.append(f"{label} {'; '.join(_in_a_line(one) for one in each)}")
        else:
            parts.append(f"{label} {_scalar(name, each)}")
    return ", ".join(part for part in parts if part)


def _scalar(name: str, value: Any) -> str:
    if name in _SOUND:
        return f"sound, {len(base64.b64decode(value)) / 1024:.0f} KiB"
    if name == "turn":
        return str(value + 1)  # as people count
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
