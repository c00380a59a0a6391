"""YAML read as plain mappings, lists and texts, with the line of every part.

One pass over the parser's events, so that nothing is built before it has been found harmless: anchors, aliases and
tags are refused, and so is what nests too deep. Numbers stay texts; the schema says what is a number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

MAX_DEPTH = 10
"""A scenario's own format nests seven deep."""
_NOTHING = frozenset({"", "~", "null"})

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What a file holds."""

    content: Any
    lines: dict[Path, int]
    """Where each part begins, from 1: a value in a mapping at its key."""

    def line(self, where: Path) -> int:
        """The line of the deepest part of `where` that the file has."""
        while where not in self.lines and where:
            where = where[:-1]
        return self.lines.get(where, 1)


class NotATree(Exception):
    """The text is not YAML, or holds what a scenario has no use for."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(fault)
        self.line = line


def tree_of(text: str) -> Tree:
    """Read one document.

    Raises:
        NotATree: it cannot be read; with the line, the cause and the fix.
    """
    lines: dict[Path, int] = {}
    try:
        events = YAML(typ="safe").parse(text)  # the parser in C where there is one, ten times as fast
        next(events)  # the stream's start
        if isinstance(next(events), StreamEndEvent):
            return Tree(None, lines)
        content = _node(next(events), events, (), lines)
        while not isinstance(event := next(events), StreamEndEvent):
            if not isinstance(event, DocumentEndEvent):
                raise NotATree(_line(event), "a second document begins here; keep one scenario in a file")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = " ".join(str(error.problem or error.context or "not valid YAML").split())
        raise NotATree(mark.line + 1 if mark else 1, f"{problem}; check quotes, colons and indentation here") from None
    except (YAMLError, ValueError) as error:
        raise NotATree(1, f"not valid YAML ({' '.join(str(error).split())[:120]})") from None
    return Tree(content, lines)


def _node(event: Any, events: Iterator[Any], where: Path, lines: dict[Path, int]) -> Any:
    if isinstance(event, AliasEvent) or event.anchor or _is_tagged(event):
        raise NotATree(_line(event), "anchors, aliases and tags are not allowed; write it out")
    if len(where) >= MAX_DEPTH:
        raise NotATree(_line(event), f"brackets or lists deeper than {MAX_DEPTH}; a scenario has few")
    if isinstance(event, ScalarEvent):
        plainly_nothing = event.implicit[0] and event.value in _NOTHING
        return None if plainly_nothing else event.value
    if isinstance(event, SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(event := next(events), SequenceEndEvent):
            place = (*where, len(items))
            lines[place] = _line(event)
            items.append(_node(event, events, place, lines))
        return items
    assert isinstance(event, MappingStartEvent)
    entries: dict[str, Any] = {}
    while not isinstance(key := next(events), MappingEndEvent):
        if not isinstance(key, ScalarEvent):
            raise NotATree(_line(key), "a key has to be one word; check brackets and `?` here")
        if key.value in entries:
            raise NotATree(_line(key), f"duplicate key {key.value!r}; keep one of the two")
        if key.anchor or _is_tagged(key):
            raise NotATree(_line(key), "anchors, aliases and tags are not allowed; write it out")
        place = (*where, key.value)
        lines[place] = _line(key)
        entries[key.value] = _node(next(events), events, place, lines)
    return entries


def _is_tagged(event: Any) -> bool:
    return bool(getattr(event, "tag", None))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
