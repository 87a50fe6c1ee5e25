"""Roles of contests, vetoes of entries, decided ties of standings, what is asked for titles.

Revision: 0043; follows 0042.
"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column('event', sa.Column('role', sa.String(length=60), server_default='', nullable=False))
    op.add_column('entry', sa.Column('veto_on', sa.Date(), nullable=True))
    op.add_column(
        'entry', sa.Column('veto_source', sa.String(length=200), server_default='', nullable=False)
    )
    op.add_column('standing', sa.Column('orders', sa.Text(), server_default='[]', nullable=False))
    op.create_table(
        'title_rules',
        sa.Column('event_id', sa.Integer(), nullable=False),
        sa.Column('document', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_title_rules_event_id')),
        sa.PrimaryKeyConstraint('event_id', name=op.f('pk_title_rules')),
    )


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('title_rules')
    op.drop_column('standing', 'orders')
    op.drop_column('entry', 'veto_source')
    op.drop_column('entry', 'veto_on')
    op.drop_column('event', 'role')
