"""Contests that were held without this system, as unions declare them.

Revision: 0038; follows 0037.
"""

import sqlalchemy as sa
from alembic import op

import core.types

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'declared_contest',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('union_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('kind_id', sa.Integer(), nullable=False),
        sa.Column('level_id', sa.Integer(), nullable=False),
        sa.Column('trade', sa.String(length=160), nullable=False),
        sa.Column('host', sa.String(length=120), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=False),
        sa.Column('ends_on', sa.Date(), nullable=False),
        sa.Column('figures', core.types.CanonicalJson(), nullable=False),
        sa.Column('winners', core.types.CanonicalJson(), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('declared_by_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('withdrawn_reason', sa.Text(), nullable=False),
        sa.Column('demo', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ['declared_by_id'], ['user_account.id'], name=op.f('fk_declared_contest_declared_by_id')
        ),
        sa.ForeignKeyConstraint(['kind_id'], ['catalogue_entry.id'], name=op.f('fk_declared_contest_kind_id')),
        sa.ForeignKeyConstraint(['level_id'], ['catalogue_entry.id'], name=op.f('fk_declared_contest_level_id')),
        sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_declared_contest_union_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_contest')),
        sa.UniqueConstraint('ref', name=op.f('uq_declared_contest_ref')),
    )
    op.create_index(op.f('ix_declared_contest_union_id'), 'declared_contest', ['union_id'])
    op.create_table(
        'declared_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('contest_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['contest_id'], ['declared_contest.id'], name=op.f('fk_declared_file_contest_id')
        ),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_declared_file_file_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_file')),
        sa.UniqueConstraint('file_id', name=op.f('uq_declared_file_file_id')),
    )
    op.create_index(op.f('ix_declared_file_contest_id'), 'declared_file', ['contest_id'])


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('declared_file')
    op.drop_table('declared_contest')
