"""Who sees what in a practice's database: each forbidden thing is tried, and the database itself refuses it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from rehearse.coach.formats import Share
from rehearse.coach.server.connection import Server
from rehearse.coach.server.handing_over import hand_over, take_back
from rehearse.coach.server.inbox import PracticeInbox
from rehearse.coach.server.members import members, remove
from rehearse.coach.server.sums import sums
from rehearse.coach.server.trail import trail
from rehearse.coach.sharing import Picks
from rehearse.errors import PracticeDatabaseError
from tests.coach_homes import AT, CoachAtHome, Two
from tests.practice_log import entry
from tests.practice_of_coaches import Practice, new_role, role_of, supervisor_of

pytestmark = pytest.mark.process

SECRET = "lighthouse"
TABLES = ("member", "client", "share", "words", "week", "progress", "withdrawal", "assignment", "trail", "version")
REFUSED = "42501"
EVERYBODY = [
    "SELECT * FROM words",
    "SELECT seal FROM share",
    "COPY words TO STDOUT",
    "INSERT INTO words VALUES (1, 1, '')",
    "DELETE FROM words",
    "DELETE FROM share",
    "DELETE FROM withdrawal",
    "UPDATE week SET sessions = 0",
    "UPDATE member SET kind = 'auditor'",
    "INSERT INTO member (role, kind) VALUES ('postgres', 'coach')",
    "INSERT INTO trail (did, why) VALUES ('opened', 'nothing')",
    "UPDATE trail SET why = 'nothing'",
    "DELETE FROM trail",
    "TRUNCATE trail",
    "ALTER TABLE trail DISABLE TRIGGER ALL",
    "ALTER TABLE share DISABLE ROW LEVEL SECURITY",
    "DROP TABLE trail",
    "SELECT trim_trail(now(), 'to hide something')",
    "SELECT lock_client(1, repeat('0', 64))",
    "CREATE TABLE rehearse_coach.mine (id integer)",
    "CREATE ROLE mine",
    "SET ROLE practice_owner",
    "SET SESSION AUTHORIZATION practice_owner",
    "UPDATE version SET version_num = '0001'",
]
OF_A_COACH = [
    "INSERT INTO share (client, file, number, made_at, until, seal) VALUES (1, repeat('0', 16), 1, now(), now(), '')",
    "INSERT INTO assignment VALUES ((SELECT max(id) + 1 FROM member), repeat('0', 16), now(), '')",
    "UPDATE assignment SET content = ''",
    "DELETE FROM assignment",
    "SELECT take_share(repeat('0', 64), repeat('1', 64), repeat('2', 16), 1, now(), NULL, now()::date, "
    "repeat('x', 32)::bytea, '', '[]', '[]')",
    "SELECT take_withdrawal(repeat('0', 64), repeat('1', 64), repeat('2', 16), now())",
    "SELECT hand_over(0, repeat('0', 16), 'nobody', '', 'why')",
    "SELECT join_with('Me', repeat('0', 64), 'age1' || repeat('q', 58))",
    "SET ROLE rehearse_supervisor",
]
OF_A_SUPERVISOR = [
    "SELECT key FROM client",
    "SELECT * FROM trail",
    "SELECT * FROM assignment",
    "SELECT * FROM withdrawal",
    "SELECT take_share(signs, repeat('1', 64), repeat('2', 16), 1, now(), NULL, now()::date, '', '', '[]', '[]') "
    "FROM member",
    "SELECT take_withdrawal(signs, repeat('1', 64), repeat('2', 16), now()) FROM member",
    "SELECT hand_over(1, repeat('0', 16), session_user::name, '', 'why')",
    "SELECT take_back(1, session_user::name, 'why')",
    "SET ROLE rehearse_coach",
]
OF_AN_AUDITOR = [
    *(f"SELECT * FROM {table}" for table in TABLES if table not in {"trail", "version"}),
    "SELECT id FROM client",
    "SELECT clients_to_open()",
    "SELECT ask_to_open('{1}', 'curious')",
    "SELECT words_of(1)",
    "SELECT join_with('Me', repeat('0', 64), 'age1' || repeat('q', 58))",
    "SET ROLE rehearse_coach",
]


def state_of(server: Server, sql: str) -> str | None:
    """What the server answers; None: it did so."""
    try:
        rows(server, sql)
    except (DBAPIError, PracticeDatabaseError) as error:
        cause = error if isinstance(error, DBAPIError) else error.__cause__
        assert isinstance(cause, DBAPIError)
        return getattr(cause.orig, "sqlstate", None)
    return None


def rows(server: Server, sql: str) -> list[Any]:
    with server.transaction() as connection:
        connection.exec_driver_sql("SET LOCAL search_path = rehearse_coach")
        result = connection.exec_driver_sql(sql, execution_options={"no_parameters": True})
        return list(result) if result.returns_rows else []


@pytest.fixture
def coach(practice: Practice, two: Two) -> Server:
    """The coach's login. Their client has shared something that others may not read."""
    server = practice.added("coach")
    practice.inbox_of(two.coach, server)
    session = two.client.practises(entry(f"You saw the {SECRET}."), counts=True)
    two.client.shares_to(two.post / "1.rehearse-share", Picks(says=f"The {SECRET}.", transcripts=[session]))
    two.coach.inbox.take_in(two.post / "1.rehearse-share")
    return server


