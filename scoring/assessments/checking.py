"""Checked values: written onto the sheets through the one write path, with the report that they came from."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.services import hold
from core import canonical
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse
from scoring.assessments import queries, rules, services
from scoring.assessments.models import Assessment
from scoring.assessments.queries import Place
from scoring.assessments.services import By, Texts
from scoring.desk import writing
from scoring.rules.model import Scheme, Stage
from scoring.sheets import queries as sheets
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import Desk
from scoring.sheets.states import EDITABLE


class Checked(NamedTuple):
    """What a form states of an entry: found on the spot, checked, and whether all of it is confirmed."""

    spot: Texts
    values: Mapping[str, str]
    confirms: bool


def save_check(
    session: Session, event: Event, entry: Entry, scheme: Scheme, stage: Stage, said: Checked, by: By, *,
    operation: str, version: int,
) -> None:  # fmt: skip
    """Keep what was found on the spot, and write the checked values; `confirms` signs the sheets.

    What `said` does not name stays as it was kept, "" clears it.

    Raises: Refused ASSESSMENT_CLOSED, ASSESSMENT_CHANGED, CHECK_NO_SHEET, CHECK_CONFIRMED, DESK_OUTDATED,
    and at each aspect ASSESSMENT_VALUE, ASSESSMENT_NOTE, CHECK_MISSING.
    """
    hold(session, event)
    if event.state != rules.CHECKED_IN:
        raise refuse("ASSESSMENT_CLOSED")
    row = services.held_row(session, event, entry, stage, version)
    places = _places(session, event, entry, scheme, stage)
    _refuse_wrong(session, event, stage, said, row, places)
    services.keep_spot(session, row, stage, said.spot, by)
    session.flush()
    source = _source(row)
    for number, place in enumerate(places, start=1):
        desk = Desk(by.actor_id, source)
        _write(session, event, place, stage, row, said, desk, f"{operation}-{number}", by)
    audit.record(
        session, "assessment:check", actor_id=by.actor_id, subject=f"assessment:{row.id}", now=by.now,
        detail={"entry": entry.ref, "stage": stage.code, "confirmed": said.confirms}, event_id=event.id,
    )  # fmt: skip


def return_report(
    session: Session, event: Event, entry: Entry, scheme: Scheme, stage: Stage, reason: str, by: By
) -> None:
    """Give a report back to its unit with the reason, as long as its values are not confirmed.

    Raises: Refused ASSESSMENT_CLOSED, REASON_NEEDED, REPORT_NOT_SUBMITTED, CHECK_CONFIRMED.
    """
    hold(session, event)
    if event.state not in rules.REPORTED_IN:
        raise refuse("ASSESSMENT_CLOSED")
    row = queries.find_assessment(session, entry.id, stage.code)
    if row is None or row.state != rules.SUBMITTED:
        raise refuse("REPORT_NOT_SUBMITTED")
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    if event.state == rules.CHECKED_IN:
        _places(session, event, entry, scheme, stage)
    row.state, row.return_reason = rules.RETURNED, reason
    session.flush()
    audit.record(
        session, "assessment:return", actor_id=by.actor_id, subject=f"assessment:{row.id}", now=by.now,
        detail={"entry": entry.ref, "stage": stage.code, "reason": reason}, event_id=event.id,
    )  # fmt: skip


def _places(session: Session, event: Event, entry: Entry, scheme: Scheme, stage: Stage) -> list[Place]:
    code = sheets.code_of(session, entry.id) or ""
    found = queries.list_places(session, event.id, scheme, stage).get(code, [])
    places = [place for place in found if place.aspects]
    if not places:
        raise refuse("CHECK_NO_SHEET")
    if all(place.row.state not in EDITABLE for place in places):
        raise refuse("CHECK_CONFIRMED")
    return places


def _refuse_wrong(
    session: Session, event: Event, stage: Stage, said: Checked, row: Assessment, places: list[Place]
) -> None:
    found = services.wrong(stage, Texts(said.values, {}), row.targets)
    mine = {aspect for place in places for aspect in place.aspects}
    if said.confirms:
        kept = queries.list_checked(session, event.id).get((stage.code, places[0].row.entry), {})
        missing = rules.missing(stage, {**kept, **said.values})
        found += [Refusal("CHECK_MISSING", aspect.code) for aspect in missing if aspect.code in mine]
    if found:
        raise Refused(*found)


def _write(
    session: Session, event: Event, place: Place, stage: Stage, row: Assessment, said: Checked, desk: Desk,
    operation: str, by: By,
) -> None:  # fmt: skip
    if place.row.state not in EDITABLE:
        return
    sheet = sheets.find_sheet(session, place.row.ref)
    if sheet is None:
        raise refuse("DESK_OUTDATED")
    now = sheets.marks_of(session, sheet.id)
    wanted = {
        MarkKey(aspect.code, 1): rules.with_target(aspect, said.values[aspect.code], row.targets)
        for aspect in stage.aspects
        if aspect.code in place.aspects and aspect.code in said.values
    }
    marks = {key: value for key, value in wanted.items() if value != now.get(key, "")}
    writing.write(session, event, sheet, operation, marks, desk, by.now, signs=said.confirms)


def _source(row: Assessment) -> dict[str, object]:
    """Return what stays with the operation for ever: the report, as it was, and what was found."""
    seen = {"reported": dict(row.reported), "notes": dict(row.notes), "spot": dict(row.spot)}
    files = sorted(one.file.sha256 for one in row.files)
    return {
        "kind": "assessment", "assessment": row.id, "files": files, "seen_sha256": canonical.digest(seen),
    }  # fmt: skip
