"""Ceremonies in which results are uncovered, and their steps.

Revision: 0028; follows 0027.
"""

import sqlalchemy as sa
from alembic import op

from core.append_only import keep, release

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table('ceremony',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('manner', sa.String(length=8), nullable=False),
    sa.Column('singly', sa.Integer(), nullable=False),
    sa.Column('prepared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('prepared_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_ceremony_event_id')),
    sa.ForeignKeyConstraint(['prepared_by_id'], ['user_account.id'], name=op.f('fk_ceremony_prepared_by_id')),
    sa.ForeignKeyConstraint(['version_id'], ['result_version.id'], name=op.f('fk_ceremony_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ceremony')),
    sa.UniqueConstraint('ref', name=op.f('uq_ceremony_ref'))
    )
    op.create_index(op.f('ix_ceremony_event_id'), 'ceremony', ['event_id'], unique=False)
    op.create_table('ceremony_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ceremony_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_ceremony_step_by_id')),
    sa.ForeignKeyConstraint(['ceremony_id'], ['ceremony.id'], name=op.f('fk_ceremony_step_ceremony_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ceremony_step')),
    sa.UniqueConstraint('ceremony_id', 'number', name=op.f('uq_ceremony_step_ceremony_id_number'))
    )
    keep(op.get_bind(), 'ceremony')
    keep(op.get_bind(), 'ceremony_step')


def downgrade() -> None:
    """Drop the tables; the record of acts still says what was uncovered when."""
    for table in ('ceremony_step', 'ceremony'):
        release(op.get_bind(), table)
    op.drop_table('ceremony_step')
    op.drop_index(op.f('ix_ceremony_event_id'), 'ceremony')
    op.drop_table('ceremony')
