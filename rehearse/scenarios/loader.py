"""From a YAML file to a `Scenario`, or to every fault in it with its line.

A scenario file is data from anywhere: its size is bounded, and anchors, aliases and tags are refused.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, NodeEvent

from rehearse.errors import InvalidScenario, UnknownScenario
from rehearse.scenarios.checks import Fault, faults_between_parts, nearest
from rehearse.scenarios.schema import Scenario

MAX_BYTES = 256 * 1024
"""No scene that a person wrote comes near this size."""
MAX_DEPTH = 10
"""A scenario's own format nests six deep."""
LIBRARY = Path(__file__).parent


def library() -> dict[str, Path]:
    """The scenarios that come with the package: name → file, in order of name."""
    return {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}


def find(name: str) -> Scenario:
    """The scenario of the library called `name`, or the one in the file at that path.

    Raises:
        UnknownScenario: there is neither; the message names the nearest.
        InvalidScenario: the file does not hold together.
    """
    known = library()
    if name in known:
        return load(known[name])
    if name.endswith((".yaml", ".yml")):
        return load(Path(name))
    raise UnknownScenario(f"there is no scenario {name!r}{nearest(name, known)}")


def load(path: Path) -> Scenario:
    """Read and check the file at `path`.

    Raises:
        UnknownScenario: there is no such file.
        InvalidScenario: it does not hold together; one `FILE:LINE: fault` a line, all of them.
    """
    tree = _tree(path)
    try:
        scenario = Scenario.model_validate(_plain(tree))
    except ValidationError as error:
        faults = list(_faults_of_types(error))
    else:
        faults = list(faults_between_parts(scenario))
        if scenario.id != path.stem:
            faults.append((("id",), f"the id is {scenario.id!r} and the file {path.name!r}; make them the same"))
        if not faults:
            return scenario
    lines = sorted((_line(tree, where), what) for where, what in faults)
    raise InvalidScenario("\n".join(f"{path}:{line}: {what}" for line, what in lines))


def _tree(path: Path) -> CommentedMap:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidScenario(f"{path}:1: larger than {MAX_BYTES // 1024} KiB; a scenario is a short text")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnknownScenario(f"there is no scenario file {str(path)!r}; check the path") from None
    except UnicodeDecodeError:
        raise InvalidScenario(f"{path}:1: not a UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise UnknownScenario(f"{str(path)!r} cannot be read ({error.strerror}); check the path") from None
    try:
        depth = 0
        for event in YAML(typ="safe", pure=True).parse(text):
            line = event.start_mark.line + 1
            if isinstance(event, NodeEvent) and (event.anchor or getattr(event, "tag", None)):
                raise InvalidScenario(f"{path}:{line}: anchors, aliases and tags are not allowed; write it out")
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > MAX_DEPTH:
                raise InvalidScenario(f"{path}:{line}: brackets or lists deeper than {MAX_DEPTH}; a scenario has few")
        tree = YAML(typ="rt", pure=True).load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = " ".join(str(error.problem or error.context or "not valid YAML").split())
        raise InvalidScenario(f"{path}:{line}: {problem}; check quotes, colons and indentation here") from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise InvalidScenario(f"{path}:1: not valid YAML ({' '.join(str(error).split())[:120]})") from None
    if not isinstance(tree, CommentedMap):
        raise InvalidScenario(f"{path}:1: a scenario is a mapping; begin with `format: rehearse.scenario/1`")
    return tree


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return node


def _faults_of_types(error: ValidationError) -> Iterator[Fault]:
    """One fault a place: pydantic reports every branch of a union, of which a reader wants one."""
    seen: set[tuple[str | int, ...]] = set()
    for fault in error.errors(include_url=False):
        where = tuple(part for part in fault["loc"] if not _names_a_type(part))
        if where not in seen:
            seen.add(where)
            yield where, _in_plain_words(fault["type"], where, fault)


def _names_a_type(part: str | int) -> bool:
    return isinstance(part, str) and (part in {"Code", "Axis", "[key]"} or "[" in part)


def _in_plain_words(kind: str, where: tuple[str | int, ...], fault: Any) -> str:
    key = next((part for part in reversed(where) if isinstance(part, str)), "file")
    value = fault.get("input")
    if kind == "missing":
        return f"`{key}` is missing; add it"
    if kind == "extra_forbidden":
        return f"`{key}` is not a known key{nearest(key, _known_keys())}"
    if kind in {"enum", "literal_error"} and isinstance(value, str):
        return f"{value!r} is not known here{nearest(value, _known_words(fault, where))}"
    return f"`{key}`: {str(fault['msg']).removeprefix('Value error, ')}"


def _known_keys() -> list[str]:
    from rehearse.scenarios import schema

    parts = (
        schema.Scenario,
        schema.State,
        schema.Guard,
        schema.Rule,
        schema.Instead,
        schema.PartnerCard,
        schema.Patience,
    )
    return sorted({key for part in parts for key in part.model_fields})


def _known_words(fault: Any, where: tuple[str | int, ...]) -> list[str]:
    from rehearse.feedback.codes import Axis, Code

    if {"any", "all", "none", "instead", "trains"} & {str(part) for part in where}:
        return [*Axis] if "trains" in where else [*Code, *Axis]
    return str(fault["ctx"].get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")


def _line(tree: Any, where: tuple[str | int, ...]) -> int:
    """The line (from 1) of the deepest part of `where` that the file has."""
    line, node = 1, tree
    for part in where:
        try:
            if isinstance(node, CommentedMap):
                line = node.lc.key(part)[0] + 1
            elif isinstance(node, CommentedSeq):
                line = node.lc.item(part)[0] + 1
            node = node[part]
        except (KeyError, IndexError, TypeError):
            break
    return line
