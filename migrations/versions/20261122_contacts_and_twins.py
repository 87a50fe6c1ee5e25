"""Contacts of unions and units, kinds of unions, merged persons.

Revision: 0011; follows 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

PLACES = ('provincial', 'municipal', 'county')
BELOW = {None: 'provincial', 'national': 'provincial', 'provincial': 'municipal', 'municipal': 'county'}

union = sa.table('trade_union', sa.column('id'), sa.column('kind'), sa.column('parent_id'),
                 sa.column('national_union_id'), sa.column('region_id'))
entry = sa.table('catalogue_entry', sa.column('id'), sa.column('code'))


def upgrade() -> None:
    """Bring the tables up to this revision."""
    _name_kinds()


def downgrade() -> None:
    """Take this revision back."""
    op.execute(sa.update(union).where(union.c.kind.in_(PLACES)).values(kind='regional'))


def _name_kinds() -> None:
    """Tell provinces, cities and counties apart, which had one kind, and national industrial unions.

    The form called the kind "national" 全国产业工会: such a union is the all-China federation only where it
    stands at the top and is of no industry.
    """
    industrial = sa.or_(union.c.parent_id.is_not(None), union.c.national_union_id.is_not(None))
    op.execute(sa.update(union).where(union.c.kind == 'national', industrial).values(kind='industrial'))
    bind = op.get_bind()
    places = dict(bind.execute(sa.select(union.c.id, entry.c.code)
                               .join_from(union, entry, entry.c.id == union.c.region_id)).all())
    rows = {row.id: row for row in bind.execute(sa.select(union)).all()}
    for number, row in rows.items():
        if row.kind == 'regional':
            kind = _kind(number, rows, places)
            op.execute(sa.update(union).where(union.c.id == number).values(kind=kind))


def _kind(number: int, rows: dict, places: dict) -> str:
    """Return the kind by the region, or one below the nearest union of a place above where there is none."""
    code = places.get(number)
    if code:
        return 'provincial' if code.endswith('0000') else 'municipal' if code.endswith('00') else 'county'
    above, seen = rows.get(rows[number].parent_id), {number}
    while above is not None and above.kind not in ('national', 'regional', *PLACES) and above.id not in seen:
        seen.add(above.id)
        above = rows.get(above.parent_id)
    if above is None or above.id in seen:
        return 'provincial'
    known = _kind(above.id, rows, places) if above.kind == 'regional' else above.kind
    return BELOW.get(known, 'county')
