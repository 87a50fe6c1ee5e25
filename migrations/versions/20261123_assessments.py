"""Periods of labour contests: deadlines, self-reports with evidence, targets, spot checks.

Revision: 0042; follows 0041.
"""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'assessment_period',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('stage', sa.String(length=40), nullable=False),
        sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_assessment_period_event_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_period')),
        sa.UniqueConstraint('event_id', 'stage', name=op.f('uq_assessment_period_event_id_stage')),
    )
    op.create_index(op.f('ix_assessment_period_event_id'), 'assessment_period', ['event_id'])
    op.create_table(
        'assessment',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('stage', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=12), nullable=False),
        sa.Column('targets', sa.Text(), nullable=False),
        sa.Column('reported', sa.Text(), nullable=False),
        sa.Column('notes', sa.Text(), nullable=False),
        sa.Column('spot', sa.Text(), nullable=False),
        sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('submitted_by_id', sa.Integer(), nullable=True),
        sa.Column('spot_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('spot_by_id', sa.Integer(), nullable=True),
        sa.Column('return_reason', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_assessment_entry_id')),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_assessment_event_id')),
        sa.ForeignKeyConstraint(
            ['spot_by_id'], ['user_account.id'], name=op.f('fk_assessment_spot_by_id')
        ),
        sa.ForeignKeyConstraint(
            ['submitted_by_id'], ['user_account.id'], name=op.f('fk_assessment_submitted_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment')),
        sa.UniqueConstraint('entry_id', 'stage', name=op.f('uq_assessment_entry_id_stage')),
    )
    op.create_index(op.f('ix_assessment_event_id'), 'assessment', ['event_id'])
    op.create_table(
        'assessment_file',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('assessment_id', sa.Integer(), nullable=False),
        sa.Column('aspect', sa.String(length=40), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ['assessment_id'], ['assessment.id'], name=op.f('fk_assessment_file_assessment_id')
        ),
        sa.ForeignKeyConstraint(
            ['file_id'], ['stored_file.id'], name=op.f('fk_assessment_file_file_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_assessment_file')),
        sa.UniqueConstraint('file_id', name=op.f('uq_assessment_file_file_id')),
    )
    op.create_index(op.f('ix_assessment_file_assessment_id'), 'assessment_file', ['assessment_id'])


def downgrade() -> None:
    """Take this revision back; the reports go with it."""
    op.drop_index(op.f('ix_assessment_file_assessment_id'), table_name='assessment_file')
    op.drop_table('assessment_file')
    op.drop_index(op.f('ix_assessment_event_id'), table_name='assessment')
    op.drop_table('assessment')
    op.drop_index(op.f('ix_assessment_period_event_id'), table_name='assessment_period')
    op.drop_table('assessment_period')
