"""What takes two people: corrections of closed sheets, and the re-check.

Revision: 0024; follows 0023.
"""

import sqlalchemy as sa
from alembic import op

import core.types
from core import append_only

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; nothing has been corrected or compared yet."""
    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('changes', core.types.CanonicalJson(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('proposed_at', core.types.UtcDateTime(), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('decline_reason', sa.Text(), nullable=False),
    sa.Column('operation_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_correction_decided_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_correction_event_id')),
    sa.ForeignKeyConstraint(['operation_id'], ['ledger_operation.id'], name=op.f('fk_correction_operation_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user_account.id'],
                            name=op.f('fk_correction_proposed_by_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_correction_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('ref', name=op.f('uq_correction_ref'))
    )
    for column in ('event_id', 'sheet_id'):
        op.create_index(op.f(f'ix_correction_{column}'), 'correction', [column])
    op.create_table('recheck',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('drawn_at', core.types.UtcDateTime(), nullable=False),
    sa.Column('drawn_by_id', sa.Integer(), nullable=False),
    sa.Column('whole_at', core.types.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['drawn_by_id'], ['user_account.id'], name=op.f('fk_recheck_drawn_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_recheck_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_recheck'))
    )
    op.create_table('comparison',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('agrees', sa.Boolean(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', core.types.UtcDateTime(), nullable=False),
    sa.Column('operation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_comparison_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_comparison_event_id')),
    sa.ForeignKeyConstraint(['operation_id'], ['ledger_operation.id'], name=op.f('fk_comparison_operation_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_comparison_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comparison'))
    )
    for column in ('event_id', 'sheet_id'):
        op.create_index(op.f(f'ix_comparison_{column}'), 'comparison', [column])
    append_only.keep(op.get_bind(), 'comparison')


def downgrade() -> None:
    """Take this revision back; corrections stay in the ledger."""
    append_only.release(op.get_bind(), 'comparison')
    for table in ('comparison', 'recheck', 'correction'):
        op.drop_table(table)
