"""What is said of works, disputes about them, and how and until when experts mark.

Revision: 0037; follows 0036.
"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

COLUMNS = {
    'event': (
        sa.Column('marks_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('anonymous', sa.Boolean(), nullable=False, server_default=sa.true()),
    ),
    'entry_member': (sa.Column('share', sa.Integer(), nullable=True),),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column._copy())
    op.create_table(
        'work_particulars',
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('nature', sa.String(length=12), nullable=False),
        sa.Column('implemented', sa.Boolean(), nullable=False),
        sa.Column('implemented_on', sa.Date(), nullable=True),
        sa.Column('benefit', sa.BigInteger(), nullable=True),
        sa.Column('evidence', sa.Boolean(), nullable=False),
        sa.Column('basis', sa.Text(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['entry_id'], ['entry.id'], name=op.f('fk_work_particulars_entry_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_work_particulars')),
    )
    op.create_table(
        'dispute',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=12), nullable=False),
        sa.Column('said', sa.LargeBinary(), nullable=False),
        sa.Column('raised_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('raised_by_id', sa.Integer(), nullable=False),
        sa.Column('decision', sa.String(length=12), nullable=False),
        sa.Column('reasons', sa.Text(), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_dispute_decided_by_id')),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_dispute_entry_id')),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_dispute_event_id')),
        sa.ForeignKeyConstraint(['raised_by_id'], ['user_account.id'], name=op.f('fk_dispute_raised_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_dispute')),
        sa.UniqueConstraint('event_id', 'number', name=op.f('uq_dispute_event_id_number')),
        sa.UniqueConstraint('ref', name=op.f('uq_dispute_ref')),
    )
    op.create_index(op.f('ix_dispute_entry_id'), 'dispute', ['entry_id'])


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('dispute')
    op.drop_table('work_particulars')
    for table, columns in COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)
