"""From the coach to the client and back, by files alone, and everything that can befall a file on its way.

Never a crash, never a silent loss; nothing that was not signed is taken, and nothing can be read without the key.
"""

from datetime import timedelta
from pathlib import Path
from random import Random

import pyrage
import pytest

from rehearse.coach.assigning import Task
from rehearse.coach.assignments import read, standings
from rehearse.coach.correcting import take
from rehearse.coach.counting import counted, mark
from rehearse.coach.formats import Correction
from rehearse.coach.inbox import drop_withdrawn
from rehearse.coach.keys import client_key, encrypt
from rehearse.coach.shares import drafted
from rehearse.coach.sharing import Picks
from rehearse.coach.signing import body_of, document_of, sign, verify
from rehearse.errors import CoachError, Refused, UnknownCoach
from rehearse.feedback.codes import Code
from rehearse.practice.contest import KeptSession
from rehearse.practice.log import About, PlacedTurn
from rehearse.practice.moving import pack, unpack
from tests.coach_homes import AT, TODAY, ClientAtHome, CoachAtHome, Two
from tests.practice_log import entry
from tests.practice_log import report as report_with

CODE = {"code": "reflects", "confidence": 0.9, "start": 0, "end": 3, "text": "You"}
MANY_WORDS = tuple(entry(f"You sound worn out, for the {number}. time.") for number in range(60))


def a_share(two: Two, name: str = "1.rehearse-share", picks: Picks | None = None) -> Path:
    path = two.post / name
    two.client.shares_to(path, picks)
    return path


def test_there_and_back_and_there_again(two: Two) -> None:
    session = two.client.practises(entry("You sound worn out.", codes=[CODE]), counts=True)
    shared = two.client.shares_to(two.post / "1.rehearse-share", Picks(quotes=[(session, 1)], asks=["Is that it?"]))
    assert two.coach.inbox.take_in(two.post / "1.rehearse-share").body is not None
    (received,) = two.coach.inbox.shares()
    assert received == shared
    assert [(each.done, each.of, each.open) for each in received.progress] == [(1, 2, True)]
    (quote,) = received.quotes
    correction = Correction(ref=quote.ref, turn=quote.turn, code=Code.REFLECTS, note="You named a feeling.")
    second = two.coach.assigns(two.post / "2.rehearse-assignment", Task("hard-day", "Again.", corrections=[correction]))
    assert two.client.adds(two.post / "2.rehearse-assignment")
    assert "You named a feeling." in next(take(two.client.log, two.client.key, second))
    kept = two.client.log.report(session)["turns"][0]["codes"][0]
    assert (kept["contested"], kept["contested_by"]) == (True, "coach")
    verdict = next(each for each in KeptSession.in_log(two.client.log, session).verdicts if each.code == "reflects")
    assert verdict.contested_by == "coach"
    KeptSession.in_log(two.client.log, session).contest(verdict, undo=True)
    assert two.client.log.report(session)["turns"][0]["codes"][0] == CODE  # the person has the last word


def test_a_correction_of_what_this_coach_was_never_shown_finds_nothing(two: Two) -> None:
    session = two.client.practises(entry(codes=[CODE]))
    theirs = two.client.key.ref("0" * 64, two.client.log.past(session).began_at)
    correction = Correction(ref=theirs, turn=0, code=Code.REFLECTS)
    made = two.coach.assigns(two.post / "2.rehearse-assignment", Task("hard-day", "Again.", corrections=[correction]))
    assert "no more" in next(take(two.client.log, two.client.key, made))
    assert two.client.log.report(session)["turns"][0]["codes"] == [CODE]


