"""What judges were asked to look at again, and what they answered.

Revision: 0023; follows 0022.
"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('second_look',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('aspect', sa.String(length=40), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('before', sa.String(length=40), nullable=False),
    sa.Column('after', sa.String(length=40), nullable=False),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('operation_id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['answer_id'], ['ledger_operation.id'], name=op.f('fk_second_look_answer_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_second_look_event_id')),
    sa.ForeignKeyConstraint(['operation_id'], ['ledger_operation.id'], name=op.f('fk_second_look_operation_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_second_look_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_second_look')),
    sa.UniqueConstraint('operation_id', 'sheet_id', 'aspect', 'attempt', name=op.f('uq_second_look_operation_id_sheet_id_aspect_attempt'))
    )
    op.create_index(op.f('ix_second_look_event_id'), 'second_look', ['event_id'], unique=False)
    op.create_index(op.f('ix_second_look_sheet_id'), 'second_look', ['sheet_id'], unique=False)


def downgrade() -> None:
    """Take this revision back; the ledger still says who was asked what."""
    op.drop_index(op.f('ix_second_look_sheet_id'), table_name='second_look')
    op.drop_index(op.f('ix_second_look_event_id'), table_name='second_look')
    op.drop_table('second_look')
