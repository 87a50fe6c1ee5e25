"""Evidence that comes with a dispute.

Revision: 0046; follows 0045.
"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'dispute_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('dispute_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['dispute_id'], ['dispute.id'], name=op.f('fk_dispute_file_dispute_id')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_dispute_file_file_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_dispute_file')),
        sa.UniqueConstraint('file_id', name=op.f('uq_dispute_file_file_id')),
    )
    op.create_index(op.f('ix_dispute_file_dispute_id'), 'dispute_file', ['dispute_id'], unique=False)


def downgrade() -> None:
    """Take this revision back; the files themselves stay, and nothing leads to them."""
    op.drop_index(op.f('ix_dispute_file_dispute_id'), table_name='dispute_file')
    op.drop_table('dispute_file')
