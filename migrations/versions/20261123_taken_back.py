"""How many steps of work on an entry were taken back, so that its revision need never fall.

Revision: 0050; follows 0049.
"""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column('entry', sa.Column('taken_back', sa.Integer(), nullable=False, server_default='0'))


def downgrade() -> None:
    """Take this revision back: the revision alone says again how much work stands."""
    op.execute('UPDATE entry SET revision = revision - taken_back')
    op.drop_column('entry', 'taken_back')
