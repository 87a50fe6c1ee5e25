"""Substitutes, authors, files of works, attendance and substitutions.

Revision: 0007; follows 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


# SQLite adds and drops these columns in place. Building the tables anew would drop the old ones, and what
# refers to their rows forbids that.
COLUMNS = {
    'entry': (
        sa.Column('category', sa.String(length=60), nullable=False, server_default=''),
        sa.Column('summary', sa.Text(), nullable=False, server_default=''),
        sa.Column('attendance', sa.String(length=10), nullable=False, server_default=''),
        sa.Column('attended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('attended_by_id', sa.Integer(), nullable=True),
    ),
    'entry_member': (
        sa.Column('role', sa.String(length=12), nullable=False, server_default='member'),
        sa.Column('unit_name', sa.String(length=120), nullable=False, server_default=''),
    ),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column._copy())
    op.create_table(
        'substitution',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('left_ref', sa.String(length=32), nullable=False),
        sa.Column('left_name', sa.String(length=80), nullable=False),
        sa.Column('came_ref', sa.String(length=32), nullable=False),
        sa.Column('came_name', sa.String(length=80), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('review', sa.String(length=12), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['by_id'], ['user_account.id'], name=op.f('fk_substitution_by_id_user_account')
        ),
        sa.ForeignKeyConstraint(
            ['entry_id'], ['entry.id'], name=op.f('fk_substitution_entry_id_entry'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_substitution')),
    )
    op.create_index(op.f('ix_substitution_entry_id'), 'substitution', ['entry_id'], unique=False)
    op.create_table(
        'entry_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(length=120), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['entry_id'], ['entry.id'], name=op.f('fk_entry_file_entry_id_entry'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(
            ['file_id'], ['stored_file.id'], name=op.f('fk_entry_file_file_id_stored_file')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_file')),
        sa.UniqueConstraint('file_id', name=op.f('uq_entry_file_file_id')),
    )
    op.create_index(op.f('ix_entry_file_entry_id'), 'entry_file', ['entry_id'], unique=False)


def downgrade() -> None:
    """Take this revision back; the kept files stay, with nothing that names them."""
    op.drop_index(op.f('ix_entry_file_entry_id'), table_name='entry_file')
    op.drop_table('entry_file')
    op.drop_index(op.f('ix_substitution_entry_id'), table_name='substitution')
    op.drop_table('substitution')
    for table, columns in COLUMNS.items():
        for column in reversed(columns):
            op.drop_column(table, column.name)
