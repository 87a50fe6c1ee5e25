"""What judges declare in their own words.

Revision: 0014; follows 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; what organisers have declared has no words of a judge."""
    with op.batch_alter_table('declared_conflict') as batch_op:
        batch_op.add_column(sa.Column('named', sa.String(length=120), server_default='', nullable=False))


def downgrade() -> None:
    """Take this revision back; a declaration that names no registered unit then says nothing of whom."""
    with op.batch_alter_table('declared_conflict') as batch_op:
        batch_op.drop_column('named')
