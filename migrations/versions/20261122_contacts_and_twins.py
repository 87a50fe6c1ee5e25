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


# SQLite adds and drops these in place; building the tables anew would drop what other rows refer to.
RETIRED = (
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_reason', sa.String(length=200), nullable=False, server_default=''),
)
COLUMNS = {
    'trade_union': RETIRED,
    'unit': (sa.Column('ownership', sa.String(length=12), nullable=False, server_default=''), *RETIRED),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    _name_kinds()
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, column._copy())
    _contacts()
    _merges()


def downgrade() -> None:
    """Take this revision back."""
    op.drop_table('people_apart')
    op.drop_table('person_merge')
    op.drop_table('organisation_contact')
    for table, columns in COLUMNS.items():
        for column in columns:
            op.drop_column(table, column.name)
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


def _contacts() -> None:
    op.create_table('organisation_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ref', sa.String(length=32), nullable=False),
    sa.Column('union_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('duty', sa.String(length=80), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('email', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('(union_id IS NULL) <> (unit_id IS NULL)', name='ck_organisation_contact_one_place'),
    sa.ForeignKeyConstraint(['union_id'], ['trade_union.id'], name=op.f('fk_organisation_contact_union_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_organisation_contact_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_contact')),
    sa.UniqueConstraint('ref', name=op.f('uq_organisation_contact_ref'))
    )
    for column in ('union_id', 'unit_id'):
        op.create_index(op.f(f'ix_organisation_contact_{column}'), 'organisation_contact', [column])


def _merges() -> None:
    op.create_table('person_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('gone_ref', sa.String(length=32), nullable=False),
    sa.Column('moved', sa.Text(), nullable=False),
    sa.Column('before', sa.LargeBinary(), nullable=True),
    sa.Column('after', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_person_merge_by_id')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_merge_kept_id'),
                            ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge'))
    )
    op.create_index(op.f('ix_person_merge_kept_id'), 'person_merge', ['kept_id'])
    op.create_table('people_apart',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_people_apart_by_id')),
    sa.ForeignKeyConstraint(['first_id'], ['person.id'], name=op.f('fk_people_apart_first_id'),
                            ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['person.id'], name=op.f('fk_people_apart_second_id'),
                            ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_people_apart'))
    )
    op.create_index(op.f('ix_people_apart_second_id'), 'people_apart', ['second_id'])
