"""Public boards: opened, frozen, thawed, closed.

Revision: 0033; follows 0032.
"""

import sqlalchemy as sa
from alembic import op

from core.append_only import keep, release
from core.types import CanonicalJson

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; every board is closed."""
    op.create_table('board_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('content', CanonicalJson(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_board_act_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_board_act_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_act'))
    )
    op.create_index(op.f('ix_board_act_event_id'), 'board_act', ['event_id'], unique=False)
    keep(op.get_bind(), 'board_act')


def downgrade() -> None:
    """Drop the table; the record of acts still says who froze what when."""
    release(op.get_bind(), 'board_act')
    op.drop_index(op.f('ix_board_act_event_id'), 'board_act')
    op.drop_table('board_act')
