"""What a client chose to show, reply by reply: what the coder made of it, and how to say that it is otherwise."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rehearse.coach.caseload import Record, Shown
from rehearse.coach.formats import Heard, Said
from rehearse.coach.judgements import Finding, Judgement
from rehearse.feedback.codes import MISSED
from rehearse.feedback.reliability import measured
from rehearse.reports.periods import day
from rehearse.reports.review.words import DID

_FLAC = b"fLaC"
OWN_SCENE = "a scene of their own"


@dataclass(frozen=True, slots=True)
class CodeShown:
    """A code of a reply."""

    name: str
    words: str
    about: str
    """How sure the coder is of it, and how often it is right when it gives this code."""
    contested: bool
    wrong: bool
    """Whether the coach does not hear it."""


@dataclass(frozen=True, slots=True)
class ReplyShown:
    """A reply, as the page has it."""

    turn: int
    line: str | None
    reply: str
    retried: bool
    codes: tuple[CodeShown, ...]
    judged: tuple[str, ...]
    commands: tuple[str, ...]
    sounds: tuple[str, ...]
    """How it sounded, as `data:` URIs; empty where that cannot be played."""


@dataclass(frozen=True, slots=True)
class SessionShown:
    """What was shown of a session."""

    title: str
    partner: str
    said: tuple[ReplyShown, ...]
    sounds: tuple[tuple[int, str], ...]
    """Of replies whose words were not shown."""


def sessions_shown(record: Record, judgements: Sequence[Judgement]) -> list[SessionShown]:
    """The newest first."""
    return [_session(record, each, judgements) for each in reversed(record.sessions)]


def _session(record: Record, session: Shown, judgements: Sequence[Judgement]) -> SessionShown:
    sounds = {turn: _playable(flac) for turn, flac in session.recordings}
    said = []
    for each in session.said:
        sound = (sounds.pop(each.turn),) if each.turn in sounds and not each.retried else ()
        own = [found for found in judgements if (found.ref, found.turn) == (session.ref, each.turn)]
        said.append(_reply(record, session, each, [] if each.retried else own, sound))
    when = day(session.day, year=True) if session.day else "Day not known"
    return SessionShown(
        f"{when}, {session.scenario or OWN_SCENE}",
        session.partner or "The other",
        tuple(said),
        tuple(sounds.items()),
    )


def _reply(
    record: Record, session: Shown, said: Said, judgements: Sequence[Judgement], sounds: tuple[str, ...]
) -> ReplyShown:
    wrong = {each.code for each in judgements if each.finding is Finding.WRONG}
    return ReplyShown(
        said.turn,
        said.line,
        said.reply,
        said.retried,
        tuple(_code(each, wrong=each.code in wrong) for each in said.codes),
        tuple(map(_judged, judgements)),
        tuple(_commands(f"rehearse coach correct {record.short} {session.ref} {said.turn + 1}", said)),
        sounds,
    )


def _code(heard: Heard, *, wrong: bool) -> CodeShown:
    about = f", {heard.confidence:.0%} sure" if heard.confidence is not None else ""
    if known := measured()["written"]["codes"].get(heard.code):
        about += f"; right in {known['precision']:.0%} when given"
    if heard.contested:
        about += "; they do not agree"
    return CodeShown(heard.code, DID[heard.code], about, heard.contested, wrong)


def _commands(correct: str, said: Said) -> Iterator[str]:
    for each in said.codes:
        if each.code != MISSED:
            yield f"{correct} {each.code}"
            yield f"{correct} {each.code} --confirm"
    yield f"{correct} CODE --missed"


def _judged(found: Judgement) -> str:
    if found.finding is Finding.RIGHT:
        return f"You hear {found.code} too."
    says = f"You hear {found.code}, which the program did not give"
    if found.finding is Finding.WRONG:
        says = f"You do not hear {found.code}" + (f", but {found.instead}" if found.instead else "")
    note = f" Your note: {found.note}" if found.note else ""
    how = "It waits for your next assignment for them." if found.waits else "It went with an assignment."
    return f"{says}.{note} {how}"


def _playable(flac: bytes) -> str:
    return f"data:audio/flac;base64,{base64.b64encode(flac).decode()}" if flac.startswith(_FLAC) else ""
