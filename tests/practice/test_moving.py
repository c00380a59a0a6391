"""A log is taken along whole, comes in once, and can be read by anybody who may."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from rehearse.errors import LogError, LogLocked, LogUnwritable, WrongPassphrase
from rehearse.practice import database, moving
from rehearse.practice.database import Database
from rehearse.practice.exporting import export
from rehearse.practice.forgetting import drop_words, forget_sessions
from rehearse.practice.journal import Journal
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.moving import change_passphrase, pack, unpack
from rehearse.practice.proposals import TELL, Proposal, Proposals
from rehearse.practice.searching import search
from rehearse.practice.talks import PlannedTalk, Talks
from tests.practice_log import entry, report

SECRET = "open sesame"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.process)])
def either_log_elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PracticeLog]:
    """An empty log on another machine, in a file and on a server."""
    (tmp_path / "elsewhere").mkdir()
    found = (
        Database.in_file(tmp_path / "elsewhere" / "practice.db")
        if request.param == "sqlite"
        else Database.at_url(request.getfixturevalue("postgresql")())
    )
    yield PracticeLog(found)
    found.close()


@pytest.fixture
def filled(log: PracticeLog, tmp_path: Path) -> PracticeLog:
    """Two sessions, one with sound and an entry in the journal; a planned talk; settings and a scenario beside."""
    id_ = log.add(report(entry("One."), entry("Two.")), About(now(), ended_at=now()))
    log.add(report(entry("Three.")), About(now(), ended_at=now()))
    log.put_sound(id_, 1, b"fLaC", 1.5, now() + timedelta(days=1))
    Journal(log.database).write("A quiet evening.", session=id_)
    Talks(log.database).plan(PlannedTalk("my sister"))
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    (tmp_path / "settings.json").write_text("{}", encoding="utf-8")
    return log


@pytest.mark.parametrize("secret", [None, SECRET])
def test_an_archive_brings_everything_and_brings_it_once(
    filled: PracticeLog, tmp_path: Path, secret: str | None
) -> None:
    archive, elsewhere = tmp_path / "practice.archive", tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert pack(filled.database, tmp_path, archive, secret) == 2
    assert archive.stat().st_mode & 0o077 == 0
    assert (b"quiet evening" in archive.read_bytes()) == (secret is None)
    there = PracticeLog(Database.in_file(elsewhere / "practice.db"))
    there.add(report(entry("Mine.")), About(now()))
    assert unpack(archive, there.database, elsewhere, secret) == 2
    assert unpack(archive, there.database, elsewhere, secret) == 0
    assert [past.id for past in there.history()] == [1, 2, 3]
    assert there.report(2) == filled.report(1)
    assert there.sound(2, 1) == b"fLaC"
    assert [each.session for each in Journal(there.database).entries()] == [2]
    assert [talk.with_whom for talk in Talks(there.database).talks()] == ["my sister"]
    assert len(search(there.database, "evening")) == 1
    assert (elsewhere / "scenarios" / "mine.yaml").read_text(encoding="utf-8") == "id: mine\n"
    there.database.close()


@pytest.fixture
def gaps(log: PracticeLog, tmp_path: Path) -> PracticeLog:
    """Sessions 1 and 3, of which the second is of talk 2; entry 2 of the journal, which was shared; talk 2. What stood
    between them, and after them, was forgotten."""
    for scenario in ("hard-day", "hard-day", "talk-2", "hard-day"):
        log.add(report(entry(scenario), scenario=scenario), About(now(), ended_at=now()))
    journal, talks, proposals = Journal(log.database), Talks(log.database), Proposals(log.database)
    for about in (1, 3, 3):
        journal.write(f"After {about}.", session=about)
    for scene in ("talk-1", "talk-2", "talk-3"):
        talks.plan(PlannedTalk(f"with {scene}", scenario=scene))
    proposals.keep(Proposal(date(2026, 1, 1), "talk-2", TELL, "Its time has passed."))
    forget_sessions(log, [2, 4], tmp_path)
    for each in (1, 3):
        journal.forget(each)
        talks.forget(each)
    (tmp_path / "coach").mkdir()
    shares = {"format": "rehearse.shares/1", "shares": [{"id": "abcd", "journal": [1, 2]}, {"id": "efgh"}]}
    (tmp_path / "coach" / "shares.json").write_text(json.dumps(shares), encoding="utf-8")
    return log


def numbers(log: PracticeLog) -> tuple[list[int], ...]:
    """Of sessions, of journal entries and the sessions they are about, of planned talks."""
    entries = Journal(log.database).entries()
    return (
        [past.id for past in log.history()],
        [each.id for each in entries],
        [each.session or 0 for each in entries],
        [each.id for each in Talks(log.database).talks()],
    )


@pytest.mark.parametrize("way", ["passphrase", "archive"])
def test_numbers_stay_and_none_is_given_again(gaps: PracticeLog, tmp_path: Path, way: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if way == "passphrase":
        gaps.database.close()
        change_passphrase(tmp_path / "practice.db", None, SECRET)
        there = PracticeLog(Database.in_file(tmp_path / "practice.db", SECRET))
    else:
        pack(gaps.database, tmp_path, tmp_path / "archive")
        there = PracticeLog(Database.in_file(elsewhere / "practice.db"))
        assert unpack(tmp_path / "archive", there.database, elsewhere) == 2
        assert journal_of_shares(elsewhere) == [[2], []]
    assert numbers(there) == ([1, 3], [2], [3], [2])
    assert there.past(3).scenario == "talk-2"
    assert there.add(report(), About(now())) == 5
    assert Journal(there.database).write("One more.") == 4
    assert Talks(there.database).plan(PlannedTalk("my sister")) == 4
    there.database.close()


def journal_of_shares(folder: Path) -> list[list[int]]:
    kept = json.loads((folder / "coach" / "shares.json").read_text(encoding="utf-8"))
    return [share["journal"] for share in kept["shares"]]


def test_where_there_is_something_already_what_refers_to_a_number_has_the_new_one(
    gaps: PracticeLog, either_log_elsewhere: PracticeLog, tmp_path: Path
) -> None:
    there, elsewhere = either_log_elsewhere, tmp_path / "elsewhere"
    for number in (1, 2):
        there.add(report(), About(now()))
        Journal(there.database).write(f"Mine {number}.")
        Talks(there.database).plan(PlannedTalk(f"mine {number}", scenario=f"talk-{number}"))
    pack(gaps.database, tmp_path, tmp_path / "archive")
    for new in (2, 0):
        assert unpack(tmp_path / "archive", there.database, elsewhere) == new
        assert numbers(there) == ([1, 2, 3, 4], [1, 2, 3], [0, 0, 4], [1, 2, 3])
    assert [talk.scenario for talk in Talks(there.database).talks()] == ["talk-1", "talk-2", "talk-3"]
    assert (there.past(4).scenario, there.report(4)["scenario"]) == ("talk-3", "talk-3")
    assert list(Proposals(there.database).asked_about_talks()) == [3]
    assert journal_of_shares(elsewhere) == [[3], []]


@pytest.mark.parametrize("taken", [True, False])
def test_the_scene_of_a_talk_that_was_forgotten_becomes_no_other(
    log: PracticeLog, either_log_elsewhere: PracticeLog, tmp_path: Path, *, taken: bool
) -> None:
    log.add(report(scenario="talk-1"), About(now()))
    if taken:
        Talks(either_log_elsewhere.database).plan(PlannedTalk("my sister"))
    pack(log.database, tmp_path, tmp_path / "archive")
    for new in (1, 0):
        assert unpack(tmp_path / "archive", either_log_elsewhere.database, tmp_path) == new
    assert either_log_elsewhere.past(1).scenario == ("talk-0" if taken else "talk-1")


def test_dropped_words_and_forgotten_turns_do_not_come_back(
    log: PracticeLog, either_log_elsewhere: PracticeLog, tmp_path: Path
) -> None:
    there = either_log_elsewhere
    log.add(report(entry("One."), entry("Two.")), About(now(), ended_at=now()))
    log.put_sound(1, 0, b"fLaC", 1.5, now() + timedelta(days=1))
    pack(log.database, tmp_path, tmp_path / "archive")
    assert unpack(tmp_path / "archive", there.database, tmp_path) == 1
    drop_words(there, [1], tmp_path)
    assert unpack(tmp_path / "archive", there.database, tmp_path) == 0
    assert there.past(1).wordless
    assert (there.turns(1), there.sound(1, 0)) == ([], None)


@pytest.mark.parametrize("over_here", [False, True])
def test_a_session_that_went_on_elsewhere_is_replaced_whole(
    log: PracticeLog, either_log_elsewhere: PracticeLog, tmp_path: Path, *, over_here: bool
) -> None:
    there, began = either_log_elsewhere, now()
    there.add(report(entry("One."), entry("Mine.")), About(began, ended_at=began if over_here else None))
    log.add(report(entry("One."), entry("Two."), entry("Three.")), About(began, ended_at=now()))
    pack(log.database, tmp_path, tmp_path / "archive")
    for _ in range(2):
        assert unpack(tmp_path / "archive", there.database, tmp_path) == 0
    said = [turn.entry["reply"]["text"] for turn in there.turns(1)]
    assert said == (["One.", "Mine."] if over_here else ["One.", "Two.", "Three."])
    assert there.past(1).over
    assert search(there.database, "mine") == [] or over_here
    before = PracticeLog(Database.in_file(tmp_path / "less.db"))
    before.add(report(entry("One.")), About(began))
    pack(before.database, tmp_path, tmp_path / "before")
    before.database.close()
    unpack(tmp_path / "before", there.database, tmp_path)
    assert len(there.turns(1)) == len(said)


def test_what_is_no_archive_is_refused(filled: PracticeLog, tmp_path: Path) -> None:
    assert filled.database.path
    for path, says in ((tmp_path / "gone", "there is no archive"), (filled.database.path, "is no archive")):
        with pytest.raises(LogError, match=says):
            unpack(path, filled.database, tmp_path)
    pack(filled.database, tmp_path, tmp_path / "archive", SECRET)
    with pytest.raises(WrongPassphrase) as error:
        unpack(tmp_path / "archive", filled.database, tmp_path, "another")
    assert "data recover" not in str(error.value)


def test_what_a_coach_keeps_and_a_scene_in_any_encoding_are_taken_along(
    filled: PracticeLog, either_log_elsewhere: PracticeLog, tmp_path: Path
) -> None:
    content = "id: café\n".encode("latin-1")
    names = (
        "scenarios/mine.yaml",
        "coach/assigned/ab.rehearse-assignment",
        "coach/cohorts/tuesdays.json",
        "coach/received/0123/cd.rehearse-share",
    )
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    pack(filled.database, tmp_path, tmp_path / "archive")
    elsewhere = tmp_path / "elsewhere"
    unpack(tmp_path / "archive", either_log_elsewhere.database, elsewhere)
    assert [(elsewhere / name).read_bytes() for name in names] == [content] * 4
    assert all(path.stat().st_mode & 0o077 == 0 for path in elsewhere.rglob("*") if "practice.db" not in path.name)


def test_an_archive_of_an_older_program_holds_text(
    filled: PracticeLog, either_log_elsewhere: PracticeLog, tmp_path: Path
) -> None:
    pack(filled.database, tmp_path, tmp_path / "archive")
    with closing(sqlite3.connect(tmp_path / "archive")) as connection:
        connection.execute("UPDATE carried SET content = CAST(content AS TEXT)")
        connection.commit()
    unpack(tmp_path / "archive", either_log_elsewhere.database, tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "scenarios" / "mine.yaml").read_text(encoding="utf-8") == "id: mine\n"


def test_a_passphrase_is_set_and_taken_back_and_leaves_no_plain_word(filled: PracticeLog, tmp_path: Path) -> None:
    path, before = tmp_path / "practice.db", filled.report(1)
    filled.database.close()
    change_passphrase(path, None, SECRET)
    assert not [each.name for each in tmp_path.glob("*practice*") if b"quiet evening" in each.read_bytes()]
    change_passphrase(path, SECRET, None)
    assert filled.report(1) == before


@pytest.mark.parametrize("ends", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize(("old", "new"), [(None, SECRET), (SECRET, None)])
def test_whatever_ends_the_overwriting_the_log_is_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old: str | None,
    new: str | None,
    ends: BaseException | type[BaseException],
) -> None:
    path = tmp_path / "the.db"
    there = PracticeLog(Database.in_file(path, old))
    there.add(report(entry("One.")), About(now()))
    there.database.close()

    def stop(file: object) -> None:
        raise ends

    monkeypatch.setattr(moving, "overwrite_open", stop)
    with pytest.raises((KeyboardInterrupt, LogUnwritable)):
        change_passphrase(path, old, new)
    again = PracticeLog(Database.in_file(path, new))
    assert again.report(1)["turns"][0]["reply"]["text"] == "One."
    again.database.close()
    assert [each.name for each in tmp_path.iterdir()] == ["the.db"]


def test_while_another_program_has_the_log_open_the_passphrase_stays(filled: PracticeLog, tmp_path: Path) -> None:
    with pytest.raises(LogLocked, match="another program"):
        change_passphrase(tmp_path / "practice.db", None, SECRET)
    assert filled.add(report(entry("Four.")), About(now())) == 3


def test_while_the_passphrase_is_set_no_other_program_gets_in(
    filled: PracticeLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "practice.db"
    filled.database.close()
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    refused: list[str] = []

    def meanwhile(file: object) -> None:
        for other in (Database.in_file(path), Database.in_file(kept)):
            with pytest.raises(LogError) as error:
                PracticeLog(other).count()
            refused.append(type(error.value).__name__)

    kept = tmp_path / "still-open.db"
    kept.hardlink_to(path)  # what another program has opened by its name a moment before
    monkeypatch.setattr(moving, "overwrite_open", meanwhile)
    change_passphrase(path, None, SECRET)
    assert refused == ["WrongPassphrase", "LogLocked"]


def test_an_export_can_be_read(filled: PracticeLog, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert export(filled, folder) == 2
    everything = json.loads((folder / "practice.json").read_text(encoding="utf-8"))
    assert everything["sessions"][0]["report"] == filled.report(1)
    assert (everything["journal"][0]["text"], everything["talks"][0]["with_whom"]) == ("A quiet evening.", "my sister")
    pages = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.md"))
    assert all(words in pages for words in ("**You:** Two.", "A quiet evening.", "## my sister"))
    assert (folder / "00001-02.flac").read_bytes() == b"fLaC"
