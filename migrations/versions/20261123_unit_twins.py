"""Units that were made one, and alike ones that are two.

Revision: 0018; follows 0017.
"""

import sqlalchemy as sa
from alembic import op

import core.types

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; no units have been merged yet."""
    op.create_table('unit_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('moved', core.types.CanonicalJson(), nullable=False),
    sa.Column('before', core.types.CanonicalJson(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', core.types.UtcDateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', core.types.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_unit_merge_by_id')),
    sa.ForeignKeyConstraint(['gone_id'], ['unit.id'], name=op.f('fk_unit_merge_gone_id')),
    sa.ForeignKeyConstraint(['kept_id'], ['unit.id'], name=op.f('fk_unit_merge_kept_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_merge'))
    )
    op.create_index(op.f('ix_unit_merge_gone_id'), 'unit_merge', ['gone_id'], unique=False)
    op.create_index(op.f('ix_unit_merge_kept_id'), 'unit_merge', ['kept_id'], unique=False)
    op.create_table('units_apart',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('at', core.types.UtcDateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_units_apart_by_id')),
    sa.ForeignKeyConstraint(['first_id'], ['unit.id'], name=op.f('fk_units_apart_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['unit.id'], name=op.f('fk_units_apart_second_id')),
    sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_units_apart'))
    )
    op.create_index(op.f('ix_units_apart_second_id'), 'units_apart', ['second_id'], unique=False)


def downgrade() -> None:
    """Take this revision back; what was merged stays merged and can no longer be undone."""
    op.drop_index(op.f('ix_units_apart_second_id'), table_name='units_apart')
    op.drop_table('units_apart')
    op.drop_index(op.f('ix_unit_merge_kept_id'), table_name='unit_merge')
    op.drop_index(op.f('ix_unit_merge_gone_id'), table_name='unit_merge')
    op.drop_table('unit_merge')