@pytest.fixture
def others(practice: Practice, coach: Server, tmp_path: Path) -> dict[str, Server]:
    """All others who belong to the practice."""
    other = practice.added("coach")
    practice.inbox_of(CoachAtHome(tmp_path / "other", "Bo Lind"), other)
    supervisor, _ = supervisor_of(practice, CoachAtHome(tmp_path / "super", "Cy Moe").keys)
    return {"coach": other, "supervisor": supervisor, "auditor": practice.added("auditor")}


def test_what_nobody_may_and_what_others_may_is_refused(coach: Server, others: dict[str, Server]) -> None:
    asked = [(coach, sql) for sql in OF_A_COACH]
    asked += [(others["supervisor"], sql) for sql in OF_A_SUPERVISOR]
    asked += [(others["auditor"], sql) for sql in OF_AN_AUDITOR]
    asked += [(server, sql) for server in (coach, others["supervisor"], others["auditor"]) for sql in EVERYBODY]
    assert [sql for server, sql in asked if state_of(server, sql) != REFUSED] == []


def test_a_coach_sees_nothing_of_anothers_clients(coach: Server, others: dict[str, Server]) -> None:
    for table in ("client", "week", "progress", "withdrawal"):
        assert rows(others["coach"], f"SELECT * FROM {table}") == []
    assert rows(others["coach"], "SELECT id FROM share") == []
    assert rows(others["coach"], "SELECT * FROM trail WHERE client IS NOT NULL") == []
    assert (
        rows(others["coach"], "SELECT * FROM ask_to_open((SELECT array_agg(n) FROM generate_series(1, 99) n), 'x')")
        == []
    )
    assert {each.role for each in members(others["coach"])} == {role_of(others["coach"]), role_of(others["supervisor"])}
    assert len(rows(coach, "SELECT id FROM share")) == 1


def test_a_supervisor_sees_sums_and_an_auditor_the_trail(coach: Server, others: dict[str, Server]) -> None:
    (found,) = sums(others["supervisor"], AT.date())
    assert (found.coach, found.shares, found.sessions, found.lately, found.turns) == ("Ada Brook", 1, 1, 1, 1)
    assert (found.done, found.asked, found.last_week) == (1, 2, date(2026, 11, 23))
    assert sums(coach, AT.date()) == [found]
    assert sums(others["coach"], AT.date()) == []
    assert [each.did for each in trail(others["auditor"]) if each.client == found.client] == ["took in"]


def test_who_was_added_to_a_group_by_hand_sees_nothing(practice: Practice, coach: Server) -> None:
    for kind in ("coach", "supervisor", "auditor"):
        role = new_role(kind)
        with practice.owner.transaction() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN IN ROLE rehearse_{kind}")
        server = practice.at(practice.url.replace("practice_owner", role))
        table = "trail" if kind == "auditor" else "client"
        assert rows(server, f"SELECT id FROM {table}") == []


def test_a_stolen_copy_tells_no_word(practice: Practice, coach: Server) -> None:
    superuser = practice.at(practice.superusers_url)
    everything = "".join(str(rows(superuser, f"SELECT each::text FROM {table} AS each")) for table in TABLES)
    assert SECRET not in everything
    assert SECRET.encode().hex() not in everything
    ((content,),) = rows(superuser, "SELECT content FROM words")
    assert content.startswith(b"-----BEGIN AGE ENCRYPTED FILE")


