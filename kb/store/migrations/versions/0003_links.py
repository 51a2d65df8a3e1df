"""Links between publications; and the keys that records are looked up by, cut anew to survive damage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kb.store.keys import cut_anew

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link",
        sa.Column("about", sa.Text, primary_key=True),
        sa.Column("one", sa.Text, primary_key=True),
        sa.Column("other", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("said_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_link_other", "link", ["other"])
    op.create_index("ix_identity_publication", "identity", ["publication"])
    cut_anew(op.get_bind())


def downgrade() -> None:
    op.drop_index("ix_identity_publication", "identity")
    op.drop_table("link")
