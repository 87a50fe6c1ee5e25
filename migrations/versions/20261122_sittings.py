"""Sittings, planned and held, in place of a number.

Revision: 0010; follows 0009.
"""

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""


def downgrade() -> None:
    """Take this revision back."""
