"""Copies of what the coaches have assigned."""

from pathlib import Path

from rehearse.coach.server.migrating import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """From version 0001."""
    run(Path(__file__).with_suffix(".sql"))
