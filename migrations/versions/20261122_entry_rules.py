"""Who may enter as data, quotas of units, levels of reviewing.

Revision: 0008; follows 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('entry_rules',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_entry_rules_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_entry_rules'))
    )
    op.create_table('unit_quota',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.CheckConstraint('places >= 0', name=op.f('ck_unit_quota_places_not_negative')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_unit_quota_event_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_quota_unit_id')),
    sa.PrimaryKeyConstraint('event_id', 'unit_id', name=op.f('pk_unit_quota'))
    )
    with op.batch_alter_table('unit_quota', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_quota_unit_id'), ['unit_id'], unique=False)


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table('unit_quota', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_quota_unit_id'))

    op.drop_table('unit_quota')
    op.drop_table('entry_rules')
