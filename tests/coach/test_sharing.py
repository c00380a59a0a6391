"""What is shared is what the preview said, and nothing that was not picked is in it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.coach.assigning import Task
from rehearse.coach.formats import Part, Share
from rehearse.coach.preview import lines_of, lines_on_paper
from rehearse.coach.sharing import Picks
from rehearse.coach.signing import body_of, verify
from rehearse.errors import CoachError, SessionError
from rehearse.practice.journal import Journal
from tests.coach_homes import AT, ClientAtHome, CoachAtHome, Two
from tests.conftest import SCENE
from tests.practice_log import entry

SECRET = "zzsecretzz"


def plant(client: ClientAtHome) -> tuple[int, int]:
    """A session, one of a scene of the person's own, and a journal entry, with a secret wherever something was said."""
    coded = {"code": "reflects", "confidence": 0.9, "start": 0, "end": 1, "text": f"{SECRET} evidence"}
    debrief = {"strengths": [f"{SECRET} strength"], "try_next": f"{SECRET} next"}
    said = entry(f"{SECRET} reply", f"{SECRET} line", codes=[coded], unsure=[coded])
    session = client.practises(said, debrief=debrief, measures={f"{SECRET}-measure": 1.0}, counts=True)
    client.practises(
        said,
        scenario=f"talk-with-{SECRET}",
        partner={"name": f"Partner{SECRET}", "pronoun": None},
        ending=f"{SECRET}-ending",
        completed=True,
        counts=True,
    )
    client.log.put_sound(session, 0, b"fLaC" + SECRET.encode(), 1.0, AT + timedelta(days=1))
    return session, Journal(client.log.database).write(f"{SECRET} entry", question=f"{SECRET} question")


def leaves(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, each in value.items():
            if isinstance(each, dict | list):
                yield from leaves(each)
            else:
                yield name, each
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each) if isinstance(each, dict | list) else [("", each)]


def decrypted(two: Two, path: Path) -> bytes:
    return verify(two.coach.keys.decrypt(path.read_bytes())).body


def everything(two: Two) -> Picks:
    session, journal = plant(two.client)
    return Picks(
        tries=[session, session + 1],
        quotes=[(session, 1)],
        transcripts=[session],
        recordings=[(session, 1)],
        journal=[journal],
        hard="The silence.\nAnd then the next one.",
        says="I try.",
        asks=["How?"],
    )


def test_what_goes_is_what_was_shown(two: Two) -> None:
    draft = two.client.drafts(everything(two))
    shown = lines_of(draft.body)
    path = two.post / "1.rehearse-share"
    two.client.shares.send(draft, two.coach.keys.coach, two.client.key, path)
    assert decrypted(two, path) == draft.body
    assert lines_of(decrypted(two, path)) == shown
    taken = two.coach.inbox.take_in(path)
    assert taken.body == draft.body


def test_nothing_is_inside_that_is_not_shown(two: Two) -> None:
    body = two.client.drafts(everything(two)).body
    shown = "\n".join(lines_of(body))
    for name, value in leaves(json.loads(body)):
        if name in {"flac", "sound"}:
            continue
        told = (
            {True: "yes", False: "no"}[value]
            if isinstance(value, bool)
            else str(value + (name == "turn"))
            if isinstance(value, int)
            else str(value)
        )
        for line in told.split("\n"):
            assert line in shown, name
    assert shown.count("sound, ") == 1


def test_without_a_pick_there_are_counts_and_no_word(two: Two) -> None:
    plant(two.client)
    path = two.post / "1.rehearse-share"
    share = two.client.shares_to(path)
    assert SECRET.encode() not in decrypted(two, path)
    assert [each.sessions for each in share.weeks] == [2]
    assert [each.scenario for each in share.tries] == ["hard-day"]  # the own scene counts for nothing this coach asked
    for folder in (str(two.post.parent), "/tmp", str(Path.home())):
        assert folder.encode() not in decrypted(two, path)


def plant_private(client: ClientAtHome) -> tuple[int, int]:
    """A session in which the safety screen stepped in after the person had let it count, and a journal entry about it
    which their coach may see; with a secret wherever something was said."""
    said = entry(f"{SECRET} reply", f"{SECRET} line")
    session = client.practises(said, private=True, broken_off=True, retried=[said], counts=True)
    client.log.put_sound(session, 0, b"fLaC" + SECRET.encode(), 1.0, AT + timedelta(days=1))
    journal = Journal(client.log.database)
    written = journal.write(f"{SECRET} entry", question=f"{SECRET} question", session=session, at=AT)
    journal.choose_for_coach(written, chosen=True)
    return session, written


@pytest.mark.parametrize("picks", [Picks(), Picks(since=AT.date() - timedelta(days=400), says="I try.")])
def test_what_goes_is_the_same_whether_there_was_a_private_session_or_not(two: Two, picks: Picks) -> None:
    two.client.practises(counts=True)
    without = two.client.drafts(picks).share
    plant_private(two.client)
    path = two.post / "1.rehearse-share"
    share = two.client.shares_to(path, picks)
    assert share.model_copy(update={"id": without.id}) == without
    assert SECRET.encode() not in decrypted(two, path)
    assert [(each.done, each.open) for each in share.progress] == [(1, True)]


