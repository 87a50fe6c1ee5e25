"""Numbered import batches that can be undone, and how often an entry was worked on.

Revision: 0004; follows 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


# SQLite adds and drops these columns in place. Building the tables anew would drop the old ones, and what
# refers to their rows forbids that.
COLUMNS = {
    'import_batch': (
        sa.Column('number', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('changed', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('left_out', sa.Integer(), nullable=False, server_default='0'),
        sa.Column('before', sa.LargeBinary(), nullable=True),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    ),
    'entry': (sa.Column('revision', sa.Integer(), nullable=False, server_default='0'),),
}


def upgrade() -> None:
    """Bring the tables up to this revision; the batches that are there are numbered in their order."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column._copy())
    op.execute(
        'UPDATE import_batch SET number = (SELECT count(*) FROM import_batch AS other'
        ' WHERE other.event_id = import_batch.event_id AND other.id <= import_batch.id)'
    )
    op.create_index('ix_import_batch_number', 'import_batch', ['event_id', 'number'], unique=True)
    op.create_index(op.f('ix_entry_batch_id'), 'entry', ['batch_id'], unique=False)


def downgrade() -> None:
    """Take this revision back."""
    op.drop_index(op.f('ix_entry_batch_id'), table_name='entry')
    op.drop_index('ix_import_batch_number', table_name='import_batch')
    for table, columns in COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)
