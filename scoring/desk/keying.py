"""Paper sheets keyed in: kept, compared, looked at again, entered as the judge's sheet, or put away."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import canonical
from core.audit import services as audit
from core.refusals import refuse
from scoring.desk import people, queries, writing
from scoring.desk.comparing import Cell, Marks, changes, compare, from_list, listed
from scoring.desk.models import Keying
from scoring.rules.model import Stage
from scoring.schemes.queries import get_scheme
from scoring.sheets import queries as sheets
from scoring.sheets.models import Sheet
from scoring.sheets.rules import COMPETING, judges_aspects, missing_marks
from scoring.sheets.services import Desk, lock_sheet
from scoring.sheets.states import EDITABLE


class Place(NamedTuple):
    """A sheet on paper: its stage, and the aspects that this judge marks for this entry."""

    sheet: Sheet
    stage: Stage
    code: str
    judge: str
    aspects: tuple[str, ...]


class Comparison(NamedTuple):
    """Everything that is known of one paper sheet: who keyed it, what a tablet has brought, cell by cell."""

    keyings: Sequence[Keying]
    tablet: Marks
    cells: Sequence[Cell]

    @property
    def differing(self) -> list[Cell]:
        """Return the places that somebody has to look at again."""
        return [cell for cell in self.cells if cell.differs]


def place_of(session: Session, event: Event, sheet: Sheet) -> Place:
    """Return where a sheet stands and what is on it.

    Raises: Refused DESK_OUTDATED where the scheme has its stage no more.
    """
    scheme = get_scheme(session, event.id)
    stage = scheme.find_stage(sheet.stage)
    judge = session.get_one(Appointment, sheet.appointment_id).code
    if stage is None:
        raise refuse("DESK_OUTDATED")
    seats = sheets.seats_of_entry(session, event.id, sheet.entry_id)
    aspects = tuple(judges_aspects(scheme, seats, judge, stage.code))
    return Place(sheet, stage, sheets.code_of(session, sheet.entry_id) or "", judge, aspects)


def require_keyable(session: Session, event: Event, sheet: Sheet) -> None:
    """Refuse a sheet that nothing can be keyed onto.

    Raises: Refused DESK_CLOSED, KEYING_LOCKED, KEYING_OUT.
    """
    people.require_marking(event)
    if sheet.state not in EDITABLE:
        raise refuse("KEYING_LOCKED")
    if session.get_one(Entry, sheet.entry_id).status not in COMPETING:
        raise refuse("KEYING_OUT")


def keep(
    session: Session, event: Event, place: Place, marks: Marks, *, signed: bool, actor_id: int, now: datetime
) -> Keying:
    """Keep what one person has keyed; the sheet is not changed.

    Raises: Refused as `require_keyable`, KEYING_EMPTY, KEYING_FULL, DESK_SAME_PERSON.
    """
    lock_sheet(session, event, place.sheet)
    require_keyable(session, event, place.sheet)
    before = queries.keyings_of(session, place.sheet.id)
    if len(before) > 1:
        raise refuse("KEYING_FULL")
    if not any(marks.values()):
        raise refuse("KEYING_EMPTY")
    if before:
        people.require_second(event, before[0].by_id, actor_id)
    kept = Keying(
        event_id=event.id, sheet_id=place.sheet.id, marks=listed(marks), signed=signed, by_id=actor_id, at=now
    )
    session.add(kept)
    session.flush()
    _record(session, place, "keying:keep", actor_id, now, {"keying": kept.id})
    return kept


def comparison_of(session: Session, place: Place) -> Comparison:
    """Return what was keyed of a sheet beside what is on it."""
    keyings = queries.keyings_of(session, place.sheet.id)
    tablet = sheets.marks_of(session, place.sheet.id)
    sources = [from_list(keying.marks) for keying in keyings] + ([tablet] if tablet else [])
    return Comparison(keyings, tablet, compare(sources, place.aspects) if sources else [])


def is_enough(event: Event, found: Comparison, *, alone: bool) -> bool:
    """Say whether nobody has to key a sheet again: two have, or one where the profile lets one alone."""
    return len(found.keyings) > 1 or (alone and not people.needs_second(event))


def enter_agreed(session: Session, event: Event, place: Place, *, actor_id: int, now: datetime) -> bool:
    """Let a sheet say what was keyed, if nothing differs; say whether it does now."""
    found = comparison_of(session, place)
    if not found.keyings or found.differing:
        return False
    wanted = {cell.key: cell.values[0] for cell in found.cells}
    _enter(session, event, place, found, wanted, None, actor_id, now)
    return True


def settle(
    session: Session, event: Event, place: Place, chosen: Marks, base: int, *, actor_id: int, now: datetime
) -> None:
    """Enter a sheet whose differences somebody has looked up on the paper; every value stays on record.

    Raises: Refused as `require_keyable`, DESK_OUTDATED, KEYING_NONE, KEYING_CHOOSE.
    """
    lock_sheet(session, event, place.sheet)
    require_keyable(session, event, place.sheet)
    found = comparison_of(session, place)
    if not is_enough(event, found, alone=True) or not found.keyings:
        raise refuse("KEYING_NONE")
    if base != place.sheet.version:
        raise refuse("DESK_OUTDATED")
    if {cell.key for cell in found.differing} != set(chosen):
        raise refuse("KEYING_CHOOSE")
    wanted = {cell.key: cell.values[0] for cell in found.cells} | dict(chosen)
    _enter(session, event, place, found, wanted, chosen, actor_id, now)


def discard(
    session: Session, event: Event, place: Place, *, reason: str, actor_id: int, now: datetime
) -> None:
    """Put away what was keyed of a sheet and did not become it.

    Raises: Refused REASON_NEEDED, KEYING_NONE.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    lock_sheet(session, event, place.sheet)
    keyings = queries.keyings_of(session, place.sheet.id)
    if not keyings:
        raise refuse("KEYING_NONE")
    for keying in keyings:
        keying.state, keying.reason = "discarded", reason
    detail = {"keyings": [keying.id for keying in keyings], "reason": reason}
    _record(session, place, "keying:discard", actor_id, now, detail)


