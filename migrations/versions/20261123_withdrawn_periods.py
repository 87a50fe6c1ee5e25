"""Let a period for which returns were asked be withdrawn.

Revision: 0049; follows 0048.
"""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when it was withdrawn."""
    with op.batch_alter_table("return_period") as table:
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget it: what was withdrawn is asked for again."""
    with op.batch_alter_table("return_period") as table:
        table.drop_column("withdrawn_at")
