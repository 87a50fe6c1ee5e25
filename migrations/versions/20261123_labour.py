"""Roles of contests, vetoes of entries, decided ties of standings.

Revision: 0043; follows 0042.
"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column('event', sa.Column('role', sa.String(length=60), server_default='', nullable=False))
    op.add_column('entry', sa.Column('veto_on', sa.Date(), nullable=True))
    op.add_column(
        'entry', sa.Column('veto_source', sa.String(length=200), server_default='', nullable=False)
    )
    op.add_column('standing', sa.Column('orders', sa.Text(), server_default='[]', nullable=False))


def downgrade() -> None:
    """Take this revision back."""
    op.drop_column('standing', 'orders')
    op.drop_column('entry', 'veto_source')
    op.drop_column('entry', 'veto_on')
    op.drop_column('event', 'role')
