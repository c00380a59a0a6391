"""A coach sees a code otherwise: the client's own log takes that over as a contested verdict, with where it is from."""

from collections.abc import Iterator

from rehearse.coach.formats import Assignment, Correction
from rehearse.coach.keys import ClientKey
from rehearse.errors import SessionError
from rehearse.feedback.codes import MISSED
from rehearse.practice.contest import KeptSession
from rehearse.practice.log import PracticeLog

ORIGIN = "coach"


def take(log: PracticeLog, key: ClientKey, assignment: Assignment) -> Iterator[str]:
    """Take the corrections over, and say of each what has become of it.

    Only what this coach was shown can be corrected: nobody else knows what a session is called to them.

    Raises:
        LogError: the log cannot be read or written.
    """
    if not assignment.corrections:
        return
    coach = assignment.coach
    ids = {key.ref(coach.signs, past.began_at): past.id for past in log.history()}
    for each in assignment.corrections:
        id_ = ids.get(each.ref)
        yield _taken(log, id_, each, coach.name) if id_ else f"{coach.name} corrects a session that you have no more."


def _taken(log: PracticeLog, id_: int, correction: Correction, name: str) -> str:
    did = correction.code.replace("_", " ")
    try:
        kept = KeptSession.in_log(log, id_)
    except SessionError as error:
        return f"{name} corrects session {id_}, and that cannot be read ({error})."
    verdict = next(
        (each for each in kept.verdicts if (each.turn, each.code) == (correction.turn, correction.code)), None
    )
    note = f" {correction.note}" if correction.note else ""
    if verdict is None and correction.code == MISSED and correction.instead:
        heard = correction.instead.replace("_", " ")
        where = f"answer {correction.turn + 1} of session {id_}"
        return f"{name} hears {heard} in {where}, which the program did not.{note}"
    if verdict is None:
        return f"{name} corrects “{did}” in session {id_}, and nothing like it stands there any more."
    if not verdict.contested:
        kept.contest(verdict, by=ORIGIN)
    instead = f", but {correction.instead.replace('_', ' ')}" if correction.instead else ""
    return f"{name} sees one thing otherwise. “{verdict.reply}” is not {did}{instead}. It is left out now.{note}"