@pytest.mark.parametrize("pick", ["quotes", "transcripts", "recordings", "journal"])
def test_of_a_private_session_nothing_goes_unless_it_is_picked_itself(two: Two, pick: str) -> None:
    session, written = plant_private(two.client)
    picked: dict[str, Any] = {
        "quotes": [(session, 1)],
        "transcripts": [session],
        "recordings": [(session, 1)],
        "journal": [written],
    }
    with pytest.raises(SessionError, match=f"is private.*--session {session}"):
        two.client.drafts(Picks(**{pick: picked[pick]}))
    share = two.client.drafts(Picks(tries=[session], **{pick: picked[pick]})).share
    assert len(getattr(share, pick)) == 1
    assert ([each.sessions for each in share.weeks], [each.done for each in share.progress]) == ([1], [1])
    assert [(each.counts, each.turns) for each in share.tries] == [(True, 1)]


def test_a_journal_entry_goes_to_a_coach_once_unless_it_was_changed_or_is_asked_for(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(two.client.log.database)
    first = journal.write("Chosen.", at=AT - timedelta(hours=1))
    journal.choose_for_coach(first, chosen=True)
    sent = two.client.shares_to(two.post / "1.rehearse-share")
    assert [each.text for each in sent.journal] == ["Chosen."]
    assert two.client.drafts().share.journal == ()
    two.client.withdraws(sent, two.post / "w.rehearse-share")
    assert two.client.drafts().share.journal == ()
    assert [each.text for each in two.client.drafts(Picks(journal=[first])).share.journal] == ["Chosen."]
    later = journal.write("Another.", at=AT + timedelta(hours=1))
    journal.choose_for_coach(later, chosen=True)
    assert [each.text for each in two.client.drafts().share.journal] == ["Another."]
    monkeypatch.setattr("rehearse.practice.journal.now", lambda: AT + timedelta(hours=2))
    journal.edit(first, "Chosen, and changed.")
    assert [each.text for each in two.client.drafts().share.journal] == ["Chosen, and changed.", "Another."]


def test_another_coach_has_not_seen_it(two: Two) -> None:
    journal = Journal(two.client.log.database)
    journal.choose_for_coach(journal.write("Chosen.", at=AT - timedelta(hours=1)), chosen=True)
    two.client.shares_to(two.post / "1.rehearse-share")
    other = CoachAtHome(two.post.parent / "other", "Bo Clark")
    other.assigns(two.post / "other.rehearse-assignment")
    two.client.adds(two.post / "other.rehearse-assignment")
    assert [each.text for each in two.client.drafts(to="Bo Clark").share.journal] == ["Chosen."]


def test_a_journal_entry_goes_that_the_coach_may_see(two: Two) -> None:
    journal = Journal(two.client.log.database)
    chosen = journal.write("Chosen.", session=two.client.practises(), at=AT)
    before = journal.write("Before the coach.", at=AT - timedelta(days=300))
    for written in (chosen, before):
        journal.choose_for_coach(written, chosen=True)
    journal.write("For me alone.", at=AT)
    assert [each.text for each in two.client.drafts(Picks(journal=[chosen])).share.journal] == ["Chosen."]
    journal.choose_for_coach(chosen, chosen=False)
    assert two.client.drafts().share.journal == ()


def test_whom_a_planned_talk_is_with_is_masked(two: Two) -> None:
    session = two.client.practises(
        entry("Petunia. We should talk."), scenario="talk-3", partner={"name": "Petunia", "pronoun": None}
    )
    share = two.client.drafts(Picks(transcripts=[session])).share
    assert b"etunia" not in body_of(share)
    assert share.tries[0].scenario is None


@pytest.mark.parametrize("pick", ["quotes", "transcripts", "recordings", "journal", "tries"])
def test_a_pick_brings_itself_and_nothing_else(two: Two, pick: str) -> None:
    session, journal = plant(two.client)
    picks = {
        "quotes": Picks(quotes=[(session, 1)]),
        "transcripts": Picks(transcripts=[session]),
        "recordings": Picks(recordings=[(session, 1)]),
        "journal": Picks(journal=[journal]),
        "tries": Picks(tries=[session + 1]),
    }
    share = two.client.drafts(picks[pick]).share
    words = {
        "quotes": [f"{SECRET} line", f"{SECRET} reply"],
        "transcripts": [f"{SECRET} line", f"{SECRET} reply"],
        "journal": [f"{SECRET} question", f"{SECRET} entry"],
    }
    found = [str(value) for _, value in leaves(json.loads(body_of(share))) if SECRET in str(value)]
    assert found == words.get(pick, [])
    assert bool(share.recordings) == (pick == "recordings")


def test_the_name_of_an_own_scene_its_ending_and_its_people_stay(two: Two) -> None:
    session = two.client.practises(
        entry("Hello there.", "Well, Petronella."),
        scenario="my-sister",
        partner={"name": "Petronella", "pronoun": None},
        ending="she-left",
    )
    share = two.client.drafts(Picks(transcripts=[session])).share
    assert (share.tries[0].scenario, share.tries[0].ending, share.transcripts[0].partner) == (None, None, None)
    assert b"etronella" not in body_of(share)


def test_a_scene_that_the_coach_sent_is_no_secret_to_them(two: Two, own_home: Path) -> None:
    scene = two.post / "small.yaml"
    scene.write_text(SCENE, encoding="utf-8")
    two.coach.assigns(two.post / "2.rehearse-assignment", Task(str(scene), "Try it."))
    two.client.adds(two.post / "2.rehearse-assignment")
    partner = {"name": "Kim", "pronoun": None}
    session = two.client.practises(entry("Kim, and Petronella?"), scenario="small", ending="apart", partner=partner)
    share = two.client.drafts(Picks(transcripts=[session])).share
    assert (share.tries[0].scenario, share.tries[0].ending, share.transcripts[0].partner) == ("small", "apart", "Kim")
    assert share.transcripts[0].said[0].reply == "Kim, and [person 1]?"


def test_masking_is_the_persons_to_change(two: Two) -> None:
    say = "Hannah knows the Skylark."
    assert two.client.drafts(Picks(says=say)).share.says == "[person 1] knows the [person 2]."
    picks = Picks(says=say, keep=["skylark"], mask=["knows"])
    assert two.client.drafts(picks).share.says == "[person 1] the Skylark."


def test_what_was_before_the_coach_is_none_of_theirs(two: Two) -> None:
    two.client.practises(at=AT - timedelta(days=300))
    two.client.practises(at=AT)
    assert [each.sessions for each in two.client.drafts().share.weeks] == [1]
    since = (AT - timedelta(days=400)).date()
    assert sum(each.sessions for each in two.client.drafts(Picks(since=since)).share.weeks) == 2


def test_what_is_not_there_cannot_be_picked(two: Two) -> None:
    session = two.client.practises()
    for picks in (
        Picks(quotes=[(session, 9)]),
        Picks(recordings=[(session, 1)]),
        Picks(tries=[99]),
        Picks(journal=[9]),
    ):
        with pytest.raises(SessionError):
            two.client.drafts(picks)
    with pytest.raises(CoachError, match="says"):
        two.client.drafts(Picks(says="a" * 5000))


def test_a_text_is_shared_as_it_is_seen(two: Two) -> None:
    journal = Journal(two.client.log.database).write("One.\r\n\tTwo.\x1b[2J\u202e")
    share = two.client.drafts(Picks(journal=[journal], asks=["\tWhy?"])).share
    assert (share.journal[0].text, share.asks) == ("One.\n    Two.[2J", ("Why?",))


def test_the_list_tells_kinds_and_no_word(two: Two) -> None:
    share = two.client.shares_to(two.post / "1.rehearse-share", everything(two))
    (sent,) = two.client.shares.all
    assert (sent.id, sent.number) == (share.id, 1)
    assert {"1 quote", "1 transcript", "1 recording", "1 journal entry", "2 texts of your own"} <= set(sent.held)
    assert SECRET not in (two.client.folder / "shares.json").read_text()


def test_on_paper_it_is_one_page_that_loads_nothing_and_says_the_same(two: Two) -> None:
    draft = two.client.drafts(Picks(says="<script>alert(1)</script> & more"))
    two.client.shares.print(draft, two.coach.keys.coach, two.post / "page.html")
    page = (two.post / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
    assert len([line for line in page.splitlines() if line.startswith("<p ")]) == len(lines_on_paper(draft.body))
    with pytest.raises(CoachError, match="on paper"):
        two.client.withdraws(draft.share, two.post / "w")
    assert two.client.drafts().share.number == 1


def test_what_is_left_out_of_a_body_can_be_left_out() -> None:
    parts: list[type[Part]] = [Share]
    for part in parts:
        for name, found in part.model_fields.items():
            assert type(None) not in get_args(found.annotation) or not found.is_required(), f"{part.__name__}.{name}"
            within = [each for each in _types(found.annotation) if issubclass(each, Part)]
            parts += [each for each in within if each not in parts]
    assert len(parts) > 10


def _types(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type):
        yield annotation
    for each in get_args(annotation):
        yield from _types(each)


@given(st.text(max_size=300))
def test_whatever_is_written_is_shown_or_refused(text: str) -> None:
    values: dict[str, Any] = {
        "id": "0" * 16,
        "number": 1,
        "made_at": AT,
        "client": {"key": "0" * 64},
        "coach": "1" * 64,
        "until": AT.date(),
    }
    try:
        share = Share(**values, says=text)
    except ValueError:
        return
    body = body_of(share)
    assert Share.model_validate_json(body) == share
    shown = "\n".join(lines_of(body))
    assert share.says is not None
    assert all(line in shown for line in share.says.split("\n"))
