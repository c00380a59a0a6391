"""A practice's database: it takes in and withdraws as a folder does, leaves traces, and says when it cannot."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from rehearse.coach.assigning import Task, make, write
from rehearse.coach.keys import encrypt
from rehearse.coach.opening import open_inbox
from rehearse.coach.server import URL_VARIABLE, migrating
from rehearse.coach.server.assigned import AssignedInPractice
from rehearse.coach.server.belonging import reason
from rehearse.coach.server.connection import Server
from rehearse.coach.server.inbox import PracticeInbox
from rehearse.coach.server.members import add
from rehearse.coach.server.sums import sums
from rehearse.coach.server.trail import Trace, trail, trim
from rehearse.coach.sharing import Picks
from rehearse.coach.signing import body_of, sign, verify
from rehearse.errors import PracticeDatabaseError, Refused
from tests.coach_homes import AT, ClientAtHome, CoachAtHome, Two
from tests.practice_of_coaches import Practice, role_of

pytestmark = pytest.mark.process


@pytest.fixture
def coach(practice: Practice, two: Two) -> Server:
    """The coach's login."""
    server = practice.added("coach")
    practice.inbox_of(two.coach, server)
    return server


def shared(two: Two, number: int, picks: Picks | None = None) -> Path:
    path = two.post / f"{number}.rehearse-share"
    two.client.shares_to(path, picks)
    return path


def opened_by(server: Server) -> list[Trace]:
    return [each for each in trail(server) if each.did == "opened"]


def test_what_was_shared_comes_back_as_it_was_in_any_order_and_once(
    two: Two, coach: Server, another_client: ClientAtHome
) -> None:
    two.client.practises(counts=True)
    paths = [shared(two, number, Picks(says=f"Number {number}.")) for number in range(1, 5)]
    said = [two.coach.inbox.take_in(paths[each]).says for each in (2, 0, 3, 1, 0, 2)]
    assert "the first from a client" in said[0]
    assert all("the first" not in each for each in said[1:])
    assert "here already" in said[4]
    assert [(each.number, each.says) for each in two.coach.inbox.shares()] == [
        (number, f"Number {number}.") for number in range(1, 5)
    ]
    assert two.coach.inbox.damaged == []
    assert all(path.exists() for path in paths)
    another_client.shares_to(two.post / "another")
    assert two.coach.inbox.take_in(two.post / "another").says.endswith("(client 2 of the practice)")


def test_encrypted_anew_it_is_the_same_and_with_its_id_another_is_refused(two: Two, coach: Server) -> None:
    path = shared(two, 1)
    two.coach.inbox.take_in(path)
    body = verify(two.coach.keys.decrypt(path.read_bytes())).body
    key = two.client.key.signing(two.coach.keys.coach.signs)
    path.write_bytes(encrypt(sign(body, key), two.coach.keys.coach))
    assert "here already" in two.coach.inbox.take_in(path).says
    (share,) = two.coach.inbox.shares()
    other = share.model_copy(update={"says": "Something else."})
    path.write_bytes(encrypt(sign(body_of(other), key), two.coach.keys.coach))
    with pytest.raises(Refused, match="the id of another"):
        two.coach.inbox.take_in(path)
    assert list(two.coach.inbox.shares()) == [share]


@pytest.mark.parametrize("late", [False, True])
def test_what_was_withdrawn_is_gone_and_stays_out(practice: Practice, two: Two, coach: Server, late: bool) -> None:
    path, withdrawal = two.post / "1.rehearse-share", two.post / "w.rehearse-share"
    two.client.practises()
    two.client.withdraws(two.client.shares_to(path), withdrawal)
    kept = shared(two, 2)
    for each in (withdrawal, path, kept, path) if late else (path, withdrawal, kept, path, withdrawal):
        two.coach.inbox.take_in(each)
    assert [each.number for each in two.coach.inbox.shares()] == [2]
    with practice.at(practice.superusers_url).transaction() as connection:
        for table, left in (("words", 1), ("share", 1), ("week", 1), ("withdrawal", 1)):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM rehearse_coach.{table}").scalar() == left


def test_nobody_withdraws_for_another(two: Two, coach: Server, another_client: ClientAtHome) -> None:
    share = two.client.shares_to(two.post / "1.rehearse-share")
    two.coach.inbox.take_in(two.post / "1.rehearse-share")
    mine = another_client.shares_to(two.post / "2.rehearse-share")
    path = another_client.folder / "shares.json"
    path.write_text(path.read_text().replace(mine.id, share.id))
    another_client.withdraws(share, two.post / "w.rehearse-share")
    two.coach.inbox.take_in(two.post / "w.rehearse-share")
    assert [each.id for each in two.coach.inbox.shares()] == [share.id]


