"""Appeals with their evidence, and what is released for correction once names are open.

Revision: 0035; follows 0034.
"""

import sqlalchemy as sa
from alembic import op

import core.types

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; nobody has appealed yet."""
    op.create_table('correction_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=True),
    sa.Column('penalty_id', sa.Integer(), nullable=True),
    sa.Column('basis', sa.String(length=8), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', core.types.UtcDateTime(), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('closed_reason', sa.Text(), nullable=False),
    sa.Column('correction_id', sa.Integer(), nullable=True),
    sa.Column('operation_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_correction_release_asked_by_id')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user_account.id'], name=op.f('fk_correction_release_closed_by_id')),
    sa.ForeignKeyConstraint(['correction_id'], ['correction.id'], name=op.f('fk_correction_release_correction_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_correction_release_decided_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_correction_release_event_id')),
    sa.ForeignKeyConstraint(['operation_id'], ['ledger_operation.id'], name=op.f('fk_correction_release_operation_id')),
    sa.ForeignKeyConstraint(['penalty_id'], ['penalty.id'], name=op.f('fk_correction_release_penalty_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_correction_release_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction_release')),
    sa.UniqueConstraint('ref', name=op.f('uq_correction_release_ref'))
    )
    op.create_index(op.f('ix_correction_release_event_id'), 'correction_release', ['event_id'], unique=False)
    op.create_index(op.f('ix_correction_release_sheet_id'), 'correction_release', ['sheet_id'], unique=False)
    op.create_table('appeal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('about', core.types.CanonicalJson(), nullable=False),
    sa.Column('said', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('filed_at', core.types.UtcDateTime(), nullable=False),
    sa.Column('filed_by_id', sa.Integer(), nullable=False),
    sa.Column('taken_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('taken_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('opened', core.types.CanonicalJson(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_appeal_decided_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_appeal_entry_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_appeal_event_id')),
    sa.ForeignKeyConstraint(['filed_by_id'], ['user_account.id'], name=op.f('fk_appeal_filed_by_id')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['user_account.id'], name=op.f('fk_appeal_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_appeal_event_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_appeal_ref'))
    )
    op.create_index(op.f('ix_appeal_entry_id'), 'appeal', ['entry_id'], unique=False)
    op.create_table('appeal_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('appeal_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['appeal_id'], ['appeal.id'], name=op.f('fk_appeal_file_appeal_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_appeal_file_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeal_file')),
    sa.UniqueConstraint('file_id', name=op.f('uq_appeal_file_file_id'))
    )
    op.create_index(op.f('ix_appeal_file_appeal_id'), 'appeal_file', ['appeal_id'], unique=False)


def downgrade() -> None:
    """Take this revision back; appeals go with their tables, what they changed stays in the ledger."""
    op.drop_index(op.f('ix_appeal_file_appeal_id'), table_name='appeal_file')
    op.drop_table('appeal_file')
    op.drop_index(op.f('ix_appeal_entry_id'), table_name='appeal')
    op.drop_table('appeal')
    op.drop_index(op.f('ix_correction_release_sheet_id'), table_name='correction_release')
    op.drop_index(op.f('ix_correction_release_event_id'), table_name='correction_release')
    op.drop_table('correction_release')
