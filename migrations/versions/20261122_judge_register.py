"""Stations of judges, sheets handed over on the day, declared conflicts, judge cards.

Revision: 0009; follows 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Bring the tables up to this revision; judges who are there mark at all stations."""
    op.create_table('judge_card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('pin_hash', sa.String(length=200), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('issued_at', MOMENT, nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=False),
    sa.Column('revoked_at', MOMENT, nullable=True),
    sa.Column('used_at', MOMENT, nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_judge_card_event_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user_account.id'], name=op.f('fk_judge_card_issued_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_judge_card_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judge_card')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_judge_card_code_hash')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_judge_card_token_hash'))
    )
    op.create_index('ix_judge_card_event', 'judge_card', ['event_id', 'user_id'], unique=False)
    op.create_index(op.f('ix_judge_card_user_id'), 'judge_card', ['user_id'], unique=False)
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('card_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_user_session_card_id'), 'judge_card', ['card_id'], ['id'])
        batch_op.create_index(batch_op.f('ix_user_session_card_id'), ['card_id'], unique=False)
    op.add_column('assignment', sa.Column('stations', sa.String(length=200), nullable=False, server_default=''))
    op.create_table('handover',
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('taken_from_id', sa.Integer(), nullable=False),
    sa.Column('operation_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['operation_id'], ['ledger_operation.id'], name=op.f('fk_handover_operation_id')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_handover_sheet_id')),
    sa.ForeignKeyConstraint(['taken_from_id'], ['sheet.id'], name=op.f('fk_handover_taken_from_id')),
    sa.PrimaryKeyConstraint('sheet_id', name=op.f('pk_handover')),
    sa.UniqueConstraint('taken_from_id', name=op.f('uq_handover_taken_from_id'))
    )
    op.create_table('declared_conflict',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('appointment_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('entry_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('declared_by_id', sa.Integer(), nullable=False),
    sa.Column('declared_at', MOMENT, nullable=False),
    sa.Column('withdrawn_at', MOMENT, nullable=True),
    sa.Column('overridden_by_id', sa.Integer(), nullable=True),
    sa.Column('overridden_at', MOMENT, nullable=True),
    sa.Column('override_reason', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'],
                            name=op.f('fk_declared_conflict_appointment_id')),
    sa.ForeignKeyConstraint(['declared_by_id'], ['user_account.id'],
                            name=op.f('fk_declared_conflict_declared_by_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_declared_conflict_entry_id')),
    sa.ForeignKeyConstraint(['overridden_by_id'], ['user_account.id'],
                            name=op.f('fk_declared_conflict_overridden_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_declared_conflict_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declared_conflict'))
    )
    op.create_index(op.f('ix_declared_conflict_appointment_id'), 'declared_conflict', ['appointment_id'],
                    unique=False)


def downgrade() -> None:
    """Take this revision back; sessions that judge cards have opened end with it."""
    op.drop_index(op.f('ix_declared_conflict_appointment_id'), table_name='declared_conflict')
    op.drop_table('declared_conflict')
    op.drop_table('handover')
    op.drop_column('assignment', 'stations')
    op.execute('DELETE FROM user_session WHERE card_id IS NOT NULL')
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_session_card_id'))
        batch_op.drop_constraint(batch_op.f('fk_user_session_card_id'), type_='foreignkey')
        batch_op.drop_column('card_id')
    op.drop_index(op.f('ix_judge_card_user_id'), table_name='judge_card')
    op.drop_index('ix_judge_card_event', table_name='judge_card')
    op.drop_table('judge_card')
