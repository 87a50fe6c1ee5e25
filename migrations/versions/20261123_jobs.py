"""Long work: jobs, their parts and the files that they make.

Revision: 0025; follows 0024.
"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'job',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('subject', sa.String(length=60), nullable=False),
        sa.Column('wishes', sa.Text(), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('total', sa.Integer(), nullable=False),
        sa.Column('done', sa.Integer(), nullable=False),
        sa.Column('faults', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('created_by_id', sa.Integer(), nullable=True),
        sa.Column('beat_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('dropped_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_job_created_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
        sa.UniqueConstraint('ref', name=op.f('uq_job_ref')),
    )
    op.create_index(op.f('ix_job_state'), 'job', ['state'])
    op.create_index(op.f('ix_job_subject'), 'job', ['subject'])
    unfinished = sa.text("state IN ('waiting', 'running')")
    op.create_index(
        'ix_job_unfinished', 'job', ['subject'], unique=True, sqlite_where=unfinished, postgresql_where=unfinished
    )
    op.create_table(
        'job_part',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('job_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=160), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['job_id'], ['job.id'], name=op.f('fk_job_part_job_id')),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_job_part_file_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_job_part')),
        sa.UniqueConstraint('job_id', 'number', name=op.f('uq_job_part_job_id_number')),
    )


def downgrade() -> None:
    """Take this revision back; the files that jobs have made go with them."""
    made = "SELECT file_id FROM job_part WHERE file_id IS NOT NULL"
    op.execute(f"CREATE TEMPORARY TABLE made_by_jobs AS {made}")
    op.drop_table('job_part')
    op.drop_table('job')
    op.execute("DELETE FROM stored_file WHERE id IN (SELECT file_id FROM made_by_jobs)")
    op.execute("DROP TABLE made_by_jobs")
