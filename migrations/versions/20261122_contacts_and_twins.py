"""Contacts of unions and units, kinds of unions, merged persons.

Revision: 0011; follows 0010.
"""

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""


def downgrade() -> None:
    """Take this revision back."""
