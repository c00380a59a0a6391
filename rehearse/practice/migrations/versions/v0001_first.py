"""The first tables. Before them, each session was a report of its own; `rehearse.practice.importing` reads those."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """From nothing to version 1."""
    op.create_table(
        "session",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("began_at", sa.DateTime, nullable=False),
        sa.Column("utc_offset_s", sa.Integer, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("scenario", sa.String, nullable=False),
        sa.Column("seed", sa.BigInteger, nullable=False),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("medium", sa.String, nullable=False),
        sa.Column("partner", sa.String, nullable=False),
        sa.Column("pronoun", sa.String),
        sa.Column("ending", sa.String),
        sa.Column("completed", sa.Boolean, nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("retries", sa.Integer, nullable=False),
        sa.Column("practised_s", sa.Double, nullable=False),
        *(
            sa.Column(name, sa.Integer)
            for name in ("labels", "granular", "listening", "fixing", "defensive", "occasions")
        ),
        sa.Column("mood_before", sa.Integer),
        sa.Column("mood_after", sa.Integer),
        sa.Column("source", sa.String),
        sa.Column("wordless", sa.Boolean, nullable=False),
        sa.Column("report", sa.JSON, nullable=False),
        sa.Column("position", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("source", name="uq_session_source"),
        sa.CheckConstraint("mood_before BETWEEN 0 AND 10", name="ck_session_mood_before"),
        sa.CheckConstraint("mood_after BETWEEN 0 AND 10", name="ck_session_mood_after"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_session_began_at", "session", ["began_at"])
    op.create_index("ix_session_scenario", "session", ["scenario"])
    op.create_table(
        "turn",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session_id", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("retried", sa.Boolean, nullable=False),
        sa.Column("entry", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_turn"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_turn_session_id", ondelete="CASCADE"),
        sa.UniqueConstraint("session_id", "place", name="uq_turn_session_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "recording",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("turn_id", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("seconds", sa.Double, nullable=False),
        sa.Column("flac", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_recording"),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name="fk_recording_turn_id", ondelete="CASCADE"),
        sa.UniqueConstraint("turn_id", name="uq_recording_turn_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recording_expires_at", "recording", ["expires_at"])
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session_id", sa.Integer),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.Column("utc_offset_s", sa.Integer, nullable=False),
        sa.Column("edited_at", sa.DateTime),
        sa.Column("question", sa.String),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("for_coach", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name="fk_journal_entry_session_id", ondelete="SET NULL"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_entry_session_id", "journal_entry", ["session_id"])
    op.create_index("ix_journal_entry_written_at", "journal_entry", ["written_at"])
    op.create_table(
        "planned_talk",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("planned_at", sa.DateTime, nullable=False),
        sa.Column("with_whom", sa.String, nullable=False),
        sa.Column("about", sa.String, nullable=False),
        sa.Column("scenario", sa.String),
        sa.Column("on_day", sa.Date),
        sa.Column("first_sentence", sa.String, nullable=False),
        sa.Column("when_hot", sa.String, nullable=False),
        sa.Column("answered_at", sa.DateTime),
        sa.Column("happened", sa.Boolean),
        sa.Column("happened_on", sa.Date),
        sa.Column("how_it_went", sa.String, nullable=False),
        sa.Column("say_again", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_planned_talk"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("scenario", sa.String, nullable=False),
        sa.Column("mode", sa.String, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("session_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name="fk_proposal_session_id", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposal_day", "proposal", ["day"])
    op.create_index("ix_proposal_session_id", "proposal", ["session_id"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE passage USING fts5(line, words, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("CREATE TABLE passage (id BIGINT PRIMARY KEY, line TEXT NOT NULL, words TEXT NOT NULL)")
        op.execute("CREATE INDEX ix_passage ON passage USING gin (to_tsvector('english', line || ' ' || words))")
