"""Let the database refuse to change or delete what stays: ledger, audit trail, results, register.

Revision: 0015; follows 0014.
"""

from alembic import op

from core.append_only import keep, release

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

# Which columns of each table may still change.
KEPT = {
    'audit_record': (),
    'certificate': ('state', 'ended_at', 'ended_by_id', 'ended_reason', 'replaced_by_id'),
    'ledger_operation': (),
    'promotion_rules': (),
    'result_row': (),
    'result_version': ('announced_at', 'final_at'),
    'scheme_version': ('frozen_at',),
}


def upgrade() -> None:
    """Make the triggers; no row changes."""
    for table, mutable in KEPT.items():
        keep(op.get_bind(), table, mutable)


def downgrade() -> None:
    """Drop the triggers."""
    for table in KEPT:
        release(op.get_bind(), table)
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION refuse_change()')
