"""What was said in public about a result, signed.

Revision: 0027; follows 0026.
"""

import sqlalchemy as sa
from alembic import op

import core.types
from core.append_only import keep, release

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; what was announced before has no statement and needs none."""
    op.create_table('result_statement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('statement', core.types.CanonicalJson(), nullable=False),
    sa.Column('kid', sa.String(length=8), nullable=False),
    sa.Column('signature', sa.String(length=128), nullable=False),
    sa.Column('at', core.types.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['result_version.id'], name=op.f('fk_result_statement_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result_statement')),
    sa.UniqueConstraint('ref', name=op.f('uq_result_statement_ref')),
    sa.UniqueConstraint('version_id', 'kind', name=op.f('uq_result_statement_version_id_kind'))
    )
    keep(op.get_bind(), 'result_statement')


def downgrade() -> None:
    """Take this revision back; the statements go with their table."""
    release(op.get_bind(), 'result_statement')
    op.drop_table('result_statement')
