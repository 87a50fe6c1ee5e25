"""Statistical returns: periods, the returns of unions, their steps.

Revision: 0031; follows 0030.
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'return_period',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('union_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(length=120), nullable=False),
        sa.Column('first_day', sa.Date(), nullable=False),
        sa.Column('last_day', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('opened_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_return_period_union_id')),
        sa.ForeignKeyConstraint(['opened_by_id'], ['user_account.id'], name=op.f('fk_return_period_opened_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_return_period')),
        sa.UniqueConstraint('ref', name=op.f('uq_return_period_ref')),
    )
    op.create_index(op.f('ix_return_period_union_id'), 'return_period', ['union_id'])
    op.create_table(
        'union_return',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('period_id', sa.Integer(), nullable=False),
        sa.Column('union_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=12), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('figures', sa.Text(), nullable=False),
        sa.Column('head', sa.String(length=80), nullable=False),
        sa.Column('filler', sa.String(length=80), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['period_id'], ['return_period.id'], name=op.f('fk_union_return_period_id')),
        sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_union_return_union_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_union_return')),
        sa.UniqueConstraint('period_id', 'union_id', name=op.f('uq_union_return_period_id_union_id')),
    )
    op.create_index(op.f('ix_union_return_union_id'), 'union_return', ['union_id'])
    op.create_table(
        'return_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('return_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=12), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('figures', sa.Text(), nullable=False),
        sa.Column('computed', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['return_id'], ['union_return.id'], name=op.f('fk_return_step_return_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_return_step_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_return_step')),
        sa.UniqueConstraint('return_id', 'number', name=op.f('uq_return_step_return_id_number')),
    )


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('return_step')
    op.drop_table('union_return')
    op.drop_table('return_period')
