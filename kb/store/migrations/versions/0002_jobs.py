"""Jobs: how far each has come, and whose run a logged run was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("watermark", sa.Text),
        sa.Column("pending", sa.Text),
        sa.Column("mark", sa.Text),
        sqlite_strict=True,
    )
    op.add_column("run", sa.Column("job", sa.Text))


def downgrade() -> None:
    op.drop_table("job")
    op.drop_column("run", "job")