def test_of_overlapping_shares_each_week_counts_once_by_the_last_that_tells_all_of_it(two: Two, coach: Server) -> None:
    for days in (9, 8, 2, 1):  # the last two in another week
        two.client.practises(at=AT - timedelta(days=days))
    two.coach.inbox.take_in(shared(two, 1))
    two.client.practises()
    two.coach.inbox.take_in(shared(two, 2))
    two.coach.inbox.take_in(shared(two, 3, Picks(since=AT.date())))
    (found,) = sums(coach, AT.date())
    assert (found.shares, found.sessions) == (3, 5)
    assert (found.done, found.asked) == (0, 2)


def test_many_at_once_lose_nothing_and_wait_for_no_one_in_a_circle(
    practice: Practice, two: Two, coach: Server, another_client: ClientAtHome, tmp_path: Path
) -> None:
    bo = CoachAtHome(tmp_path / "bo", "Bo Lind")
    practice.inbox_of(bo)
    bo.assigns(two.post / "bo.rehearse-assignment")
    two.client.adds(two.post / "bo.rehearse-assignment")
    work: list[tuple[CoachAtHome, Path]] = []
    kept: dict[str, set[str]] = {"Ada": set(), "Bo": set()}
    for number in range(12):
        for client, home, to in (
            (two.client, two.coach, "Ada"),
            (two.client, bo, "Bo"),
            (another_client, two.coach, "Ada"),
        ):
            path = two.post / f"{number}-{to}-{client.folder.name}.rehearse-share"
            share = client.shares_to(path, to=to)
            work += [(home, path)] * 3
            if number % 3:
                kept[to].add(share.id)
            else:
                gone = path.with_suffix(".withdrawal")
                client.withdraws(share, gone)
                work += [(home, gone)] * 2
    Random(8).shuffle(work)
    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(home.inbox.take_in, path) for home, path in work]:
            done.result(60)
    assert {each.id for each in two.coach.inbox.shares()} == kept["Ada"]
    assert {each.id for each in bo.inbox.shares()} == kept["Bo"]


def test_a_share_that_comes_while_it_is_withdrawn_waits_and_stays_out(
    practice: Practice, two: Two, coach: Server
) -> None:
    two.coach.inbox.take_in(shared(two, 1))
    path = two.post / "2.rehearse-share"
    share = two.client.shares_to(path)
    superuser, role = practice.at(practice.superusers_url), role_of(coach)

    def waits() -> bool:
        with superuser.transaction() as connection:
            return bool(
                connection.execute(
                    text("SELECT count(*) FROM pg_stat_activity WHERE usename = :role AND wait_event_type = 'Lock'"),
                    {"role": role},
                ).scalar()
            )

    with ThreadPoolExecutor(1) as threads:
        with coach.transaction() as connection:
            connection.execute(
                text("SELECT rehearse_coach.take_withdrawal(:coach, :client, :file, :at)"),
                {"coach": share.coach, "client": share.client.key, "file": share.id, "at": AT},
            )
            taking = threads.submit(two.coach.inbox.take_in, path)
            while not (waits() or taking.done()):
                pass
        assert "is not taken" in taking.result(60).says
    assert [each.number for each in two.coach.inbox.shares()] == [1]


def test_whatever_is_read_is_in_the_trail_before(practice: Practice, two: Two, coach: Server) -> None:
    ids = []
    for number in (1, 2):
        two.coach.inbox.take_in(shared(two, number))
        ids.append(two.client.shares.all[-1].id)
    auditor = practice.added("auditor")
    assert opened_by(auditor) == []
    before = datetime.now(UTC) - timedelta(seconds=1)
    assert len(list(PracticeInbox(coach, two.coach.keys, "supervision on Friday").shares())) == 2
    (trace,) = opened_by(auditor)
    assert (trace.who, trace.shares, trace.why) == (role_of(coach), tuple(ids), "supervision on Friday")
    assert before <= trace.at <= datetime.now(UTC) + timedelta(seconds=1)
    assert opened_by(coach) == [trace]
    assert trail(auditor, client=trace.client, since=trace.at) == [trace]
    assert trail(auditor, client=0) == []


def test_in_the_transaction_that_asks_nothing_can_be_read(two: Two, coach: Server) -> None:
    """Whoever rolled it back would have left no trace."""

    def ask_and_read(*, within: bool) -> None:
        with coach.transaction() as connection:
            point = connection.begin_nested() if within else None
            entry = connection.exec_driver_sql(
                "SELECT entry FROM rehearse_coach.clients_to_open() c, rehearse_coach.ask_to_open(ARRAY[c], 'why')"
            ).scalar_one()
            if point:
                point.commit()
            connection.execute(text("SELECT * FROM rehearse_coach.words_of(:entry)"), {"entry": entry})

    two.coach.inbox.take_in(shared(two, 1))
    for within in (False, True):
        with pytest.raises(PracticeDatabaseError, match="committed"):
            ask_and_read(within=within)
    assert opened_by(coach) == []


