"""Which registered unit each row means; for what nobody has registered, the names most like it."""

import difflib
from collections.abc import Mapping, Sequence

from competitions.entries import queries, rules
from competitions.entries.labels import listed
from competitions.entries.rows import RowValues
from competitions.entries.work import NewUnit, Work
from competitions.organisations.twins.queries import list_merged

NEAR_NAMES, NEAR_CUTOFF, NEAR_LOOKED_FOR = 3, 0.6, 40


def resolve_units(work: Work) -> None:
    """Find the unit of each row; refuse units of others, and unknown ones unless they come along."""
    asked = work.asked
    known = queries.list_units(work.session, retired=True)
    merged = list_merged(work.session)  # the old name of a unit that became another one means that one
    exact = {name: merged.get(number, number) for number, name in known}
    alike = {rules.same_text(name): (merged.get(number, number), name) for number, name in known}
    own = [name for number, name in known if asked.units is not None and number in asked.units]
    unknown: dict[str, list[RowValues]] = {}
    for row in work.rows:
        name = row.person.unit
        if not name:
            continue
        meant = asked.named.get(rules.same_text(name), name)
        number, registered = _found(meant, exact, alike)
        work.units[row.row] = (number, registered)
        if asked.units is not None and number not in asked.units:
            work.fault("UNIT_FOREIGN", row, "unit", name, own=listed(own))
        elif number is None:
            unknown.setdefault(rules.same_text(name), []).append(row)
    _refuse_retired(work)
    _settle_unknown(work, unknown, list(exact))


def _refuse_retired(work: Work) -> None:
    """Refuse units out of use, but for entries that stand with them already."""
    retired = queries.list_retired_units(work.session)
    for row in work.rows if retired else ():
        number, name = work.units.get(row.row, (None, ""))
        standing = work.standing.get(row.row)
        kept = work.asked.ignoring is not None or (standing is not None and standing.unit_id == number)
        if number in retired and not kept:
            work.fault("UNIT_RETIRED", row, "unit", name)


def resolve_own_units(work: Work) -> None:
    """Find the units of authors who are of another one than their work; unknown ones stay texts."""
    named = {row.row: row.person.own_unit for row in work.rows if row.person.own_unit}
    if not named:
        return
    known = {rules.same_text(name): number for number, name in queries.list_units(work.session)}
    work.own_units = {row: known.get(rules.same_text(name)) for row, name in named.items()}


def _found(
    name: str, exact: Mapping[str, int], alike: Mapping[str, tuple[int, str]]
) -> tuple[int | None, str]:
    if name in exact:
        return exact[name], name
    return alike.get(rules.same_text(name), (None, name))


def _settle_unknown(work: Work, unknown: Mapping[str, list[RowValues]], names: Sequence[str]) -> None:
    for place, (plain, rows) in enumerate(unknown.items()):
        name = rows[0].person.unit
        looked = place < NEAR_LOOKED_FOR
        near = difflib.get_close_matches(name, names, NEAR_NAMES, NEAR_CUTOFF) if looked else []
        work.unknown_units.append(NewUnit(name, tuple(row.row for row in rows), tuple(near)))
        if work.asked.register_units or plain in work.asked.register:
            work.units.update({row.row: (None, name) for row in rows})
            continue
        for row in rows:
            work.fault("UNIT_UNKNOWN", row, "unit", row.person.unit, near=listed(near))
