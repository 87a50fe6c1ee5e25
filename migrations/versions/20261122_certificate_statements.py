"""Signing keys; the statement of each certificate; certificates revoked and replaced.

Revision: 0012; follows 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

STATED = (
    sa.Column('public_id', sa.String(length=22), nullable=True),
    sa.Column('statement', sa.Text(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_reason', sa.Text(), nullable=False, server_default=''),
    sa.Column('replaced_by_id', sa.Integer(), nullable=True),
)
VALID = sa.text("state = 'issued'")


def upgrade() -> None:
    """Bring the tables up to this revision; certificates issued before stay valid, without a QR code."""
    op.create_table('signing_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kid', sa.String(length=8), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('public', sa.String(length=64), nullable=False),
    sa.Column('private', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_from', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key')),
    sa.UniqueConstraint('kid', name=op.f('uq_signing_key_kid'))
    )
    op.create_index(op.f('ix_signing_key_purpose'), 'signing_key', ['purpose'], unique=False)
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        for column in STATED:
            batch_op.add_column(column._copy())
        batch_op.drop_constraint(batch_op.f('uq_certificate_version_id_entry_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_certificate_public_id'), ['public_id'])
        batch_op.create_foreign_key(batch_op.f('fk_certificate_ended_by_id'), 'user_account', ['ended_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_certificate_replaced_by_id'), 'certificate', ['replaced_by_id'], ['id'])
    op.create_index('ix_certificate_valid', 'certificate', ['version_id', 'entry_id'], unique=True,
                    sqlite_where=VALID, postgresql_where=VALID)


def downgrade() -> None:
    """Take this revision back; of certificates that were replaced only the last one stays."""
    op.execute("UPDATE certificate SET replaced_by_id = NULL")
    op.execute("DELETE FROM certificate WHERE state <> 'issued'")
    op.drop_index('ix_certificate_valid', table_name='certificate')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_certificate_replaced_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_certificate_ended_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_certificate_public_id'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_certificate_version_id_entry_id'), ['version_id', 'entry_id'])
        for column in reversed(STATED):
            batch_op.drop_column(column.name)
    op.drop_index(op.f('ix_signing_key_purpose'), table_name='signing_key')
    op.drop_table('signing_key')
