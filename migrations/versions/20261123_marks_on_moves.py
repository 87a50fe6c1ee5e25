"""Mark contests whose industries, bodies or members are moved by a statement, too.

Revision: 0048; follows 0047.
"""

from alembic import op

from reports.statistics import marks

revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the triggers anew."""
    marks.attach(op.get_bind())


def downgrade() -> None:
    """Leave them: what is marked too often is counted once more."""
