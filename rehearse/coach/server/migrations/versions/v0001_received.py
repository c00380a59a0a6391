"""The first tables: who belongs to the practice, what was received, and the audit trail."""

from pathlib import Path

from rehearse.coach.server.migrating import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From nothing to version 1."""
    run(Path(__file__).with_suffix(".sql"))
