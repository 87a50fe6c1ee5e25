"""Which registered unit each row means; for what nobody has registered, the names most like it."""

import difflib
from collections.abc import Mapping, Sequence

from competitions.entries import queries, rules
from competitions.entries.labels import listed
from competitions.entries.rows import RowValues
from competitions.entries.work import NewUnit, Work

NEAR_NAMES, NEAR_CUTOFF, NEAR_LOOKED_FOR = 3, 0.6, 40


def resolve_units(work: Work) -> None:
    """Find the unit of each row; refuse units of others, and unknown ones unless they come along."""
    asked = work.asked
    known = queries.list_units(work.session)
    exact = {name: number for number, name in known}
    alike = {rules.same_text(name): (number, name) for number, name in known}
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
    _settle_unknown(work, unknown, list(exact))


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
