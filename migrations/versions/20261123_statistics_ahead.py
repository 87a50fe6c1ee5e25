"""Counts that the worker makes ahead, and which events it has counted lately instead of one word for all.

Revision: 0047; follows 0046.
"""

import sqlalchemy as sa
from alembic import op

from reports.statistics import marks

revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.drop_table('statistics_state')
    op.create_table(
        'statistics_change',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_statistics_change')),
    )
    op.create_index(op.f('ix_statistics_change_state'), 'statistics_change', ['state'])
    op.create_table(
        'statistics_count',
        sa.Column('key', sa.String(length=32), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_statistics_count')),
    )
    marks.attach(op.get_bind())
    # Counting a single event anew lets the worker say that something is kept, and count ahead.
    op.execute(
        'INSERT INTO statistics_mark (event_id) SELECT event_id FROM statistics_event ORDER BY event_id LIMIT 1'
    )


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('statistics_count')
    op.drop_index(op.f('ix_statistics_change_state'), table_name='statistics_change')
    op.drop_table('statistics_change')
    op.create_table(
        'statistics_state',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_statistics_state')),
    )
    marks.attach(op.get_bind())