@pytest.mark.parametrize("kind", ["assignment", "share"])
def test_cut_at_every_kibibyte_it_is_refused(two: Two, kind: str) -> None:
    path = two.post / f"whole.rehearse-{kind}"
    if kind == "share":
        a_share(two, path.name, Picks(transcripts=[two.client.practises(*MANY_WORDS)]))
    else:
        note = two.post / "note.flac"
        note.write_bytes(b"fLaC" + Random(1).randbytes(9000))
        two.coach.assigns(path, Task("hard-day", "Listen.", voice_note=note))
    whole, cut = path.read_bytes(), two.post / "cut"
    assert len(whole) > 10 * 1024
    for length in [*range(0, len(whole), 1024), len(whole) - 2]:
        cut.write_bytes(whole[:length])
        with pytest.raises(Refused):
            two.coach.inbox.take_in(cut) if kind == "share" else read(cut)
    assert not list(two.coach.inbox.shares())


@pytest.mark.parametrize("kind", ["assignment", "share"])
def test_with_a_bit_flipped_it_is_refused_or_says_the_same(two: Two, kind: str) -> None:
    """A thousand times in all. Base64 may have bits that stand for nothing."""
    path = two.post / f"whole.rehearse-{kind}"
    if kind == "share":
        a_share(two, path.name, Picks(says="I try.", transcripts=[two.client.practises(*MANY_WORDS[:5])]))
        signed = two.coach.keys.decrypt(path.read_bytes())
    else:
        two.coach.assigns(path)
    whole, chance = path.read_bytes(), Random(8)
    refused = 0
    for _ in range(500):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            if kind == "share":
                assert two.coach.keys.decrypt(bytes(flipped)) == signed
            else:
                read(path)
        except Refused:
            refused += 1
        else:
            assert kind == "share"
    assert refused > 490
    path.write_bytes(whole)
    assert two.coach.inbox.take_in(path).body if kind == "share" else read(path)


def test_every_bit_of_what_is_encrypted_is_signed_too(two: Two) -> None:
    signed = two.coach.keys.decrypt(a_share(two).read_bytes())
    chance = Random(3)
    for _ in range(300):
        flipped = bytearray(signed)
        flipped[chance.randrange(len(signed))] ^= 1 << chance.randrange(8)
        (two.post / "again").write_bytes(encrypt(bytes(flipped), two.coach.keys.coach))
        with pytest.raises(Refused):
            two.coach.inbox.take_in(two.post / "again")


def test_replayed_and_merged_twice_it_counts_once(two: Two) -> None:
    path = a_share(two)
    body = verify(two.coach.keys.decrypt(path.read_bytes())).body
    again = two.post / "encrypted-again"
    again.write_bytes(encrypt(sign(body, two.client.key.signing(two.coach.keys.coach.signs)), two.coach.keys.coach))
    for each in (path, path, again, path):
        two.coach.inbox.take_in(each)
    assert len(list(two.coach.inbox.shares())) == 1
    first = two.post / "first.rehearse-assignment"
    assert [two.client.adds(first), two.client.adds(first)] == [False, False]
    assert len(two.client.assignments.all()) == 1


def test_in_any_order_the_coach_has_the_same(two: Two) -> None:
    paths = [a_share(two, f"{number}.rehearse-share", Picks(says=f"Number {number}.")) for number in range(1, 5)]
    for path in (paths[2], paths[0], paths[3], paths[1]):
        two.coach.inbox.take_in(path)
    assert [(each.number, each.says) for each in two.coach.inbox.shares()] == [
        (number, f"Number {number}.") for number in range(1, 5)
    ]


@pytest.mark.parametrize("late", [False, True])
def test_what_was_withdrawn_is_dropped_and_stays_out(two: Two, late: bool) -> None:
    path, withdrawal = two.post / "1.rehearse-share", two.post / "w.rehearse-share"
    share = two.client.shares_to(path)
    two.client.withdraws(share, withdrawal)
    kept = a_share(two, "2.rehearse-share")
    for each in (withdrawal, path, kept, path) if late else (path, withdrawal, kept, path, withdrawal):
        two.coach.inbox.take_in(each)
    assert [each.number for each in two.coach.inbox.shares()] == [2]
    assert two.client.shares.all[0].withdrawn_at == AT


