"""Files kept by the system, documents of competitions and public notices.

Revision: 0006; follows 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'stored_file',
        _number('id'),
        _text('ref', 32),
        _text('name', 160),
        _text('kind', 10),
        _number('size'),
        _text('sha256', 64),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        _moment('created_at'),
        _number('by_id', nullable=True),
        sa.CheckConstraint('size > 0', name=op.f('ck_stored_file_size_positive')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file')),
        sa.UniqueConstraint('ref', name=op.f('uq_stored_file_ref')),
    )
    _create_documents()
    _create_notices()


def _create_documents() -> None:
    op.create_table(
        'public_page',
        _number('competition_id'),
        _text('ref', 32),
        _refers('public_page', 'competition_id', 'competition'),
        sa.PrimaryKeyConstraint('competition_id', name=op.f('pk_public_page')),
        sa.UniqueConstraint('ref', name=op.f('uq_public_page_ref')),
    )
    op.create_table(
        'competition_document',
        _number('id'),
        _text('ref', 32),
        _number('competition_id'),
        _number('event_id', nullable=True),
        _text('kind', 20),
        _text('title', 120),
        sa.Column('public', sa.Boolean(), nullable=False),
        _number('public_from'),
        _moment('created_at'),
        _moment('withdrawn_at', nullable=True),
        _text('withdrawn_reason', 300),
        _refers('competition_document', 'competition_id', 'competition'),
        _refers('competition_document', 'event_id', 'event'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_competition_document')),
        sa.UniqueConstraint('ref', name=op.f('uq_competition_document_ref')),
    )
    for column in ('competition_id', 'event_id'):
        op.create_index(op.f(f'ix_competition_document_{column}'), 'competition_document', [column])
    op.create_table(
        'document_version',
        _number('id'),
        _number('document_id'),
        _number('number'),
        _number('file_id'),
        _text('change', 200),
        _moment('at'),
        _number('by_id'),
        _refers('document_version', 'document_id', 'competition_document'),
        _refers('document_version', 'file_id', 'stored_file'),
        _refers('document_version', 'by_id', 'user_account'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_document_version')),
        sa.UniqueConstraint('document_id', 'number', name=op.f('uq_document_version_document_id_number')),
    )


def _create_notices() -> None:
    op.create_table(
        'notice',
        _number('id'),
        _text('ref', 32),
        _number('competition_id'),
        _number('event_id', nullable=True),
        _text('kind', 20),
        _text('state', 12),
        _number('current', nullable=True),
        _moment('published_at', nullable=True),
        _moment('withdrawn_at', nullable=True),
        _text('withdrawn_reason', 300),
        _moment('created_at'),
        _number('version'),
        _refers('notice', 'competition_id', 'competition'),
        _refers('notice', 'event_id', 'event'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
        sa.UniqueConstraint('ref', name=op.f('uq_notice_ref')),
    )
    for column in ('competition_id', 'event_id', 'published_at'):
        op.create_index(op.f(f'ix_notice_{column}'), 'notice', [column])
    op.create_table(
        'notice_version',
        _number('id'),
        _number('notice_id'),
        _number('number'),
        _text('title', 120),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('starts_on', sa.Date(), nullable=True),
        sa.Column('ends_on', sa.Date(), nullable=True),
        _text('contact', 200),
        _text('correction', 300),
        _moment('saved_at'),
        _number('saved_by_id'),
        _moment('published_at', nullable=True),
        _text('sha256', 64),
        _refers('notice_version', 'notice_id', 'notice'),
        _refers('notice_version', 'saved_by_id', 'user_account'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_version')),
        sa.UniqueConstraint('notice_id', 'number', name=op.f('uq_notice_version_notice_id_number')),
    )
    op.create_table(
        'notice_file',
        _number('id'),
        _number('version_id'),
        _number('file_id'),
        _refers('notice_file', 'version_id', 'notice_version'),
        _refers('notice_file', 'file_id', 'stored_file'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_file')),
        sa.UniqueConstraint('version_id', 'file_id', name=op.f('uq_notice_file_version_id_file_id')),
    )
    op.create_index(op.f('ix_notice_file_file_id'), 'notice_file', ['file_id'])


def _number(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _refers(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f'{target}.id'], name=op.f(f'fk_{table}_{column}'))


def downgrade() -> None:
    """Take this revision back."""
    tables = ('notice_file', 'notice_version', 'notice', 'document_version', 'competition_document', 'public_page')
    for table in (*tables, 'stored_file'):
        op.drop_table(table)