def test_an_entry_of_anothers_or_an_old_one_opens_nothing(practice: Practice, two: Two, coach: Server) -> None:
    two.coach.inbox.take_in(shared(two, 1))
    list(two.coach.inbox.shares())
    with practice.owner.transaction() as connection:
        entry = connection.exec_driver_sql("SELECT max(id) FROM rehearse_coach.trail WHERE did = 'opened'").scalar()
        old = connection.exec_driver_sql(
            "INSERT INTO rehearse_coach.trail (at, who, member, did, client, shares, why) "
            "SELECT at - interval '11 minutes', who, member, did, client, shares, why FROM rehearse_coach.trail "
            f"WHERE id = {entry} RETURNING id"
        ).scalar_one()
    for server, each in ((practice.added("coach"), entry), (coach, old), (coach, 0), (coach, None)):
        with pytest.raises(PracticeDatabaseError, match="committed"), server.transaction() as connection:
            connection.execute(text("SELECT * FROM rehearse_coach.words_of(:entry)"), {"entry": each})
    with coach.transaction() as connection:
        found = connection.execute(text("SELECT * FROM rehearse_coach.words_of(:entry)"), {"entry": entry})
        assert len(found.all()) == 1


def test_even_its_owner_only_adds_to_the_trail(practice: Practice, coach: Server) -> None:
    for sql in ("UPDATE {} SET why = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(PracticeDatabaseError, match="only added to"), practice.owner.transaction() as connection:
            connection.exec_driver_sql(sql.format("rehearse_coach.trail"))


def test_what_is_old_is_trimmed_and_that_is_traced(practice: Practice, two: Two, coach: Server) -> None:
    two.coach.inbox.take_in(shared(two, 1))
    before = len(trail(practice.owner))
    assert trim(practice.owner, datetime.now(UTC) - timedelta(days=1), "after a year") == 0
    assert trim(practice.owner, datetime.now(UTC) + timedelta(days=1), "after a year") == before + 1
    (left,) = trail(practice.owner)
    assert left.did == "trimmed"
    assert left.why.startswith(f"{before + 1} entries before ")
    with pytest.raises(PracticeDatabaseError, match="only added to"), practice.owner.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM rehearse_coach.trail")


@pytest.mark.parametrize("why", ["", "  ", "x" * 201])
def test_a_reason_is_given_and_short(why: str) -> None:
    with pytest.raises(PracticeDatabaseError, match="reason"):
        reason(why)


def test_what_was_assigned_is_kept_for_the_coach_alone(practice: Practice, two: Two, coach: Server) -> None:
    kept = AssignedInPractice(coach, two.coach.keys)
    made = [make(Task("hard-day", f"The lighthouse, {n}."), two.coach.keys.coach, AT + timedelta(n)) for n in (2, 1)]
    for each in (*made, made[0]):
        write(each, two.coach.keys, two.post / "x.rehearse-assignment", kept)
    assert list(kept.all()) == made[::-1]
    with practice.at(practice.superusers_url).transaction() as connection:
        found = connection.exec_driver_sql("SELECT content FROM rehearse_coach.assignment").scalars().all()
    assert not any(b"lighthouse" in each for each in found)


def test_the_program_works_with_the_newest_version() -> None:
    folder = Path(migrating.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [migrating.VERSION]


def test_from_the_first_version_on_everything_stays(postgresql: Callable[[], str], two: Two) -> None:
    practice = Practice(postgresql(), "0001")
    with practice.owner.transaction() as connection:  # as the program of that version would have added her
        connection.exec_driver_sql("CREATE ROLE coach_of_0001 LOGIN IN ROLE rehearse_coach")
        connection.exec_driver_sql("INSERT INTO rehearse_coach.member (role, kind) VALUES ('coach_of_0001', 'coach')")
    coach = practice.at(practice.url.replace("practice_owner", "coach_of_0001"))
    with pytest.raises(PracticeDatabaseError, match="database upgrade"):
        practice.inbox_of(two.coach, coach)
    path = shared(two, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrating, "VERSION", "0001")
        practice.inbox_of(two.coach, coach).take_in(path)
    for _ in range(2):
        with practice.owner.transaction() as connection:
            migrating.migrate(connection)
    practice.inbox_of(two.coach, coach)
    assert [each.number for each in two.coach.inbox.shares()] == [1]
    assert [each.did for each in trail(practice.owner)] == ["joined", "took in", "opened"]
    with practice.owner.transaction() as connection:
        connection.exec_driver_sql("UPDATE rehearse_coach.version SET version_num = '9999'")
    with pytest.raises(PracticeDatabaseError, match="bring the program up to date"):
        coach.check()
    with (
        pytest.raises(PracticeDatabaseError, match="bring the program up to date"),
        practice.owner.transaction() as connection,
    ):
        migrating.migrate(connection)
    practice.close()


def test_a_migration_that_is_broken_off_leaves_nothing_behind(postgresql: Callable[[], str]) -> None:
    server = Server.at_url(postgresql())
    with server.transaction() as connection:
        migrating.migrate(connection)
        connection.rollback()
    with pytest.raises(PracticeDatabaseError, match="database init"):
        server.check()
    server.close()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "no address"),
        ("sqlite:///x.db", "needs PostgreSQL"),
        ("postgresql://nobody@127.0.0.1:1/none", "does not answer"),
        ("postgresql://nobody:secret@/none?host=/nowhere", "does not answer"),
    ],
)
def test_an_address_that_does_not_answer_is_said_and_the_file_stays(
    two: Two, monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    path = shared(two, 1)
    monkeypatch.setenv(URL_VARIABLE, url)
    with pytest.raises(PracticeDatabaseError, match=reason) as error:
        open_inbox(two.post, two.coach.keys)
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)
    monkeypatch.delenv(URL_VARIABLE)
    assert open_inbox(two.post, two.coach.keys).take_in(path).body


