"""What a signature asks for, and the key that proves a PIN which was checked on the judge's device.

Revision: 0019; follows 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; events that are there ask for the PIN of a judge card."""
    op.add_column('event', sa.Column('signing', sa.String(length=10), nullable=False, server_default='card'))
    op.add_column('user_session', sa.Column('pin_key', sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Take this revision back; signatures stay, what they were made with is no longer asked for."""
    with op.batch_alter_table('user_session') as batch_op:
        batch_op.drop_column('pin_key')
    with op.batch_alter_table('event') as batch_op:
        batch_op.drop_column('signing')
