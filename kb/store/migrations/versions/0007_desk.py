"""Editions of reading lists; what people correct or report; questions that are watched, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = ("letter", "event", "watch", "question", "report", "correction", "edition")


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
        sa.Column("query", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("seen", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("question", sa.Integer, sa.ForeignKey("question.id"), nullable=False, index=True),
        sa.Column("person", sa.Integer, sa.ForeignKey("person.id"), index=True),
        sa.Column("address", sa.Text, index=True),
        sa.Column("stop", sa.Text, nullable=False, unique=True),
        sa.Column("confirm", sa.Text, unique=True),
        sa.Column("after", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("question", sa.Integer, sa.ForeignKey("question.id"), nullable=False, index=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "letter",
        sa.Column("watch", sa.Integer, sa.ForeignKey("watch.id"), primary_key=True),
        sa.Column("event", sa.Integer, sa.ForeignKey("event.id"), primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for each in _TABLES:
        op.drop_table(each)
