"""Files kept by the system, documents of competitions and public notices.

Revision: 0006; follows 0005.
"""

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""


def downgrade() -> None:
    """Take this revision back."""