def test_nobody_withdraws_for_another(two: Two, tmp_path: Path) -> None:
    share = two.client.shares_to(two.post / "1.rehearse-share")
    two.coach.inbox.take_in(two.post / "1.rehearse-share")
    other = ClientAtHome(tmp_path / "other")
    other.adds(two.post / "first.rehearse-assignment")
    mine = other.shares_to(two.post / "2.rehearse-share")
    path = other.folder / "shares.json"
    path.write_text(path.read_text().replace(mine.id, share.id))
    other.withdraws(share, two.post / "w.rehearse-share")
    two.coach.inbox.take_in(two.post / "w.rehearse-share")
    assert [each.id for each in two.coach.inbox.shares()] == [share.id]
    other.log.database.close()


def test_nothing_can_be_read_without_the_key(two: Two, tmp_path: Path) -> None:
    path = a_share(two, picks=Picks(says="The lighthouse keeper."))
    assert b"lighthouse" not in path.read_bytes()
    other = CoachAtHome(tmp_path / "other")
    with pytest.raises(Refused, match="not encrypted to your key"):
        other.inbox.take_in(path)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.generate()])


def test_a_coach_cannot_pass_a_share_on_to_another(two: Two, tmp_path: Path) -> None:
    other = CoachAtHome(tmp_path / "other")
    signed = two.coach.keys.decrypt(a_share(two).read_bytes())
    (two.post / "passed-on").write_bytes(encrypt(signed, other.keys.coach))
    with pytest.raises(Refused, match="for another coach"):
        other.inbox.take_in(two.post / "passed-on")


def test_two_coaches_do_not_see_that_it_is_the_same_client(two: Two, tmp_path: Path) -> None:
    other = CoachAtHome(tmp_path / "other", "Bo Lind")
    other.assigns(two.post / "other.rehearse-assignment")
    two.client.adds(two.post / "other.rehearse-assignment")
    session = two.client.practises()
    ours = two.client.drafts(Picks(tries=[session]), to="Ada").share
    theirs = two.client.drafts(Picks(tries=[session]), to="Bo").share
    assert ours.client.key != theirs.client.key
    assert ours.tries[0].ref != theirs.tries[0].ref
    assert {each.assignment for each in ours.progress}.isdisjoint(each.assignment for each in theirs.progress)


def test_with_keys_swapped_nothing_is_taken(two: Two, tmp_path: Path) -> None:
    mallory = CoachAtHome(tmp_path / "mallory", "Ada Brook")
    mallory.assigns(two.post / "m.rehearse-assignment")
    with pytest.raises(UnknownCoach, match="you know another of that name, with other keys"):
        two.client.adds(two.post / "m.rehearse-assignment", trusting=False)
    ada = two.coach.keys.coach
    for forged in (
        ada,  # her name and keys, signed by another
        ada.model_copy(update={"opens": mallory.keys.coach.opens}),  # what is shared would go to another
        ada.model_copy(update={"signs": mallory.keys.coach.signs}),
    ):
        assignment = read(two.post / "m.rehearse-assignment").assignment.model_copy(update={"coach": forged})
        (two.post / "f.rehearse-assignment").write_bytes(sign(body_of(assignment), mallory.keys.signing))
        with pytest.raises(Refused):
            two.client.adds(two.post / "f.rehearse-assignment", trusting=False)
    own = ada.model_copy(update={"opens": mallory.keys.coach.opens})
    changed = read(two.post / "first.rehearse-assignment").assignment.model_copy(update={"coach": own, "id": "0" * 16})
    (two.post / "o.rehearse-assignment").write_bytes(sign(body_of(changed), two.coach.keys.signing))
    with pytest.raises(UnknownCoach):  # new keys are compared anew, even where the old one vouches for them
        two.client.adds(two.post / "o.rehearse-assignment", trusting=False)


