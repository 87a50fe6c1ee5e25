"""What events add to the statistics, what people were when they took part, and reports that somebody saved.

Revision: 0029; follows 0028.
"""

import sqlalchemy as sa
from alembic import op

from reports.statistics import marks

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; what was announced before is counted by the next worker."""
    op.create_table(
        'statistics_event',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('digest', sa.String(length=32), nullable=False),
        sa.Column('statistical_year', sa.Integer(), nullable=False),
        sa.Column('sittings', sa.Integer(), nullable=False),
        sa.Column('participations', sa.Integer(), nullable=False),
        sa.Column('units', sa.Integer(), nullable=False),
        sa.Column('awards', sa.Integer(), nullable=False),
        sa.Column('first_prizes', sa.Integer(), nullable=False),
        sa.Column('people', sa.LargeBinary(), nullable=False),
        sa.Column('unit_set', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_statistics_event_event_id')),
        sa.PrimaryKeyConstraint('event_id', name=op.f('pk_statistics_event')),
    )
    op.create_table(
        'statistics_split',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('attribute', sa.String(length=12), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['event_id'], ['statistics_event.event_id'], name=op.f('fk_statistics_split_event_id'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('event_id', 'attribute', name=op.f('pk_statistics_split')),
    )
    op.create_table(
        'statistics_mark',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_statistics_mark')),
    )
    op.create_index(op.f('ix_statistics_mark_event_id'), 'statistics_mark', ['event_id'])
    op.create_table(
        'saved_report',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('query', sa.Text(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_saved_report_user_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_report')),
        sa.UniqueConstraint('ref', name=op.f('uq_saved_report_ref')),
        sa.UniqueConstraint('user_id', 'name', name=op.f('uq_saved_report_user_id_name')),
    )
    op.add_column('entry', sa.Column('ownership', sa.String(length=12), nullable=True))
    for name, length in (('sex', 6), ('age_band', 5), ('skill_level', 20)):
        op.add_column('entry_member', sa.Column(name, sa.String(length=length), nullable=True))
    marks.attach(op.get_bind())


def downgrade() -> None:
    """Take this revision back; what was taken down of people goes."""
    marks.release(op.get_bind())
    for name in ('sex', 'age_band', 'skill_level'):
        op.drop_column('entry_member', name)
    op.drop_column('entry', 'ownership')
    op.drop_table('saved_report')
    op.drop_index(op.f('ix_statistics_mark_event_id'), table_name='statistics_mark')
    op.drop_table('statistics_mark')
    op.drop_table('statistics_split')
    op.drop_table('statistics_event')
