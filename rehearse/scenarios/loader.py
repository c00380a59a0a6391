"""From a YAML file to a `Scenario`, or to every fault in it with its line.

A scenario file is data from anywhere: its size is bounded, and anchors, aliases and tags are refused.
"""

from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rehearse.errors import InvalidScenario, UnknownScenario
from rehearse.feedback.codes import Axis, Code
from rehearse.paths import scenarios_dir
from rehearse.scenarios import guard, heart, schema
from rehearse.scenarios.checks import Fault, faults_between_parts, nearest
from rehearse.scenarios.schema import Scenario
from rehearse.scenarios.yaml_tree import NotATree, Tree, tree_of

MAX_BYTES = 256 * 1024
"""No scene that a person wrote comes near this size."""
LIBRARY = Path(__file__).parent


def library() -> dict[str, Path]:
    """The scenarios that come with the package: name → file, in order of name."""
    return {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}


def available() -> dict[str, Path]:
    """All scenarios by name: the person's own, those of installed packs, and the library.

    Of two that share a name the person's own is taken, and then the library's.
    """
    own = {path.stem: path for path in sorted(scenarios_dir().glob("*.yaml"))}
    return dict(sorted({**_of_packs(), **library(), **own}.items()))


def _of_packs() -> dict[str, Path]:
    """The scenarios of packages that name a package of theirs under the entry point `rehearse.scenarios`."""
    folders: list[Path] = []
    for pack in entry_points(group="rehearse.scenarios"):
        outermost, *inner = pack.module.split(".")  # only that one is found without running any of its code
        with suppress(ImportError, ValueError):  # a pack that is broken takes nothing else with it
            spec = find_spec(outermost)
            places = spec.submodule_search_locations if spec else None
            folders += [Path(place, *inner) for place in places or ()]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.yaml"))}


def find(name: str) -> Scenario:
    """The scenario called `name`, or the one in the file at that path.

    Raises:
        UnknownScenario: there is neither; the message names the nearest.
        InvalidScenario: the file does not hold together.
    """
    if name.endswith((".yaml", ".yml")):
        return load(Path(name))
    known = available()
    if name in known:
        return load(known[name])
    raise UnknownScenario(f"there is no scenario {name!r}{nearest(name, known)}")


def playable() -> dict[str, Scenario]:
    """Every scenario that holds together, by name; one that does not is `rehearse scenarios validate`'s business."""
    scenes = {}
    for name, path in available().items():
        with suppress(InvalidScenario):
            scenes[name] = load(path)
    return scenes


def load(path: Path) -> Scenario:
    """Read and check the file at `path`.

    Raises:
        UnknownScenario: there is no such file.
        InvalidScenario: it does not hold together; one `FILE:LINE: fault` a line, all of them.
    """
    tree = _tree(path)
    try:
        scenario = Scenario.model_validate(tree.content)
    except ValidationError as error:
        faults = list(_faults_of_types(error))
    else:
        faults = list(faults_between_parts(scenario))
        if scenario.id != path.stem:
            faults.append((("id",), f"the id is {scenario.id!r} and the file {path.name!r}; make them the same"))
        if not faults:
            return scenario
    lines = sorted((tree.line(where), what) for where, what in faults)
    raise InvalidScenario("\n".join(f"{path}:{line}: {what}" for line, what in lines))


def _read(path: Path) -> str:
    try:
        if not path.exists():
            raise UnknownScenario(f"there is no scenario file {str(path)!r}; check the path")
        if not path.is_file():
            raise UnknownScenario(f"{str(path)!r} is not a file; give the path of a scenario's file")
        if path.stat().st_size > MAX_BYTES:
            raise InvalidScenario(f"{path}:1: larger than {MAX_BYTES // 1024} KiB; a scenario is a short text")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InvalidScenario(f"{path}:1: not a UTF-8 text; save it as UTF-8") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnknownScenario(f"{str(path)!r} cannot be read ({reason}); check the path") from None


def _tree(path: Path) -> Tree:
    try:
        tree = tree_of(_read(path))
    except NotATree as error:
        raise InvalidScenario(f"{path}:{error.line}: {error}") from None
    if not isinstance(tree.content, dict):
        raise InvalidScenario(f"{path}:1: a scenario is a mapping; begin with `format: rehearse.scenario/1`")
    return tree


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
    parts = (
        schema.Scenario,
        schema.State,
        schema.Wording,
        schema.Rule,
        schema.Instead,
        schema.Example,
        schema.PartnerCard,
        schema.Patience,
        guard.Guard,
        heart.Heart,
    )
    return sorted({key for part in parts for key in part.model_fields})


def _known_words(fault: Any, where: tuple[str | int, ...]) -> list[str]:
    keys = {str(part) for part in where}
    if "trains" in keys:
        return [*Axis]
    if "moved_by" in keys and where[-1] != "moved_by" and fault["type"] == "enum":
        return [*Code, "interruption"]
    if {"any", "all", "none", "first", "counts", "instead", "codes"} & keys:
        return [*Code, *Axis]
    return str(fault["ctx"].get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
