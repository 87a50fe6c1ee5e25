"""The judge register: what is known of judges beyond single events, and their qualifications.

Revision: 0013; follows 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; judges who are there have neither profile nor qualification."""
    op.create_table('judge_profile',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=80), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_judge_profile_unit_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_judge_profile_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_judge_profile'))
    )
    op.create_index(op.f('ix_judge_profile_unit_id'), 'judge_profile', ['unit_id'], unique=False)
    op.create_table('judge_qualification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('trade_id', sa.Integer(), nullable=True),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('certificate_number', sa.String(length=80), nullable=False),
    sa.Column('issued_by', sa.String(length=120), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['trade_id'], ['catalogue_entry.id'], name=op.f('fk_judge_qualification_trade_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_judge_qualification_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judge_qualification'))
    )
    op.create_index(op.f('ix_judge_qualification_trade_id'), 'judge_qualification', ['trade_id'], unique=False)
    op.create_index(op.f('ix_judge_qualification_user_id'), 'judge_qualification', ['user_id'], unique=False)


def downgrade() -> None:
    """Take this revision back; the register goes, appointments stay."""
    op.drop_index(op.f('ix_judge_qualification_user_id'), table_name='judge_qualification')
    op.drop_index(op.f('ix_judge_qualification_trade_id'), table_name='judge_qualification')
    op.drop_table('judge_qualification')
    op.drop_index(op.f('ix_judge_profile_unit_id'), table_name='judge_profile')
    op.drop_table('judge_profile')
