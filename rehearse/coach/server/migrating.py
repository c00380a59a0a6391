"""Bringing the tables of a practice to the version that this program works with: its owner does so, nobody else can."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from rehearse.errors import PracticeDatabaseError

SCHEMA, VERSION_TABLE = "rehearse_coach", "version"
VERSION = "0002"
"""Of the newest file in `migrations/versions`."""
_FOLDER = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """The version of the tables; None where there are none yet."""
    if not inspect(connection).has_table(VERSION_TABLE, schema=SCHEMA):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM rehearse_coach.version")).scalar()
    return found


def check(connection: Connection) -> None:
    """See that the tables are those that this program works with.

    Raises:
        PracticeDatabaseError: they are not.
    """
    present = version_of(connection)
    if present is None:
        raise PracticeDatabaseError(
            "the practice's database holds nothing yet; its owner makes it with `rehearse coach database init`"
        )
    if present < VERSION:
        raise PracticeDatabaseError(
            f"the practice's database has version {present}, and this program needs {VERSION}; its owner brings it up "
            "with `rehearse coach database upgrade`"
        )
    if present > VERSION:
        raise PracticeDatabaseError(
            f"the practice's database has version {present}, and this program knows {VERSION}; bring the program up to "
            "date"
        )


def migrate(connection: Connection, to: str = VERSION) -> None:
    """Go up to version `to`, all the way or not at all: the caller's transaction is around it.

    Raises:
        PracticeDatabaseError: the tables were made by a newer program.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(7269)"))  # one program at a time
    present = version_of(connection)
    if present == to:
        return
    if present is not None and present > to:
        check(connection)
    from alembic import command
    from alembic.config import Config

    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def run(script: Path) -> None:
    """Run a file of SQL, within a migration."""
    from alembic import op

    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8"), execution_options={"no_parameters": True})
