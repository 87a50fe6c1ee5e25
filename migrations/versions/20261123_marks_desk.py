"""The desk: lists of marks, keyed paper sheets, backup files of tablets and the keys that open them.

Revision: 0021; follows 0020.
"""

import sqlalchemy as sa
from alembic import op

import core.types

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; nothing that is there changes."""
    _create_box_key()
    _create_mark_list()
    _create_keying()
    _create_backup_file()
    _create_backup_record()


def _create_box_key() -> None:
    """Make the keys that open backup files."""
    op.create_table('box_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kid', sa.String(length=8), nullable=False),
    sa.Column('purpose', sa.String(length=30), nullable=False),
    sa.Column('public', sa.String(length=130), nullable=False),
    sa.Column('private', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', core.types.UtcDateTime(), nullable=False),
    sa.Column('retired_at', core.types.UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_box_key')),
    sa.UniqueConstraint('kid', name=op.f('uq_box_key_kid')),
    )
    op.create_index(op.f('ix_box_key_purpose'), 'box_key', ['purpose'], unique=False)


def _create_mark_list() -> None:
    """Make the lists of marks."""
    op.create_table('mark_list',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('grid', core.types.CanonicalJson(), nullable=False),
    sa.Column('columns', core.types.CanonicalJson(), nullable=False),
    sa.Column('signs', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', core.types.UtcDateTime(), nullable=False),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('changes', core.types.CanonicalJson(), nullable=False),
    sa.Column('signed', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_mark_list_by_id')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user_account.id'], name=op.f('fk_mark_list_closed_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_mark_list_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark_list')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_mark_list_event_id_number')),
    )
    op.create_index(op.f('ix_mark_list_event_id'), 'mark_list', ['event_id'], unique=False)


def _create_keying() -> None:
    """Make the keyed paper sheets."""
    op.create_table('keying',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('marks', core.types.CanonicalJson(), nullable=False),
    sa.Column('signed', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', core.types.UtcDateTime(), nullable=False),
    sa.Column('operation_id', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_keying_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_keying_event_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_keying_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_keying')),
    )
    op.create_index(op.f('ix_keying_event'), 'keying', ['event_id', 'state'], unique=False)
    op.create_index(op.f('ix_keying_sheet_id'), 'keying', ['sheet_id'], unique=False)


def _create_backup_file() -> None:
    """Make the backup files."""
    op.create_table('backup_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('judge_id', sa.Integer(), nullable=False),
    sa.Column('judge_code', sa.String(length=40), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.Column('made_at', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', core.types.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_backup_file_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_backup_file_event_id')),
    sa.ForeignKeyConstraint(['judge_id'], ['user_account.id'], name=op.f('fk_backup_file_judge_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backup_file')),
    sa.UniqueConstraint('event_id', 'sha256', name=op.f('uq_backup_file_event_id_sha256')),
    )
    op.create_index(op.f('ix_backup_file_event_id'), 'backup_file', ['event_id'], unique=False)


def _create_backup_record() -> None:
    """Make the records of backup files."""
    op.create_table('backup_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('operation', core.types.CanonicalJson(), nullable=False),
    sa.Column('outcome', sa.String(length=16), nullable=False),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['backup_file.id'], name=op.f('fk_backup_record_file_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['user_account.id'], name=op.f('fk_backup_record_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backup_record')),
    sa.UniqueConstraint('file_id', 'position', name=op.f('uq_backup_record_file_id_position')),
    )


def downgrade() -> None:
    """Take this revision back; what came to the desk goes, the marks stay in the ledger."""
    op.drop_table('backup_record')
    op.drop_table('backup_file')
    op.drop_table('keying')
    op.drop_table('mark_list')
    op.drop_table('box_key')