def test_what_was_handed_over_a_supervisor_reads_until_it_is_taken_back(
    practice: Practice, two: Two, coach: Server, tmp_path: Path
) -> None:
    keys = CoachAtHome(tmp_path / "super", "Cy Moe").keys
    supervisor, inbox = supervisor_of(practice, keys)
    other = practice.added("coach")
    practice.inbox_of(CoachAtHome(tmp_path / "other", "Bo Lind"), other)
    (client,) = (each.client for each in sums(coach, AT.date()))
    practice_inbox = PracticeInbox(coach, two.coach.keys, "review")
    (share,) = practice_inbox.shares()
    role = role_of(supervisor)
    assert list(inbox.shares()) == []
    assert state_of(other, f"SELECT hand_over({client}, '{share.id}', '{role}', '', 'why')") == REFUSED
    assert state_of(coach, f"SELECT hand_over({client}, '{share.id}', '{role_of(other)}', '', 'why')") == REFUSED
    assert hand_over(coach, two.coach.keys, client, role, keys.coach, "I am on leave") == 1
    assert state_of(other, f"SELECT take_back({client}, '{role}', 'why')") == REFUSED
    assert list(inbox.shares()) == [share]
    auditor = practice.added("auditor")
    assert [(each.who, each.did, each.whom, each.why) for each in trail(auditor, client)][-2:] == [
        (role_of(coach), "handed over", role, "I am on leave"),
        (role, "opened", None, "supervision"),
    ]
    assert take_back(coach, client, role, "back again") == 1
    assert list(inbox.shares()) == []
    assert list(practice_inbox.shares()) == [share]


def test_a_withdrawal_takes_it_from_the_supervisor_too(
    practice: Practice, two: Two, coach: Server, tmp_path: Path
) -> None:
    keys = CoachAtHome(tmp_path / "super", "Cy Moe").keys
    supervisor, inbox = supervisor_of(practice, keys)
    (share,) = two.coach.inbox.shares()
    (client,) = (each.client for each in sums(coach, AT.date()))
    hand_over(coach, two.coach.keys, client, role_of(supervisor), keys.coach, "I am on leave")
    withdraw(two, share)
    assert list(inbox.shares()) == []
    assert rows(practice.at(practice.superusers_url), "SELECT * FROM words") == []


def test_who_was_removed_is_out_at_once_and_another_of_that_name_starts_with_nothing(
    practice: Practice, two: Two, coach: Server, tmp_path: Path
) -> None:
    role = role_of(coach)
    with coach.transaction() as connection:  # logged in still
        remove(practice.owner, role)
        with pytest.raises(DBAPIError):
            connection.exec_driver_sql("SELECT * FROM rehearse_coach.client")
    coach.close()
    with pytest.raises(PracticeDatabaseError, match="does not answer"):
        coach.check()
    successor = practice.added("coach", role)
    practice.inbox_of(CoachAtHome(tmp_path / "other", "Bo Lind"), successor)
    assert sums(successor, AT.date()) == []
    superuser = practice.at(practice.superusers_url)
    assert len(rows(superuser, "SELECT * FROM words")) == 1
    remove(practice.owner, role, and_shares=True)
    assert len(rows(superuser, "SELECT * FROM words")) == 1  # the predecessor's


def test_removed_with_what_was_shared_nothing_is_left_but_the_trail(practice: Practice, coach: Server) -> None:
    ran = remove(practice.owner, role_of(coach), and_shares=True)
    assert ran[-1].startswith("DROP ROLE")
    superuser = practice.at(practice.superusers_url)
    assert [rows(superuser, f"SELECT * FROM {table}") for table in ("words", "share", "week", "client")] == [[]] * 4
    assert "took in" in [each.did for each in trail(practice.owner)]


def test_what_is_no_name_or_is_taken_is_refused(practice: Practice) -> None:
    for role in ("Ada", "a b", "1a", "a'; DROP TABLE x", 'a"', "", "ä", "x" * 41):
        with pytest.raises(PracticeDatabaseError, match="is no name"):
            practice.added("coach", role)
    with pytest.raises(PracticeDatabaseError, match="already; take another"):
        practice.added("coach", "practice_owner")
    with pytest.raises(PracticeDatabaseError, match="no member"):
        remove(practice.owner, "practice_owner")


def test_nobody_comes_in_with_other_keys_than_theirs(
    practice: Practice, two: Two, coach: Server, tmp_path: Path
) -> None:
    other = CoachAtHome(tmp_path / "other", "Bo Lind")
    with pytest.raises(PracticeDatabaseError, match="by other keys"):
        PracticeInbox(coach, other.keys, "review")
    with pytest.raises(PracticeDatabaseError, match="another member has these keys"):
        PracticeInbox(practice.added("coach"), two.coach.keys, "review")
    with pytest.raises(PracticeDatabaseError, match="do not belong"):
        PracticeInbox(practice.owner, other.keys, "review")


def withdraw(two: Two, share: Share) -> None:
    path = two.post / "w.rehearse-share"
    two.client.withdraws(share, path)
    two.coach.inbox.take_in(path)