def test_a_share_signed_by_another_is_refused(two: Two) -> None:
    share = two.client.drafts().share
    forged = drafted(share.model_copy(update={"client": share.client.model_copy(update={"key": "1" * 64})}))
    content = sign(forged.body, two.client.key.signing(two.coach.keys.coach.signs))
    (two.post / "forged").write_bytes(encrypt(content, two.coach.keys.coach))
    with pytest.raises(Refused, match="forged"):
        two.coach.inbox.take_in(two.post / "forged")


@pytest.mark.parametrize("unsigned", [b"", b"{}", b"[" * 100_000, b"\xff\xfe", b'{"signed": {}}\n', b"\n" * 3000])
def test_what_is_not_signed_is_refused(two: Two, unsigned: bytes) -> None:
    path = two.post / "unsigned"
    path.write_bytes(unsigned)
    with pytest.raises(Refused):
        read(path)
    for content in (unsigned, encrypt(unsigned, two.coach.keys.coach)):
        path.write_bytes(content)
        with pytest.raises(Refused):
            two.coach.inbox.take_in(path)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"format": "rehearse.share/2", "new": 1}', "newer program"),
        (b'{"format": "rehearse.share/999999"}', "newer program"),
        (b'{"format": "rehearse.share/1"}', "not as it should be"),
        (b'{"format": "rehearse.prescription/1"}', "nothing that this program knows"),
        (b"[" * 100_000, "nothing that this program knows"),
        (b'"text"', "nothing that this program knows"),
        (b"\xff", "nothing that this program knows"),
    ],
)
def test_what_is_signed_and_not_understood_is_refused_with_the_reason(two: Two, body: bytes, reason: str) -> None:
    key = two.client.key.signing(two.coach.keys.coach.signs)
    with pytest.raises(Refused, match=reason):
        document_of(verify(sign(body, key)))


def test_a_reason_commands_no_terminal(two: Two) -> None:
    body = two.client.drafts().body.replace(b'"number": 1', b'"number": 1,\n "\\u001b[2J": 2')
    with pytest.raises(Refused) as told:
        document_of(verify(sign(body, two.client.key.signing(two.coach.keys.coach.signs))))
    assert str(told.value).isprintable()


def test_on_another_machine_the_client_is_the_same(two: Two, tmp_path: Path) -> None:
    before = two.client.drafts(Picks(tries=[two.client.practises()])).share
    there = tmp_path / "there"
    for name in ("coach", "coach/assignments"):
        (tmp_path / "here" / name).mkdir(parents=True)
    for path in (*two.client.folder.glob("*.json"), *(two.client.folder / "assignments").iterdir()):
        kept = tmp_path / "here" / "coach" / path.relative_to(two.client.folder)
        kept.write_bytes(path.read_bytes())
    pack(two.client.log.database, tmp_path / "here", tmp_path / "archive")
    there.mkdir()
    moved = ClientAtHome(tmp_path / "moved")
    unpack(tmp_path / "archive", moved.log.database, there)
    assert (there / "coach" / "client-key.json").read_bytes() == (two.client.folder / "client-key.json").read_bytes()
    assert len(list((there / "coach" / "assignments").iterdir())) == 1
    key = client_key(there / "coach")
    assert key.ref(before.coach, moved.log.history()[0].began_at) == before.tries[0].ref
    moved.log.database.close()


def test_what_was_withdrawn_does_not_come_back_from_another_machine(two: Two) -> None:
    shared = two.client.shares_to(two.post / "1.rehearse-share")
    two.coach.inbox.take_in(two.post / "1.rehearse-share")
    (there,) = (two.post.parent / "coach" / "received").glob("*/*")
    content = there.read_bytes()
    two.client.withdraws(shared, two.post / "1.rehearse-withdrawal")
    two.coach.inbox.take_in(two.post / "1.rehearse-withdrawal")
    there.write_bytes(content)
    drop_withdrawn(two.post.parent / "coach" / "received")
    assert list(two.coach.inbox.shares()) == []


