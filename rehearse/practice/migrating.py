"""Bringing a log's tables to the version that this program works with.

Alembic is loaded only where there is a way to go: that takes as long as all else that a short command does.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from rehearse.errors import LogError

VERSION = "0002"
"""Of the newest file in `migrations/versions`."""
_FOLDER = Path(__file__).parent / "migrations"


def version_of(connection: Connection) -> str | None:
    """The version of the tables; None where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(connection: Connection, to: str = VERSION) -> None:
    """Go up to version `to`, all the way or not at all: the caller's transaction is around it.

    Raises:
        LogError: the log was made by a newer program.
    """
    present = version_of(connection)
    if present == to:
        return
    if present is not None and present > to:
        raise LogError(
            f"the practice log has version {present}, and this program knows {VERSION}; bring the program up to date"
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
