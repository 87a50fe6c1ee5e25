"""Standings of units and unions over the events of a competition, and their published versions.

Revision: 0030; follows 0029.
"""

import sqlalchemy as sa
from alembic import op

from core.append_only import keep, release

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'standing',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('competition_id', sa.Integer(), nullable=False),
        sa.Column('document', sa.Text(), nullable=False),
        sa.Column('event_ids', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['competition_id'], ['competition.id'], name=op.f('fk_standing_competition_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_standing')),
    )
    op.create_index(op.f('ix_standing_competition_id'), 'standing', ['competition_id'])
    op.create_table(
        'standing_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('standing_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('document', sa.Text(), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('published_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['standing_id'], ['standing.id'], name=op.f('fk_standing_version_standing_id')
        ),
        sa.ForeignKeyConstraint(
            ['published_by_id'], ['user_account.id'], name=op.f('fk_standing_version_published_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_version')),
        sa.UniqueConstraint('standing_id', 'number', name=op.f('uq_standing_version_standing_id_number')),
    )
    op.create_index(op.f('ix_standing_version_standing_id'), 'standing_version', ['standing_id'])
    keep(op.get_bind(), 'standing_version')


def downgrade() -> None:
    """Take this revision back; the published standings go with it."""
    release(op.get_bind(), 'standing_version')
    op.drop_index(op.f('ix_standing_version_standing_id'), table_name='standing_version')
    op.drop_table('standing_version')
    op.drop_index(op.f('ix_standing_competition_id'), table_name='standing')
    op.drop_table('standing')
