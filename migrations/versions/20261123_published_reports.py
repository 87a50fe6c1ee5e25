"""Reports that unions have published, with their figures as printed.

Revision: 0032; follows 0031.
"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        'published_report',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ref', sa.String(length=32), nullable=False),
        sa.Column('union_id', sa.Integer(), nullable=False),
        sa.Column('title', sa.String(length=120), nullable=False),
        sa.Column('title_en', sa.String(length=200), nullable=False),
        sa.Column('reporter', sa.String(length=120), nullable=False),
        sa.Column('reporter_en', sa.String(length=200), nullable=False),
        sa.Column('period', sa.String(length=120), nullable=False),
        sa.Column('period_en', sa.String(length=200), nullable=False),
        sa.Column('source', sa.Text(), nullable=False),
        sa.Column('source_en', sa.Text(), nullable=False),
        sa.Column('lines', sa.Text(), nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_published_report_union_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_published_report')),
        sa.UniqueConstraint('ref', name=op.f('uq_published_report_ref')),
    )
    op.create_index(op.f('ix_published_report_union_id'), 'published_report', ['union_id'])


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('published_report')
