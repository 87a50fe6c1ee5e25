"""The first tables.

Revision: 0001; follows an empty database.
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table('audit_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chain', sa.String(length=40), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('algorithm', sa.String(length=16), nullable=False),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_record')),
    sa.UniqueConstraint('chain', 'prev_hash', name=op.f('uq_audit_record_chain_prev_hash')),
    sa.UniqueConstraint('chain', 'seq', name=op.f('uq_audit_record_chain_seq'))
    )
    with op.batch_alter_table('audit_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_record_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_record_subject'), ['subject'], unique=False)

    op.create_table('catalogue_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('code_state', sa.String(length=10), nullable=False),
    sa.Column('name_zh', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('parent_key', sa.String(length=60), nullable=False),
    sa.Column('source', sa.String(length=200), nullable=False),
    sa.Column('attributes', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_catalogue_entry')),
    sa.UniqueConstraint('kind', 'key', name=op.f('uq_catalogue_entry_kind_key'))
    )
    with op.batch_alter_table('catalogue_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_catalogue_entry_parent_key'), ['parent_key'], unique=False)

    op.create_table('sign_in_brake',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_failure_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('blocked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('noted', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_sign_in_brake'))
    )
    with op.batch_alter_table('sign_in_brake', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_brake_last_failure_at'), ['last_failure_at'], unique=False)

    op.create_table('user_account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('login', name=op.f('uq_user_account_login'))
    )
    op.create_table('one_time_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_one_time_link_created_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_one_time_link_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_one_time_link_token_hash'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_user_id'), ['user_id'], unique=False)

    op.create_table('role_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('scope_kind', sa.String(length=20), nullable=False),
    sa.Column('scope_id', sa.Integer(), nullable=False),
    sa.Column('granted_by_id', sa.Integer(), nullable=True),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['granted_by_id'], ['user_account.id'], name=op.f('fk_role_grant_granted_by_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_role_grant_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index('ix_role_grant_scope', ['scope_kind', 'scope_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_grant_user_id'), ['user_id'], unique=False)

    op.create_table('trade_industry',
    sa.Column('trade_id', sa.Integer(), nullable=False),
    sa.Column('industry_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['industry_id'], ['catalogue_entry.id'], name=op.f('fk_trade_industry_industry_id')),
    sa.ForeignKeyConstraint(['trade_id'], ['catalogue_entry.id'], name=op.f('fk_trade_industry_trade_id')),
    sa.PrimaryKeyConstraint('trade_id', 'industry_id', name=op.f('pk_trade_industry'))
    )
    with op.batch_alter_table('trade_industry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trade_industry_industry_id'), ['industry_id'], unique=False)

    op.create_table('trade_union',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('national_union_id', sa.Integer(), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['national_union_id'], ['catalogue_entry.id'], name=op.f('fk_trade_union_national_union_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['trade_union.id'], name=op.f('fk_trade_union_parent_id')),
    sa.ForeignKeyConstraint(['region_id'], ['catalogue_entry.id'], name=op.f('fk_trade_union_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trade_union')),
    sa.UniqueConstraint('name', name=op.f('uq_trade_union_name'))
    )
    with op.batch_alter_table('trade_union', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trade_union_parent_id'), ['parent_id'], unique=False)

    op.create_table('user_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agent', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_user_session_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_user_session_token_hash'))
    )
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_session_user_id'), ['user_id'], unique=False)

    op.create_table('competition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('theme', sa.String(length=200), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('kind_id', sa.Integer(), nullable=False),
    sa.Column('level_id', sa.Integer(), nullable=False),
    sa.Column('union_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('profile', sa.String(length=10), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['kind_id'], ['catalogue_entry.id'], name=op.f('fk_competition_kind_id')),
    sa.ForeignKeyConstraint(['level_id'], ['catalogue_entry.id'], name=op.f('fk_competition_level_id')),
    sa.ForeignKeyConstraint(['region_id'], ['catalogue_entry.id'], name=op.f('fk_competition_region_id')),
    sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_competition_union_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_competition')),
    sa.UniqueConstraint('union_id', 'year', 'name', name=op.f('uq_competition_union_id_year_name'))
    )
    with op.batch_alter_table('competition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_competition_union_id'), ['union_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_competition_year'), ['year'], unique=False)

    op.create_table('unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('credit_code', sa.String(length=18), nullable=True),
    sa.Column('union_id', sa.Integer(), nullable=True),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('industry_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['industry_id'], ['catalogue_entry.id'], name=op.f('fk_unit_industry_id')),
    sa.ForeignKeyConstraint(['region_id'], ['catalogue_entry.id'], name=op.f('fk_unit_region_id')),
    sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_unit_union_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('credit_code', name=op.f('uq_unit_credit_code')),
    sa.UniqueConstraint('name', name=op.f('uq_unit_name'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_union_id'), ['union_id'], unique=False)

    op.create_table('competition_body',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('competition_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['competition_id'], ['competition.id'], name=op.f('fk_competition_body_competition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_competition_body'))
    )
    with op.batch_alter_table('competition_body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_competition_body_competition_id'), ['competition_id'], unique=False)

    op.create_table('competition_industry',
    sa.Column('competition_id', sa.Integer(), nullable=False),
    sa.Column('industry_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['competition_id'], ['competition.id'], name=op.f('fk_competition_industry_competition_id')),
    sa.ForeignKeyConstraint(['industry_id'], ['catalogue_entry.id'], name=op.f('fk_competition_industry_industry_id')),
    sa.PrimaryKeyConstraint('competition_id', 'industry_id', name=op.f('pk_competition_industry'))
    )
    with op.batch_alter_table('competition_industry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_competition_industry_industry_id'), ['industry_id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('competition_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_en', sa.String(length=200), nullable=False),
    sa.Column('trade_id', sa.Integer(), nullable=True),
    sa.Column('group_name', sa.String(length=60), nullable=False),
    sa.Column('entry_kind', sa.String(length=10), nullable=False),
    sa.Column('minimum_field', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('venue', sa.String(length=120), nullable=False),
    sa.Column('sittings', sa.Integer(), nullable=False),
    sa.Column('appeal_minutes', sa.Integer(), nullable=False),
    sa.Column('notice_days', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=15), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finalised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('minimum_field >= 0', name=op.f('ck_event_minimum_field_not_negative')),
    sa.ForeignKeyConstraint(['competition_id'], ['competition.id'], name=op.f('fk_event_competition_id')),
    sa.ForeignKeyConstraint(['trade_id'], ['catalogue_entry.id'], name=op.f('fk_event_trade_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('competition_id', 'name', name=op.f('uq_event_competition_id_name'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_competition_id'), ['competition_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_state'), ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_trade_id'), ['trade_id'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('skill_level', sa.String(length=20), nullable=False),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_person_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('ref', name=op.f('uq_person_ref'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_unit_id'), ['unit_id'], unique=False)

    op.create_table('appointment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('chief', sa.Boolean(), nullable=False),
    sa.Column('head', sa.Boolean(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('appointed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('dismissed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_appointment_event_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_appointment_unit_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_appointment_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_appointment_event_id_code')),
    sa.UniqueConstraint('event_id', 'user_id', name=op.f('uq_appointment_event_id_user_id'))
    )
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointment_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_appointment_user_id'), ['user_id'], unique=False)

    op.create_table('approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('subject_hash', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_approval_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_approval_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approval'))
    )
    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.create_index('ix_approval_event_kind', ['event_id', 'kind'], unique=False)

    op.create_table('draw',
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=64), nullable=False),
    sa.Column('drawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('drawn_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['drawn_by_id'], ['user_account.id'], name=op.f('fk_draw_drawn_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_draw_event_id')),
    sa.PrimaryKeyConstraint('event_id', name=op.f('pk_draw'))
    )
    op.create_table('event_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('from_state', sa.String(length=15), nullable=False),
    sa.Column('to_state', sa.String(length=15), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_event_step_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_step_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event_step'))
    )
    with op.batch_alter_table('event_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_event_step_event_id'), ['event_id'], unique=False)

    op.create_table('import_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_import_batch_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_import_batch_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_batch'))
    )
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_batch_event_id'), ['event_id'], unique=False)

    op.create_table('ledger_operation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('operation_id', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('algorithm', sa.String(length=16), nullable=False),
    sa.Column('prev_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['user_account.id'], name=op.f('fk_ledger_operation_actor_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_ledger_operation_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_operation')),
    sa.UniqueConstraint('event_id', 'prev_hash', name=op.f('uq_ledger_operation_event_id_prev_hash')),
    sa.UniqueConstraint('event_id', 'seq', name=op.f('uq_ledger_operation_event_id_seq')),
    sa.UniqueConstraint('operation_id', name=op.f('uq_ledger_operation_operation_id'))
    )
    with op.batch_alter_table('ledger_operation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_operation_event_id'), ['event_id'], unique=False)

    op.create_table('person_identity',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('id_number', sa.LargeBinary(), nullable=True),
    sa.Column('id_digest', sa.String(length=64), nullable=True),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_identity_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_person_identity')),
    sa.UniqueConstraint('id_digest', name=op.f('uq_person_identity_id_digest'))
    )
    op.create_table('scheme_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user_account.id'], name=op.f('fk_scheme_version_created_by_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_scheme_version_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scheme_version')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_scheme_version_event_id_number'))
    )
    with op.batch_alter_table('scheme_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scheme_version_event_id'), ['event_id'], unique=False)

    op.create_table('assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('appointment_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('aspect', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_assignment_appointment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('appointment_id', 'stage', 'aspect', name=op.f('uq_assignment_appointment_id_stage_aspect'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_assignment_appointment_id'), ['appointment_id'], unique=False)

    op.create_table('entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('review', sa.String(length=12), nullable=False),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('status_reason', sa.Text(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['import_batch.id'], name=op.f('fk_entry_batch_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_entry_event_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_entry_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_entry_event_id_number')),
    sa.UniqueConstraint('ref', name=op.f('uq_entry_ref'))
    )
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_entry_unit', ['unit_id'], unique=False)

    op.create_table('result_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('scheme_version_id', sa.Integer(), nullable=False),
    sa.Column('ledger_seq', sa.Integer(), nullable=False),
    sa.Column('ledger_head', sa.String(length=64), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('tabulated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tabulated_by_id', sa.Integer(), nullable=True),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('final_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_result_version_event_id')),
    sa.ForeignKeyConstraint(['scheme_version_id'], ['scheme_version.id'], name=op.f('fk_result_version_scheme_version_id')),
    sa.ForeignKeyConstraint(['tabulated_by_id'], ['user_account.id'], name=op.f('fk_result_version_tabulated_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result_version')),
    sa.UniqueConstraint('event_id', 'number', name=op.f('uq_result_version_event_id_number'))
    )
    with op.batch_alter_table('result_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_result_version_event_id'), ['event_id'], unique=False)

    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_certificate_entry_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_certificate_event_id')),
    sa.ForeignKeyConstraint(['issued_by_id'], ['user_account.id'], name=op.f('fk_certificate_issued_by_id')),
    sa.ForeignKeyConstraint(['version_id'], ['result_version.id'], name=op.f('fk_certificate_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('number', name=op.f('uq_certificate_number')),
    sa.UniqueConstraint('version_id', 'entry_id', name=op.f('uq_certificate_version_id_entry_id'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_event_id'), ['event_id'], unique=False)

    op.create_table('decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('aspect', sa.String(length=40), nullable=False),
    sa.Column('judge', sa.String(length=40), nullable=False),
    sa.Column('value', sa.String(length=120), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('operation_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_decision_entry_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_decision_event_id')),
    sa.ForeignKeyConstraint(['operation_id'], ['ledger_operation.id'], name=op.f('fk_decision_operation_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['ledger_operation.id'], name=op.f('fk_decision_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_event_id'), ['event_id'], unique=False)

    op.create_table('entry_code',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('station', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_code_entry_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_entry_code_event_id')),
    sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_entry_code')),
    sa.UniqueConstraint('event_id', 'code', name=op.f('uq_entry_code_event_id_code')),
    sa.UniqueConstraint('event_id', 'station', name=op.f('uq_entry_code_event_id_station'))
    )
    with op.batch_alter_table('entry_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_code_event_id'), ['event_id'], unique=False)

    op.create_table('entry_member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_member_entry_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_entry_member_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_member')),
    sa.UniqueConstraint('entry_id', 'person_id', name=op.f('uq_entry_member_entry_id_person_id'))
    )
    with op.batch_alter_table('entry_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_member_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_entry_member_person_id'), ['person_id'], unique=False)

    op.create_table('penalty',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('points', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('operation_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_penalty_entry_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_penalty_event_id')),
    sa.ForeignKeyConstraint(['operation_id'], ['ledger_operation.id'], name=op.f('fk_penalty_operation_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['ledger_operation.id'], name=op.f('fk_penalty_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_penalty'))
    )
    with op.batch_alter_table('penalty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_penalty_event_id'), ['event_id'], unique=False)

    op.create_table('result_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('total', sa.String(length=40), nullable=False),
    sa.Column('award', sa.String(length=60), nullable=False),
    sa.Column('award_tier', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_result_row_entry_id')),
    sa.ForeignKeyConstraint(['version_id'], ['result_version.id'], name=op.f('fk_result_row_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result_row')),
    sa.UniqueConstraint('version_id', 'entry_id', name=op.f('uq_result_row_version_id_entry_id'))
    )
    with op.batch_alter_table('result_row', schema=None) as batch_op:
        batch_op.create_index('ix_result_row_entry', ['entry_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_result_row_version_id'), ['version_id'], unique=False)

    op.create_table('sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('appointment_id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_hash', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointment.id'], name=op.f('fk_sheet_appointment_id')),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_sheet_entry_id')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_sheet_event_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet')),
    sa.UniqueConstraint('appointment_id', 'entry_id', 'stage', name=op.f('uq_sheet_appointment_id_entry_id_stage')),
    sa.UniqueConstraint('ref', name=op.f('uq_sheet_ref'))
    )
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_appointment_id'), ['appointment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index('ix_sheet_event', ['event_id'], unique=False)

    op.create_table('mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('aspect', sa.String(length=40), nullable=False),
    sa.Column('attempt', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('value', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_mark_sheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark')),
    sa.UniqueConstraint('sheet_id', 'aspect', 'attempt', 'line', name=op.f('uq_mark_sheet_id_aspect_attempt_line'))
    )
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mark_sheet_id'), ['sheet_id'], unique=False)



def downgrade() -> None:
    """Take this revision back."""
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mark_sheet_id'))

    op.drop_table('mark')
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.drop_index('ix_sheet_event')
        batch_op.drop_index(batch_op.f('ix_sheet_entry_id'))
        batch_op.drop_index(batch_op.f('ix_sheet_appointment_id'))

    op.drop_table('sheet')
    with op.batch_alter_table('result_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_result_row_version_id'))
        batch_op.drop_index('ix_result_row_entry')

    op.drop_table('result_row')
    with op.batch_alter_table('penalty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_penalty_event_id'))

    op.drop_table('penalty')
    with op.batch_alter_table('entry_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_member_person_id'))
        batch_op.drop_index(batch_op.f('ix_entry_member_entry_id'))

    op.drop_table('entry_member')
    with op.batch_alter_table('entry_code', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_code_event_id'))

    op.drop_table('entry_code')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_event_id'))

    op.drop_table('decision')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_event_id'))
        batch_op.drop_index(batch_op.f('ix_certificate_entry_id'))

    op.drop_table('certificate')
    with op.batch_alter_table('result_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_result_version_event_id'))

    op.drop_table('result_version')
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_index('ix_entry_unit')
        batch_op.drop_index(batch_op.f('ix_entry_event_id'))

    op.drop_table('entry')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_assignment_appointment_id'))

    op.drop_table('assignment')
    with op.batch_alter_table('scheme_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_scheme_version_event_id'))

    op.drop_table('scheme_version')
    op.drop_table('person_identity')
    with op.batch_alter_table('ledger_operation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_operation_event_id'))

    op.drop_table('ledger_operation')
    with op.batch_alter_table('import_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_batch_event_id'))

    op.drop_table('import_batch')
    with op.batch_alter_table('event_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_step_event_id'))

    op.drop_table('event_step')
    op.drop_table('draw')
    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.drop_index('ix_approval_event_kind')

    op.drop_table('approval')
    with op.batch_alter_table('appointment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_appointment_user_id'))
        batch_op.drop_index(batch_op.f('ix_appointment_event_id'))

    op.drop_table('appointment')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_unit_id'))
        batch_op.drop_index(batch_op.f('ix_person_name'))

    op.drop_table('person')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_trade_id'))
        batch_op.drop_index(batch_op.f('ix_event_state'))
        batch_op.drop_index(batch_op.f('ix_event_competition_id'))

    op.drop_table('event')
    with op.batch_alter_table('competition_industry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_competition_industry_industry_id'))

    op.drop_table('competition_industry')
    with op.batch_alter_table('competition_body', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_competition_body_competition_id'))

    op.drop_table('competition_body')
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_union_id'))

    op.drop_table('unit')
    with op.batch_alter_table('competition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_competition_year'))
        batch_op.drop_index(batch_op.f('ix_competition_union_id'))

    op.drop_table('competition')
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_session_user_id'))

    op.drop_table('user_session')
    with op.batch_alter_table('trade_union', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trade_union_parent_id'))

    op.drop_table('trade_union')
    with op.batch_alter_table('trade_industry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trade_industry_industry_id'))

    op.drop_table('trade_industry')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_user_id'))
        batch_op.drop_index('ix_role_grant_scope')

    op.drop_table('role_grant')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_user_id'))

    op.drop_table('one_time_link')
    op.drop_table('user_account')
    with op.batch_alter_table('sign_in_brake', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_brake_last_failure_at'))

    op.drop_table('sign_in_brake')
    with op.batch_alter_table('catalogue_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_catalogue_entry_parent_key'))

    op.drop_table('catalogue_entry')
    with op.batch_alter_table('audit_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_record_subject'))
        batch_op.drop_index(batch_op.f('ix_audit_record_action'))

    op.drop_table('audit_record')
