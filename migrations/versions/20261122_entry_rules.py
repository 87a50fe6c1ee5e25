"""Who may enter as data, quotas of units, levels of reviewing.

Revision: 0008; follows 0007.
"""

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""


def downgrade() -> None:
    """Take this revision back."""
