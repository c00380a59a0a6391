"""A scene that travels with an assignment: checked as every scene is, and it never takes another's place."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rehearse.coach.formats import has_hidden, shown
from rehearse.errors import Refused, ScenarioError
from rehearse.scenarios.loader import available, load
from rehearse.scenarios.own_talk import talk_of
from rehearse.scenarios.schema import Scenario
from rehearse.traces import mark
from rehearse.whole_files import replacing


def checked(name: str, text: str) -> Scenario:
    """The scene in `text`, which is called `name`.

    Raises:
        Refused: it does not hold together, or holds anything but talk.
    """
    with tempfile.TemporaryDirectory(prefix=mark()) as folder:
        path = Path(folder) / f"{name}.yaml"
        path.write_bytes(text.encode())
        try:
            scene = load(path)
        except ScenarioError as error:
            fault = shown(str(error).replace(f"{path}:", "line ").splitlines()[0])
            raise Refused(f"its scene {name!r} does not hold together ({fault}); ask your coach to mend it") from None
    if any(has_hidden(each) for each in _texts(scene.model_dump())):
        raise Refused(f"its scene {name!r} holds hidden characters, and a scene is talk; ask your coach to mend it")
    return scene


def check_place(name: str, text: str) -> None:
    """See that no other scene has that name, and no talk that the person has planned.

    Raises:
        Refused: one has.
    """
    path = available().get(name)
    if talk_of(name) is not None or (path is not None and _content(path) != text.encode()):
        raise Refused(f"its scene has the name of one that you have, {name!r}; ask your coach to give it another")


def put(folder: Path, name: str, text: str) -> None:
    """Keep the scene among the person's own in `folder`, unless it is there.

    Raises:
        OutputError: it cannot be written.
    """
    if name not in available():
        with replacing(folder / f"{name}.yaml") as temporary:
            temporary.write_bytes(text.encode())


def take_out(folder: Path, name: str, text: str) -> None:
    """Delete the scene from `folder`, unless the person has changed it."""
    path = folder / f"{name}.yaml"
    if path.is_file() and _content(path) == text.encode():
        path.unlink()


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(name)
            yield from _texts(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each)
