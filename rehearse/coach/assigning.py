"""How a coach makes an assignment."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from rehearse.coach import travelling
from rehearse.coach.assigned import Assigned
from rehearse.coach.formats import (
    MAX_ASSIGNMENT_BYTES,
    MAX_VOICE_NOTE_BYTES,
    Assignment,
    Coach,
    Correction,
    VoiceNote,
)
from rehearse.coach.keys import CoachKeys
from rehearse.coach.reading_files import content_of
from rehearse.coach.signing import body_of, sign
from rehearse.errors import CoachError, Refused, UnknownScenario
from rehearse.feedback.codes import Axis
from rehearse.scenarios.checks import nearest
from rehearse.scenarios.loader import MAX_BYTES, available, library
from rehearse.whole_files import replacing

_MEDIA: dict[bytes, Literal["flac", "ogg"]] = {b"fLaC": "flac", b"OggS": "ogg"}
"""By how such a file begins."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be practised."""

    scenario: str
    """A scene's name, or the path of its file."""
    note: str
    skill: Axis | None = None
    mode: Literal["guided", "plain", "hard"] | None = None
    times: int = 1
    until: date | None = None
    good_try: str | None = None
    voice_note: Path | None = None
    cohort: str | None = None
    corrections: Sequence[Correction] = ()


def make(task: Task, coach: Coach, at: datetime) -> Assignment:
    """The assignment. A scene that is not in the library travels along.

    Raises:
        CoachError: something in it is not as it has to be.
    """
    name, scene = _scene(task.scenario)
    if task.until and task.until < at.date():
        raise CoachError(f"{task.until:%-d %B %Y} is over; give a day that is to come")
    try:
        return Assignment(
            id=secrets.token_hex(8),
            made_at=at,
            coach=coach,
            note=task.note,
            scenario=name,
            scene=scene,
            skill=task.skill,
            mode=task.mode,
            times=task.times,
            until=task.until,
            good_try=task.good_try or None,
            voice_note=_voice_note(task.voice_note) if task.voice_note else None,
            cohort=task.cohort or None,
            corrections=tuple(task.corrections),
        )
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in fault["loc"]).replace("_", " ")
        raise CoachError(f"the {where} of an assignment cannot be so ({fault['msg']}); give another") from None


def write(assignment: Assignment, keys: CoachKeys, path: Path, kept: Assigned) -> None:
    """Write the signed file to `path`, and keep a copy before, so that the coach knows what they have asked.

    Raises:
        CoachError: it is larger than a client takes.
        OutputError: it cannot be written.
        PracticeDatabaseError: the copy cannot be kept there.
    """
    content = sign(body_of(assignment), keys.signing)
    if len(content) > MAX_ASSIGNMENT_BYTES:
        raise CoachError("the assignment is too large to be taken; send a shorter voice note")
    kept.keep(assignment, content)
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def _scene(named: str) -> tuple[str, str | None]:
    """The scene's name, and its file where that has to travel along."""
    path = Path(named) if named.endswith((".yaml", ".yml")) else available().get(named)
    if path is None:
        raise UnknownScenario(f"there is no scenario {named!r}{nearest(named, available())}")
    name = path.stem
    if path == library().get(name):
        return name, None
    try:
        text = content_of(path, MAX_BYTES).decode()
    except UnicodeDecodeError:
        raise CoachError(f"{path} is not a UTF-8 text; save it as UTF-8") from None
    try:
        travelling.checked(name, text)
    except Refused as refusal:
        raise CoachError(f"your client's program would not take it: {refusal}") from None
    if name in library():
        raise CoachError(f"a scene in the library is called {name!r}; give yours another id, and its file that name")
    return name, text


def _voice_note(path: Path) -> VoiceNote:
    sound = content_of(path, MAX_ASSIGNMENT_BYTES)
    if len(sound) > MAX_VOICE_NOTE_BYTES:
        raise CoachError(f"{path} is larger than {MAX_VOICE_NOTE_BYTES // 1024} KiB; say it shorter, or save it as Ogg")
    media = _MEDIA.get(sound[:4])
    if media is None:
        raise CoachError(f"{path} is neither FLAC nor Ogg; save it as one of them")
    return VoiceNote(media=media, sound=sound)


def corrections_in(path: Path) -> tuple[Correction, ...]:
    """The corrections in a JSON file: a list of what `Correction` holds.

    Raises:
        CoachError: it holds anything else.
    """
    try:
        return TypeAdapter(tuple[Correction, ...]).validate_json(content_of(path, MAX_ASSIGNMENT_BYTES))
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise CoachError(f"{path} holds no corrections (at {where or 'its beginning'}: {fault['msg']})") from None