def test_a_database_that_is_only_to_be_read_says_so_and_later_takes_the_file(
    practice: Practice, two: Two, coach: Server
) -> None:
    first, second = shared(two, 1), shared(two, 2)
    two.coach.inbox.take_in(first)
    read_only(practice, coach, "on")
    with pytest.raises(PracticeDatabaseError, match="only to be read") as error:
        two.coach.inbox.take_in(second)
    assert "\n" not in str(error.value)
    with pytest.raises(PracticeDatabaseError, match="leaves a trace"):
        list(two.coach.inbox.shares())
    assert sums(coach, AT.date())[0].shares == 1
    read_only(practice, coach, "off")
    assert two.coach.inbox.take_in(second).body
    assert [each.number for each in two.coach.inbox.shares()] == [1, 2]


def test_a_connection_that_breaks_says_so_and_nothing_is_half_there(
    practice: Practice, two: Two, coach: Server
) -> None:
    path = shared(two, 1)
    with practice.at(practice.superusers_url).transaction() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = :role"),
            {"role": role_of(coach)},
        )
    with pytest.raises(PracticeDatabaseError, match="does not answer"):
        two.coach.inbox.take_in(path)
    assert "here already" not in two.coach.inbox.take_in(path).says


def test_what_does_not_open_any_more_or_is_another_is_named(practice: Practice, two: Two, coach: Server) -> None:
    for number in (1, 2, 3):
        two.coach.inbox.take_in(shared(two, number))
    first, second, _ = two.coach.inbox.shares()
    words = "rehearse_coach.words SET content = {} WHERE share = (SELECT min(share) + {} FROM rehearse_coach.words)"
    with practice.at(practice.superusers_url).transaction() as connection:
        connection.exec_driver_sql(f"UPDATE {words.format('substr(content, 1, 300)', 0)}")
        third = "(SELECT content FROM rehearse_coach.words ORDER BY share DESC LIMIT 1)"
        connection.exec_driver_sql(f"UPDATE {words.format(third, 1)}")  # a sound one in another's place
    assert [each.number for each in two.coach.inbox.shares()] == [3]
    assert two.coach.inbox.damaged == [
        Path(each.client.key[:32]) / f"{each.id}.rehearse-share" for each in (first, second)
    ]


def test_the_password_is_nowhere_but_in_the_address(practice: Practice) -> None:
    login = add(practice.owner, "somebody_new", "auditor")
    password = make_url(login.url).password
    assert password
    assert not any(str(password) in each for each in login.ran)
    with practice.at(practice.superusers_url).transaction() as connection:
        kept = connection.exec_driver_sql("SELECT rolpassword FROM pg_authid WHERE rolname = 'somebody_new'").scalar()
    assert str(kept).startswith("SCRAM-SHA-256$")


def read_only(practice: Practice, coach: Server, value: str) -> None:
    database = make_url(practice.url).database
    with practice.at(practice.superusers_url).transaction() as connection:
        connection.exec_driver_sql("SET transaction_read_only = off")
        connection.exec_driver_sql(f"ALTER DATABASE {database} SET default_transaction_read_only = {value}")
    coach.close()
