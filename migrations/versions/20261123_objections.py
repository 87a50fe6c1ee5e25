"""Objections to notices.

Revision: 0017; follows 0016.
"""

import sqlalchemy as sa
from alembic import op

import core.types

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision; nobody has objected here yet."""
    op.create_table('notice_objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('notice_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('said', sa.LargeBinary(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('address_digest', sa.String(length=64), nullable=False),
    sa.Column('filed_at', core.types.UtcDateTime(), nullable=False),
    sa.Column('decision', sa.String(length=12), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('decided_at', core.types.UtcDateTime(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'],
                            name=op.f('fk_notice_objection_decided_by_id')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_objection_notice_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_notice_objection_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_objection')),
    sa.UniqueConstraint('notice_id', 'number', name=op.f('uq_notice_objection_notice_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_notice_objection_ref'))
    )
    op.create_index(op.f('ix_notice_objection_address_digest'), 'notice_objection', ['address_digest'],
                    unique=False)


def downgrade() -> None:
    """Take this revision back; the objections go with it."""
    op.drop_index(op.f('ix_notice_objection_address_digest'), table_name='notice_objection')
    op.drop_table('notice_objection')
