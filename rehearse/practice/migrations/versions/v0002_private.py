"""Sessions in which the safety screen has stepped in, and those that ended with that."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """From version 0001."""
    for name in ("private", "broken_off"):
        op.add_column("session", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
