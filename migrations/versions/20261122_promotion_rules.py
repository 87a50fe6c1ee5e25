"""Promotion rules of an event, by version.

Revision: 0002; follows 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('promotion_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_promotion_rules_created_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_promotion_rules_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion_rules')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_promotion_rules_event_id_number'))
    )
    with op.batch_alter_table('promotion_rules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_promotion_rules_event_id'), ['event_id'], unique=False)


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table('promotion_rules', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_promotion_rules_event_id'))

    op.drop_table('promotion_rules')
