"""Tablets on record, calls for the chief judge, nudges, the quarantine, and rounds that were closed in spite.

Revision: 0020; follows 0019.
"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('closing_waiver',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('covers', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_closing_waiver_actor_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_closing_waiver_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closing_waiver'))
    )
    with op.batch_alter_table('closing_waiver', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_closing_waiver_event_id'), ['event_id'], unique=False)

    op.create_table('nudge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('message', sa.String(length=20), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by_id', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_nudge_event_id')),
    sa.ForeignKeyConstraint(['sent_by_id'], ['user_account.id'], name=op.f('fk_nudge_sent_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_nudge_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nudge'))
    )
    with op.batch_alter_table('nudge', schema=None) as batch_op:
        batch_op.create_index('ix_nudge_event', ['event_id', 'user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_nudge_user_id'), ['user_id'], unique=False)

    op.create_table('device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=40), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('proof_hash', sa.String(length=64), nullable=False),
    sa.Column('session_id', sa.Integer(), nullable=True),
    sa.Column('card_id', sa.Integer(), nullable=True),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('browser', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('unsent', sa.Text(), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by_id', sa.Integer(), nullable=True),
    sa.Column('revoke_reason', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['card_id'], ['judge_card.id'], name=op.f('fk_device_card_id')),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['user_account.id'], name=op.f('fk_device_revoked_by_id')),
    sa.ForeignKeyConstraint(['session_id'], ['user_session.id'], name=op.f('fk_device_session_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_device_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_device')),
    sa.UniqueConstraint('ref', 'user_id', name=op.f('uq_device_ref_user_id'))
    )
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.create_index('ix_device_user', ['user_id', 'last_at'], unique=False)

    op.create_table('chief_call',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=64), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('device_time', sa.String(length=40), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user_account.id'], name=op.f('fk_chief_call_answered_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_chief_call_event_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_chief_call_sheet_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_chief_call_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_chief_call')),
    sa.UniqueConstraint('ref', name=op.f('uq_chief_call_ref'))
    )
    with op.batch_alter_table('chief_call', schema=None) as batch_op:
        batch_op.create_index('ix_chief_call_event', ['event_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_chief_call_user_id'), ['user_id'], unique=False)

    op.create_table('held_operation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('operation_id', sa.String(length=64), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('stated', sa.Text(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_held_operation_decided_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_held_operation_event_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_held_operation_sheet_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_held_operation_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_held_operation')),
    sa.UniqueConstraint('operation_id', name=op.f('uq_held_operation_operation_id'))
    )
    with op.batch_alter_table('held_operation', schema=None) as batch_op:
        batch_op.create_index('ix_held_operation_event', ['event_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_held_operation_user_id'), ['user_id'], unique=False)


def downgrade() -> None:
    """Take this revision back; what waits for the chief judge goes with it."""
    with op.batch_alter_table('held_operation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_held_operation_user_id'))
        batch_op.drop_index('ix_held_operation_event')

    op.drop_table('held_operation')
    with op.batch_alter_table('chief_call', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_chief_call_user_id'))
        batch_op.drop_index('ix_chief_call_event')

    op.drop_table('chief_call')
    with op.batch_alter_table('device', schema=None) as batch_op:
        batch_op.drop_index('ix_device_user')

    op.drop_table('device')
    with op.batch_alter_table('nudge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_nudge_user_id'))
        batch_op.drop_index('ix_nudge_event')

    op.drop_table('nudge')
    with op.batch_alter_table('closing_waiver', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_closing_waiver_event_id'))

    op.drop_table('closing_waiver')
