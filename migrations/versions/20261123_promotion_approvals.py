"""Approved promotions, counted with the statistics; a word that changes with what the statistics keep.

Revision: 0041; follows 0040.
"""

import sqlalchemy as sa
from alembic import op

from reports.statistics import marks

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'promotion_approval',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('person_ref', sa.String(length=32), nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('current', sa.String(length=20), nullable=False),
        sa.Column('target', sa.String(length=20), nullable=False),
        sa.Column('document', sa.String(length=80), nullable=False),
        sa.Column('approved_on', sa.Date(), nullable=False),
        sa.Column('approved_by', sa.String(length=120), nullable=False),
        sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('recorded_by_id', sa.Integer(), nullable=False),
        sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('revoked_reason', sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_promotion_approval_event_id')),
        sa.ForeignKeyConstraint(
            ['recorded_by_id'], ['user_account.id'], name=op.f('fk_promotion_approval_recorded_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_promotion_approval')),
    )
    op.create_index(op.f('ix_promotion_approval_event_id'), 'promotion_approval', ['event_id'])
    op.create_table(
        'statistics_state',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_statistics_state')),
    )
    op.add_column('statistics_event', sa.Column('promotions', sa.Text(), nullable=False, server_default='{}'))
    op.drop_column('statistics_event', 'statistical_year')
    marks.attach(op.get_bind())


def downgrade() -> None:
    """Take this revision back."""
    op.drop_column('statistics_event', 'promotions')
    year = sa.Column('statistical_year', sa.Integer(), nullable=False, server_default='0')
    op.add_column('statistics_event', year)
    op.drop_table('statistics_state')
    op.drop_index(op.f('ix_promotion_approval_event_id'), table_name='promotion_approval')
    op.drop_table('promotion_approval')
    marks.attach(op.get_bind())
