"""What somebody has taken the headings of lists for.

Revision: 0003; follows 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('heading_choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('heading', sa.String(length=120), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_heading_choice_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heading_choice')),
    sa.UniqueConstraint('user_id', 'heading', name=op.f('uq_heading_choice_user_id_heading'))
    )


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('heading_choice')
