"""The own trade of whoever is entered, as it was at the time of entry.

Revision: 0016; follows 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; of people who are entered already no trade is known."""
    with op.batch_alter_table('entry_member') as batch_op:
        batch_op.add_column(sa.Column('trade_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_entry_member_trade_id'), 'catalogue_entry', ['trade_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_entry_member_trade_id'), ['trade_id'])


def downgrade() -> None:
    """Take this revision back; the own trades go."""
    with op.batch_alter_table('entry_member') as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_member_trade_id'))
        batch_op.drop_constraint(batch_op.f('fk_entry_member_trade_id'), type_='foreignkey')
        batch_op.drop_column('trade_id')
