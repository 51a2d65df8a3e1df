"""The first house: payloads, records, publications, identities, changes, quarantine, runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payload",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("format", sa.Text),
        sa.Column("fetched_at", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("machine", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "record",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("publication", sa.Text, sa.ForeignKey("publication.id"), nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, sa.ForeignKey("payload.digest"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_record_publication", "record", ["publication"])
    op.create_table(
        "identity",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("publication", sa.Text, sa.ForeignKey("publication.id"), primary_key=True),
        sqlite_strict=True,
    )
    op.create_table(
        "change",
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("publication", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index("change_publication", "change", ["publication", "revision"])
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("payload", sa.Text, sa.ForeignKey("payload.digest"), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("mended_at", sa.Text),
        sa.UniqueConstraint("payload", "key", name="quarantine_entry"),
        sqlite_strict=True,
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("started_at", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in ("run", "quarantine", "change", "identity", "record", "publication", "payload"):
        op.drop_table(table)