def _enter(
    session: Session, event: Event, place: Place, found: Comparison, wanted: Marks,
    chosen: Marks | None, actor_id: int, now: datetime,
) -> None:  # fmt: skip
    numbers = [keying.id for keying in found.keyings]
    operation_id = f"paper-{canonical.digest([place.sheet.ref, numbers])[:32]}"
    whole = not missing_marks(place.stage, place.aspects, {k: v for k, v in wanted.items() if v})
    signs = whole and all(keying.signed for keying in found.keyings)
    desk = Desk(actor_id, _source(place, found, chosen, actor_id))
    marks = changes(found.tablet, wanted)
    writing.write(session, event, place.sheet, operation_id, marks, desk, now, signs=signs)
    for keying in found.keyings:
        keying.state, keying.operation_id = "entered", operation_id
    detail = {"operation": operation_id, "keyings": numbers}
    _record(session, place, "keying:enter", actor_id, now, detail)


def _source(place: Place, found: Comparison, chosen: Marks | None, actor_id: int) -> dict[str, Any]:
    """Return what the ledger keeps: who keyed for which judge and when, what differed, who looked again."""
    source: dict[str, Any] = {
        "kind": "paper",
        "judge": place.judge,
        "keyed": [[keying.by_id, keying.at.isoformat()] for keying in found.keyings],
        "signed_on_paper": all(keying.signed for keying in found.keyings),
    }
    if chosen is None:
        return source
    differences = [
        [cell.key.aspect, cell.key.attempt, list(cell.values), chosen[cell.key]] for cell in found.differing
    ]
    return source | {"settled_by": actor_id, "differences": differences, "tablet": bool(found.tablet)}


def _record(
    session: Session, place: Place, action: str, actor_id: int, now: datetime, detail: Mapping[str, Any]
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"sheet:{place.sheet.id}", now=now,
        detail={"sheet": place.sheet.ref, **detail}, event_id=place.sheet.event_id,
    )  # fmt: skip
