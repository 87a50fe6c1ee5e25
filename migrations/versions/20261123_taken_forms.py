"""Which forms have been taken, so that one that is sent again enters nothing more.

Revision: 0045; follows 0044.
"""

import sqlalchemy as sa
from alembic import op

import core.types

revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'taken_form',
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('taken_at', core.types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint('digest', name=op.f('pk_taken_form')),
    )
    op.create_index(op.f('ix_taken_form_taken_at'), 'taken_form', ['taken_at'], unique=False)


def downgrade() -> None:
    """Take this revision back; no form is known any more."""
    op.drop_index(op.f('ix_taken_form_taken_at'), table_name='taken_form')
    op.drop_table('taken_form')
