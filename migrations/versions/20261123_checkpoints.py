"""Signed checkpoints of the ledgers.

Revision: 0022; follows 0021.
"""

import sqlalchemy as sa
from alembic import op

from core.append_only import keep, release

revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nothing that was written before has a checkpoint."""
    op.create_table('checkpoint',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('occasion', sa.String(length=30), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('head', sa.String(length=64), nullable=False),
    sa.Column('audit_seq', sa.Integer(), nullable=False),
    sa.Column('audit_head', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kid', sa.String(length=8), nullable=False),
    sa.Column('signature', sa.String(length=128), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_checkpoint_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checkpoint'))
    )
    op.create_index(op.f('ix_checkpoint_event_id'), 'checkpoint', ['event_id'], unique=False)
    keep(op.get_bind(), 'checkpoint')


def downgrade() -> None:
    """Drop the table."""
    release(op.get_bind(), 'checkpoint')
    op.drop_index(op.f('ix_checkpoint_event_id'), table_name='checkpoint')
    op.drop_table('checkpoint')
