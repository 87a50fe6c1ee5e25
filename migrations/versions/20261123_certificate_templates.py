"""Numbers of certificates, reserved before they are used; templates, and what each event prints with.

Revision: 0026; follows 0025.
"""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

RESERVED = sa.text("state = 'reserved'")


def upgrade() -> None:
    """Bring the tables up to this revision; the serial is read out of the number: 2026P012-03-10001 is 1."""
    _create_numbers()
    connection = op.get_bind()
    used = sa.text("SELECT event_id, number, version_id, entry_id, issued_at FROM certificate")
    for row in connection.execute(used).mappings().all():
        serial = int(row['number'].rpartition('-')[2][1:])
        connection.execute(
            sa.text(
                "INSERT INTO certificate_number"
                " (event_id, serial, number, version_id, entry_id, state, reserved_at)"
                " VALUES (:event_id, :serial, :number, :version_id, :entry_id, 'used', :issued_at)"
            ),
            {**row, 'serial': serial},
        )
    _create_templates()


def _create_numbers() -> None:
    op.create_table(
        'certificate_number',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('serial', sa.Integer(), nullable=False),
        sa.Column('number', sa.String(length=40), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=10), nullable=False),
        sa.Column('reserved_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_certificate_number_event_id')),
        sa.ForeignKeyConstraint(['version_id'], ['result_version.id'], name=op.f('fk_certificate_number_version_id')),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_certificate_number_entry_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_number')),
        sa.UniqueConstraint('event_id', 'serial', name=op.f('uq_certificate_number_event_id_serial')),
        sa.UniqueConstraint('number', name=op.f('uq_certificate_number_number')),
    )
    op.create_index(op.f('ix_certificate_number_entry_id'), 'certificate_number', ['entry_id'])
    op.create_index(
        'ix_certificate_number_reserved', 'certificate_number', ['version_id', 'entry_id'], unique=True,
        sqlite_where=RESERVED, postgresql_where=RESERVED,
    )


def _create_templates() -> None:
    op.create_table(
        'certificate_template',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('competition_id', sa.Integer(), nullable=False),
        sa.Column('document', sa.Text(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('saved_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['competition_id'], ['competition.id'], name=op.f('fk_certificate_template_competition_id')
        ),
        sa.ForeignKeyConstraint(
            ['saved_by_id'], ['user_account.id'], name=op.f('fk_certificate_template_saved_by_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_template')),
        sa.UniqueConstraint('ref', name=op.f('uq_certificate_template_ref')),
    )
    op.create_index(op.f('ix_certificate_template_competition_id'), 'certificate_template', ['competition_id'])
    op.create_table(
        'template_picture',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('template_id', sa.Integer(), nullable=False),
        sa.Column('file_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['template_id'], ['certificate_template.id'], name=op.f('fk_template_picture_template_id')
        ),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_template_picture_file_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_template_picture')),
        sa.UniqueConstraint('template_id', 'file_id', name=op.f('uq_template_picture_template_id_file_id')),
    )
    op.create_index(op.f('ix_template_picture_file_id'), 'template_picture', ['file_id'])
    op.create_table(
        'certificate_choice',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('template', sa.String(length=32), nullable=False),
        sa.Column('seals', sa.Boolean(), nullable=False),
        sa.Column('stock', sa.Boolean(), nullable=False),
        sa.Column('right', sa.Integer(), nullable=False),
        sa.Column('down', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_certificate_choice_event_id')),
        sa.PrimaryKeyConstraint('event_id', name=op.f('pk_certificate_choice')),
    )


def downgrade() -> None:
    """Take this revision back; what is only reserved goes, and so do templates. The pictures stay as files."""
    op.drop_table('certificate_choice')
    op.drop_index(op.f('ix_template_picture_file_id'), table_name='template_picture')
    op.drop_table('template_picture')
    op.drop_index(op.f('ix_certificate_template_competition_id'), table_name='certificate_template')
    op.drop_table('certificate_template')
    op.drop_table('certificate_number')
