"""Qualifications, declared conflicts, stations of judges, judge cards.

Revision: 0009; follows 0008.
"""

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""


def downgrade() -> None:
    """Take this revision back."""
