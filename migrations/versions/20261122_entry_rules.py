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

    op.add_column('entry', sa.Column('level', sa.String(length=12), nullable=False, server_default='organiser'))
    op.add_column('entry', sa.Column('level_union_id', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_entry_level_union_id'), 'entry', ['level_union_id'], unique=False)
    op.create_table('entry_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('union_id', sa.Integer(), nullable=True),
    sa.Column('decision', sa.String(length=12), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_entry_decision_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_decision_entry_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_entry_decision_union_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_decision'))
    )
    op.create_index(op.f('ix_entry_decision_entry_id'), 'entry_decision', ['entry_id'], unique=False)
    op.create_table('entry_exception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=30), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_entry_exception_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_exception_entry_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_exception'))
    )
    op.create_index(op.f('ix_entry_exception_entry_id'), 'entry_exception', ['entry_id'], unique=False)


def downgrade() -> None:
    """Take this revision back."""
    op.drop_index(op.f('ix_entry_exception_entry_id'), table_name='entry_exception')
    op.drop_table('entry_exception')
    op.drop_index(op.f('ix_entry_decision_entry_id'), table_name='entry_decision')
    op.drop_table('entry_decision')
    op.drop_index(op.f('ix_entry_level_union_id'), table_name='entry')
    op.drop_column('entry', 'level_union_id')
    op.drop_column('entry', 'level')
    with op.batch_alter_table('unit_quota', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_quota_unit_id'))

    op.drop_table('unit_quota')
    op.drop_table('entry_rules')
