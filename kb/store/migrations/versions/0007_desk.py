"""Editions of reading lists; what people correct or report; questions that are watched, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = ("event", "question", "report", "correction", "edition")


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("list", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("page", sa.LargeBinary, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("publication", sa.Text, nullable=False, index=True),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("person", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("undone", sa.Text),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("publication", sa.Text, nullable=False, index=True),
        sa.Column("fact", sa.Text),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("answer", sa.Text),
        sa.Column("answered", sa.Text),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("person", sa.Integer, sa.ForeignKey("person.id")),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("stop", sa.Text, unique=True),
        sa.Column("seen", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("stopped", sa.Text),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("question", sa.Integer, sa.ForeignKey("question.id"), nullable=False, index=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sent", sa.Text),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for each in _TABLES:
        op.drop_table(each)
