"""What a coach finds of a code is kept, goes to the client once, and makes their own figures of agreement."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from rehearse.coach.assigning import Task
from rehearse.coach.correcting import take
from rehearse.coach.formats import Correction
from rehearse.coach.judgements import FILE, Agreement, Finding, Judgement, Judgements, agreement, judged
from rehearse.coach.sharing import Picks
from rehearse.errors import CoachError
from rehearse.feedback.codes import Code
from tests.coach_homes import Two
from tests.practice_log import entry
from tests.shared import AT, KEY, OTHER, REF, quote, record, share, tried

SHOWN = record(share(tries=(tried(),), quotes=(quote(2, "reflects", "advises"),)))


def found(code: Code = Code.REFLECTS, finding: Finding = Finding.WRONG, **keys: object) -> Judgement:
    given = {"client": KEY, "ref": REF, "turn": 2, "code": code, "finding": finding, "made_at": AT}
    return Judgement.model_validate(given | keys)


def test_it_is_kept_and_judged_anew(tmp_path: Path) -> None:
    Judgements(tmp_path).put(found(note="I hear a question."))
    Judgements(tmp_path).put(found(Code.ADVISES, Finding.RIGHT))
    Judgements(tmp_path).put(found(instead=Code.EXPLORES))
    kept = Judgements(tmp_path)
    assert [(each.code, each.instead) for each in kept.all] == [("advises", None), ("reflects", "explores")]
    assert kept.waiting(KEY) == (found(instead=Code.EXPLORES),)
    assert kept.waiting(OTHER) == ()
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_what_has_gone_does_not_wait_and_what_was_taken_back_is_not_there(tmp_path: Path) -> None:
    kept = Judgements(tmp_path)
    kept.put(found())
    kept.put(found(Code.ADVISES))
    kept.went([found()], "ab" * 8)
    assert [each.code for each in Judgements(tmp_path).waiting(KEY)] == ["advises"]
    kept.take_back(found(Code.ADVISES))
    assert [each.sent for each in Judgements(tmp_path).all] == ["ab" * 8]


def test_what_another_command_has_written_meanwhile_stays(tmp_path: Path) -> None:
    one, other = Judgements(tmp_path), Judgements(tmp_path)
    one.put(found())
    other.put(found(Code.ADVISES))
    one.went([found()], "ab" * 8)
    other.take_back(found(Code.ADVISES))
    assert [(each.code, each.sent) for each in Judgements(tmp_path).all] == [("reflects", "ab" * 8)]


def put(folder: Path, turn: int) -> None:
    Judgements(folder).put(found(turn=turn))


def test_of_many_that_write_at_the_same_moment_none_is_lost(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as commands:
        list(commands.map(partial(put, tmp_path), range(64)))
    assert {each.turn for each in Judgements(tmp_path).all} == {*range(64)}


@pytest.mark.process
def test_of_several_programs_none_is_lost_either(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, get_context("spawn")) as commands:
        list(commands.map(partial(put, tmp_path), range(64)))
    assert {each.turn for each in Judgements(tmp_path).all} == {*range(64)}


def test_a_damaged_file_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(CoachError, match="backup"):
        Judgements(tmp_path)


@pytest.mark.parametrize(
    ("turn", "code", "finding", "instead", "reason"),
    [
        (1, Code.REFLECTS, Finding.WRONG, None, "has not shown you reply 2"),
        (2, Code.EXPLORES, Finding.WRONG, None, "but advises, reflects; --missed"),
        (2, Code.EXPLORES, Finding.RIGHT, None, "does not stand there"),
        (2, Code.REFLECTS, Finding.MISSED, None, "leave --missed out"),
        (2, Code.REFLECTS, Finding.WRONG, Code.REFLECTS, "again"),
    ],
)
def test_only_what_was_shown_can_be_judged(
    turn: int, code: Code, finding: Finding, instead: Code | None, reason: str
) -> None:
    with pytest.raises(CoachError, match=reason):
        judged(SHOWN, REF[:5], turn, code, finding, AT, instead=instead)


def test_a_note_is_plain_text() -> None:
    with pytest.raises(CoachError, match="plain text"):
        judged(SHOWN, REF, 2, Code.REFLECTS, Finding.WRONG, AT, note="\x1b[2J")


def test_what_the_client_is_told_names_no_word_of_theirs() -> None:
    made = judged(SHOWN, REF, 2, Code.REFLECTS, Finding.WRONG, AT, instead=Code.EXPLORES, note="A question.")
    assert made.correction == Correction(ref=REF, turn=2, code=Code.REFLECTS, instead=Code.EXPLORES, note="A question.")
    missed = judged(SHOWN, REF, 2, Code.EXPLORES, Finding.MISSED, AT)
    assert missed.correction == Correction(ref=REF, turn=2, code="missed", instead=Code.EXPLORES)
    assert not judged(SHOWN, REF, 2, Code.REFLECTS, Finding.RIGHT, AT).waits


def test_agreement_counts_each_code_by_itself() -> None:
    counted = agreement(
        [
            found(),
            found(turn=3, finding=Finding.RIGHT),
            found(turn=4, instead=Code.EXPLORES),
            found(Code.EXPLORES, Finding.MISSED),
        ]
    )
    assert counted == {Code.REFLECTS: Agreement(1, 2, 0), Code.EXPLORES: Agreement(0, 0, 2)}
    assert counted[Code.REFLECTS].given == 3
    assert agreement([]) == {}


def test_a_correction_reaches_the_client_and_so_does_what_the_program_did_not_hear(two: Two) -> None:
    coded = {"code": "reflects", "confidence": 0.9, "start": 0, "end": 3, "text": "You"}
    id_ = two.client.practises(entry("You sound worn out.", codes=[coded]))
    two.client.shares_to(two.post / "1.rehearse-share", Picks(quotes=[(id_, 1)]))
    two.coach.inbox.take_in(two.post / "1.rehearse-share")
    shown = record(*two.coach.inbox.shares())
    ref = shown.sessions[0].ref
    corrections = [
        judged(shown, ref, 0, code, finding, AT, note=note).correction
        for code, finding, note in (
            (Code.REFLECTS, Finding.WRONG, "It names a feeling."),
            (Code.LABELS_FEELING, Finding.MISSED, "Well done."),
        )
    ]
    made = two.coach.assigns(two.post / "2", Task("hard-day", "Again.", corrections=corrections))
    told = list(take(two.client.log, two.client.key, made))
    assert told[0].endswith("“You sound worn out.” is not reflects. It is left out now. It names a feeling.")
    assert told[1] == (
        f"Ada Brook hears labels feeling in answer 1 of session {id_}, which the program did not. Well done."
    )
    (turn,) = two.client.log.report(id_)["turns"]
    assert turn["codes"][0]["contested_by"] == "coach"
    assert "contested" not in turn
