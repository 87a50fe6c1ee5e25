"""Which kept files are sealed; those of before are not yet, the worker seals them.

Revision: 0044; follows 0043.
"""

import sqlalchemy as sa
from alembic import op

from core.own_keys import keys

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say of each file that it stands in plain, as it does."""
    op.add_column('stored_file', sa.Column('sealed', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f('ix_stored_file_sealed'), 'stored_file', ['sealed'])


def downgrade() -> None:
    """Open every file again: the old software reads nothing else."""
    _open_all(op.get_bind())
    op.drop_index(op.f('ix_stored_file_sealed'), 'stored_file')
    with op.batch_alter_table('stored_file') as table:
        table.drop_column('sealed')


def _open_all(connection: sa.Connection) -> None:
    for (number,) in connection.execute(sa.text("SELECT id FROM stored_file WHERE sealed")).all():
        found = sa.text("SELECT ref, content FROM stored_file WHERE id = :id")
        row = connection.execute(found, {"id": number}).one()
        plain = keys().open_bytes(bytes(row.content), f"file:{row.ref}")
        opened = sa.text("UPDATE stored_file SET content = :plain WHERE id = :id")
        connection.execute(opened, {"plain": plain, "id": number})
