"""Many units at once, pasted from a sheet: a name on each line, its code behind it; all of them or none."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.organisations.services import UnitValues, create_unit
from core.refusals import Refusal, Refused
from core.texts import tidy

MOST, LONGEST = 500, 120
BEHIND = re.compile(r"[\t,，;；]")


class Line(NamedTuple):
    """One line that was pasted: its number, the name and the code, "" where none stands there."""

    number: int
    name: str
    code: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that hold something; a sheet puts a tab between its columns."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        name, *rest = (tidy(part) for part in BEHIND.split(line))
        if name or any(rest):
            found.append(Line(number, name, "".join(rest[0].split()).upper() if rest else ""))
    return found


def create_units(
    session: Session, lines: Sequence[Line], union_id: int | None, *, actor_id: int | None, now: datetime
) -> int:
    """Add a unit for each line and return how many they are.

    Raises: Refused with every fault, the number of its line as `where`; what was added is to be rolled back.
    """
    found = [] if 0 < len(lines) <= MOST else [Refusal("UNITS_COUNT", "", {"most": MOST})]
    for line in lines[:MOST]:
        found += _added(session, line, union_id, actor_id, now)
    if found:
        raise Refused(*found)
    return len(lines)


def _added(
    session: Session, line: Line, union_id: int | None, actor_id: int | None, now: datetime
) -> list[Refusal]:
    if not 0 < len(line.name) <= LONGEST:
        return [Refusal("UNIT_NAME_LENGTH", str(line.number), {"most": LONGEST})]
    values = UnitValues(line.name, line.code or None, union_id)
    try:
        create_unit(session, values, actor_id=actor_id, now=now)
    except Refused as refused:
        return [Refusal(one.code, str(line.number), one.params) for one in refused.refusals]
    return []
