"""What publications cite, to be looked up from either end; and when a list in a format was fetched last.

Nothing is filled in: the records of older stores hold no references. They come with the next version of each record,
or at once with `touchstone ingest reparse`, from the documents that are kept.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "citing",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("publication", sa.Text, sa.ForeignKey("publication.id"), nullable=False, unique=True),
        sqlite_strict=True,
    )
    op.create_table(
        "reference",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("citing", sa.Integer, sa.ForeignKey("citing.number"), primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reference_citing", "reference", ["citing"])
    op.create_index("payload_format", "payload", ["format", "fetched_at"])


def downgrade() -> None:
    op.drop_index("payload_format", "payload")
    op.drop_index("ix_reference_citing", "reference")
    op.drop_table("reference")
    op.drop_table("citing")
