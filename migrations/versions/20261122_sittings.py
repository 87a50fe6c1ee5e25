"""Sittings, planned and held, in place of a number.

Revision: 0010; follows 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

# What an organiser had stated as a number becomes so many batches of the event as a whole: held where the
# marks were in, cancelled with a cancelled event, otherwise still planned.
BATCH = sa.text("""
    INSERT INTO sitting (event_id, stage, batch, site, state, settled_at, reason, version)
    SELECT id, '', :batch, '',
        CASE WHEN state IN ('tabulated', 'announced', 'final', 'archived') THEN 'held'
             WHEN state = 'cancelled' THEN 'cancelled' ELSE 'planned' END,
        CASE WHEN state IN ('tabulated', 'announced', 'final', 'archived')
             THEN COALESCE(announced_at, finalised_at) END,
        '', 1
    FROM event WHERE sittings >= :batch
""")
COUNTED_BACK = sa.text("""
    UPDATE event SET sittings = (
        SELECT COUNT(*) FROM sitting
        WHERE sitting.event_id = event.id AND (sitting.state <> 'cancelled' OR event.state = 'cancelled'))
    WHERE 1 < (
        SELECT COUNT(*) FROM sitting
        WHERE sitting.event_id = event.id AND (sitting.state <> 'cancelled' OR event.state = 'cancelled'))
""")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('sitting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('batch', sa.Integer(), nullable=False),
    sa.Column('site', sa.String(length=120), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_sitting_event_id')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['user_account.id'], name=op.f('fk_sitting_settled_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting')),
    sa.UniqueConstraint('event_id', 'stage', 'batch', 'site', name=op.f('uq_sitting_event_id_stage_batch_site'))
    )
    with op.batch_alter_table('sitting', schema=None) as batch_op:
        batch_op.create_index('ix_sitting_state_event_id', ['state', 'event_id'], unique=False)
    connection = op.get_bind()
    most = connection.scalar(sa.text("SELECT MAX(sittings) FROM event")) or 0
    for batch in range(1, most + 1):
        connection.execute(BATCH, {"batch": batch})
    op.drop_column('event', 'sittings')


def downgrade() -> None:
    """Take this revision back."""
    op.add_column('event', sa.Column('sittings', sa.Integer(), nullable=False, server_default='1'))
    op.get_bind().execute(COUNTED_BACK)
    op.drop_table('sitting')