def test_a_key_that_is_not_known_is_a_reason_too(two: Two) -> None:
    """Read in part, it would be lost in silence."""
    body = two.client.drafts().body.replace(b'"number": 1', b'"number": 1,\n "more": 2')
    with pytest.raises(Refused, match="more"):
        document_of(verify(sign(body, two.client.key.signing(two.coach.keys.coach.signs))))


def test_an_assignment_is_no_share_and_a_share_no_assignment(two: Two) -> None:
    path = two.post / "mixed"
    path.write_bytes(encrypt((two.post / "first.rehearse-assignment").read_bytes(), two.coach.keys.coach))
    with pytest.raises(Refused, match="no share"):
        two.coach.inbox.take_in(path)
    path.write_bytes(two.coach.keys.decrypt(a_share(two).read_bytes()))
    with pytest.raises(Refused, match="no assignment"):
        read(path)


def test_a_file_that_is_damaged_at_home_is_named_and_costs_nothing_else(two: Two) -> None:
    two.coach.assigns(two.post / "2.rehearse-assignment")
    two.client.adds(two.post / "2.rehearse-assignment")
    damaged = sorted((two.client.folder / "assignments").iterdir())[0]
    damaged.write_bytes(damaged.read_bytes()[:-9])
    assignments = two.client.assignments
    assert len(assignments.all()) == 1
    assert assignments.damaged == [damaged.name]
    sent = a_share(two)
    two.coach.inbox.take_in(sent)
    (kept,) = (damaged.parent.parent.parent / "coach" / "received").glob("*/*")
    kept.write_bytes(b"")
    assert list(two.coach.inbox.shares()) == []
    assert two.coach.inbox.damaged == [kept]
    posted = [two.post / f"{name}.rehearse-assignment" for name in ("first", "2")]
    assert sorted(two.client.adds(path) for path in posted) == [False, True]
    assert not any(two.client.adds(path) for path in posted)
    assert len(two.client.assignments.all()) == 2
    assert two.client.assignments.damaged == []
    assert two.coach.inbox.take_in(sent).body
    assert "is here already" in two.coach.inbox.take_in(sent).says
    assert len(list(two.coach.inbox.shares())) == 1


def test_only_sessions_of_which_it_was_said_count_and_only_in_time(two: Two) -> None:
    until = TODAY + timedelta(days=3)
    two.coach.assigns(
        two.post / "2.rehearse-assignment", Task("closeness", "Stay.", times=2, until=until), AT + timedelta(1 / 24)
    )
    two.client.adds(two.post / "2.rehearse-assignment")
    days = ((-1, True), (0, True), (1, False), (4, True), (2, True))
    for day, counts in days:
        two.client.practises(counts=counts, at=AT + timedelta(days=day), scenario="closeness")
    found = standings(two.client.assignments.all(), counted(two.client.log), TODAY)
    assert [(each.done, each.open) for each in found] == [(0, True), (2, False)]


def test_what_counts_still_counts_when_it_is_taken_up(two: Two) -> None:
    report = report_with(entry())
    session = two.client.log.write(None, report, About(AT), [PlacedTurn(0, 0, False, entry())], (), {"standings": []})
    mark(two.client.log, session)
    assert (two.client.log.position(session) or {})["counts"] is True
    assert len(counted(two.client.log)) == 1
    mark(two.client.log, session, counts=False)
    assert (two.client.log.position(session) or {})["counts"] is False
    assert counted(two.client.log) == []
    assert "counts" not in two.client.log.report(session)


def test_the_list_of_shares_comes_before_the_file(two: Two) -> None:
    draft = two.client.drafts()
    with pytest.raises(Exception, match="no folder"):
        two.client.shares.send(draft, two.coach.keys.coach, two.client.key, two.post / "none" / "x")
    assert two.client.shares.all == ()
    with pytest.raises(CoachError, match="no share"):
        two.client.withdraws(draft.share, two.post / "w")
