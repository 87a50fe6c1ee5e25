"""Checkpoints of the record of the site, which belong to no event.

Revision: 0040; follows 0039.
"""

import sqlalchemy as sa
from alembic import op

from core.append_only import keep, release

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a checkpoint be without an event; SQLite makes the table anew, without its triggers."""
    release(op.get_bind(), 'checkpoint')
    with op.batch_alter_table('checkpoint') as table:
        table.alter_column('event_id', existing_type=sa.Integer(), nullable=True)
    keep(op.get_bind(), 'checkpoint')


def downgrade() -> None:
    """Remove the checkpoints of the site: the old software cannot read them."""
    release(op.get_bind(), 'checkpoint')
    op.execute("DELETE FROM checkpoint WHERE event_id IS NULL")
    with op.batch_alter_table('checkpoint') as table:
        table.alter_column('event_id', existing_type=sa.Integer(), nullable=False)
    keep(op.get_bind(), 'checkpoint')
