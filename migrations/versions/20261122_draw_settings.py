"""How an event is drawn, and what an entry draws besides its code: batch, order, place, first layer.

Revision: 0005; follows 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

DRAWN = (
    sa.Column('batch', sa.Integer(), nullable=False, server_default='1'),
    sa.Column('position', sa.Integer(), nullable=True),
    sa.Column('seat', sa.String(length=40), nullable=True),
    sa.Column('entrant_code', sa.String(length=40), nullable=True),
)
ONCE = (('event_id', 'batch', 'station'), ('event_id', 'position'), ('event_id', 'seat'), ('event_id', 'entrant_code'))


def upgrade() -> None:
    """Bring the tables up to this revision; draws that were made before keep their codes and stations."""
    op.create_table('draw_settings',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('settings', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_draw_settings_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_draw_settings'))
    )
    op.add_column('draw', sa.Column('settings', sa.Text(), nullable=False, server_default='{}'))
    with op.batch_alter_table('entry_code', schema=None) as batch_op:
        for column in DRAWN:
            batch_op.add_column(column._copy())
        batch_op.drop_constraint(batch_op.f('uq_entry_code_event_id_station'), type_='unique')
        for columns in ONCE:
            batch_op.create_unique_constraint(batch_op.f('_'.join(('uq_entry_code', *columns))), list(columns))


def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table('entry_code', schema=None) as batch_op:
        for columns in reversed(ONCE):
            batch_op.drop_constraint(batch_op.f('_'.join(('uq_entry_code', *columns))), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_entry_code_event_id_station'), ['event_id', 'station'])
        for column in reversed(DRAWN):
            batch_op.drop_column(column.name)

    op.drop_column('draw', 'settings')
    op.drop_table('draw_settings')
