"""The register of honours: recommended, granted, declined, revoked.

Revision: 0034; follows 0033.
"""

import sqlalchemy as sa
from alembic import op

from core.types import UtcDateTime

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None
LIVE = sa.text("state IN ('recommended', 'granted')")
INDEXED = ('person_ref', 'unit_id', 'union_id', 'competition_id', 'event_id', 'granted_on')


def upgrade() -> None:
    """Bring the tables up to this revision; nobody holds an honour in the register yet."""
    op.create_table('honour',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('level', sa.String(length=12), nullable=False),
    sa.Column('recipient', sa.String(length=120), nullable=False),
    sa.Column('person_ref', sa.String(length=32), nullable=True),
    sa.Column('unit_name', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('union_id', sa.Integer(), nullable=False),
    sa.Column('competition_id', sa.Integer(), nullable=True),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('award', sa.String(length=60), nullable=False),
    sa.Column('grouping', sa.String(length=12), nullable=False),
    sa.Column('migrant', sa.Boolean(), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('once_key', sa.String(length=64), nullable=False),
    sa.Column('recorded_at', UtcDateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('granted_by', sa.String(length=120), nullable=False),
    sa.Column('document', sa.String(length=80), nullable=False),
    sa.Column('granted_on', sa.Date(), nullable=True),
    sa.Column('ended_document', sa.String(length=80), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('ended_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_honour_unit_id')),
    sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_honour_union_id')),
    sa.ForeignKeyConstraint(['competition_id'], ['competition.id'], name=op.f('fk_honour_competition_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_honour_event_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_honour_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_honour'))
    )
    for column in INDEXED:
        op.create_index(op.f(f'ix_honour_{column}'), 'honour', [column], unique=False)
    op.create_index('ix_honour_once', 'honour', ['once_key'], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)


def downgrade() -> None:
    """Take this revision back; the register of honours goes."""
    op.drop_index('ix_honour_once', table_name='honour', sqlite_where=LIVE, postgresql_where=LIVE)
    for column in reversed(INDEXED):
        op.drop_index(op.f(f'ix_honour_{column}'), table_name='honour')
    op.drop_table('honour')
