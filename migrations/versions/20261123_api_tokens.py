"""Tokens with which a union's own systems read its figures.

Revision: 0036; follows 0035.
"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'api_token',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('union_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=True),
        sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('used_on', sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_api_token_union_id')),
        sa.ForeignKeyConstraint(['made_by_id'], ['user_account.id'], name=op.f('fk_api_token_made_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_api_token_token_hash')),
    )
    op.create_index(op.f('ix_api_token_union_id'), 'api_token', ['union_id'])


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('api_token')
