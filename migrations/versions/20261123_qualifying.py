"""From one level of a contest to the next: rules of qualifying, and who qualified.

Revision: 0039; follows 0038.
"""

import sqlalchemy as sa
from alembic import op

import core.types

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'qualification',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('source_id', sa.Integer(), nullable=False),
        sa.Column('target_id', sa.Integer(), nullable=False),
        sa.Column('rule', core.types.CanonicalJson(), nullable=False),
        sa.Column('stage', sa.String(length=40), nullable=False),
        sa.Column('version', sa.Integer(), nullable=True),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('done_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['done_by_id'], ['user_account.id'], name=op.f('fk_qualification_done_by_id')),
        sa.ForeignKeyConstraint(['source_id'], ['event.id'], name=op.f('fk_qualification_source_id')),
        sa.ForeignKeyConstraint(['target_id'], ['event.id'], name=op.f('fk_qualification_target_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_qualification')),
        sa.UniqueConstraint('source_id', 'target_id', name=op.f('uq_qualification_source_id_target_id')),
    )
    op.create_index(op.f('ix_qualification_target_id'), 'qualification', ['target_id'])
    op.create_table(
        'qualified_place',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('qualification_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('source_entry_id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=True),
        sa.Column('rank', sa.Integer(), nullable=False),
        sa.Column('total', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['entry_id'], ['entry.id'], name=op.f('fk_qualified_place_entry_id'), ondelete='SET NULL'
        ),
        sa.ForeignKeyConstraint(
            ['qualification_id'], ['qualification.id'], name=op.f('fk_qualified_place_qualification_id')
        ),
        sa.ForeignKeyConstraint(
            ['source_entry_id'], ['entry.id'], name=op.f('fk_qualified_place_source_entry_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_qualified_place')),
        sa.UniqueConstraint(
            'qualification_id', 'source_entry_id', name=op.f('uq_qualified_place_qualification_id_source_entry_id')
        ),
    )
    op.create_index(op.f('ix_qualified_place_qualification_id'), 'qualified_place', ['qualification_id'])


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('qualified_place')
    op.drop_table('qualification')
