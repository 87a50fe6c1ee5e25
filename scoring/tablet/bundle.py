"""What a judge's device is given at once: the own sheets by blind code with their marks; no name or unit."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.events.models import Event
from core.i18n import current_locale
from scoring.rules.model import Scheme, Stage
from scoring.schemes.queries import list_schemes
from scoring.sheets.rules import COMPETING, Seat, judges_aspects
from scoring.tablet import assets, pages, queries
from scoring.tablet.queries import SheetRow


def build(session: Session, user_id: int) -> dict[str, Any]:
    """Return a judge's events with their stages, and every own sheet, in as many statements for ten."""
    events = queries.list_own_events(session, user_id)
    numbers = [event.id for event in events]
    schemes, seats = list_schemes(session, numbers), queries.list_seats(session, numbers)
    codes = queries.own_codes(session, user_id)
    sheets = queries.list_own_sheets(session, user_id)
    marks = queries.list_own_marks(session, user_id)
    marked = {(row.event_id, row.stage) for row in sheets}
    return {
        "locale": current_locale(),
        "version": assets.version(),
        "shell": pages.tasks_mark(),
        "events": [
            _event(event, schemes.get(event.id), codes.get(event.id, ""), seats[event.id], marked)
            for event in events
        ],
        "sheets": [_sheet(row, marks.get(row.id, [])) for row in sheets],
    }


def _event(
    event: Event, scheme: Scheme | None, judge: str, seats: list[Seat], marked: set[tuple[int, str]]
) -> dict[str, Any]:
    stages = scheme.stages if scheme is not None else ()
    return {
        "id": event.id,
        "title": name_of(event),
        "competition": name_of(event.competition),
        "state": event.state,
        "judge": judge,
        "stages": [
            _stage(event, stage, judges_aspects(scheme, seats, judge, stage.code))
            for stage in stages
            if scheme is not None and (event.id, stage.code) in marked
        ],
    }


def _stage(event: Event, stage: Stage, aspects: list[str]) -> dict[str, Any]:
    return {
        "code": stage.code,
        "title": stage.title,
        "url": url_for("tablet.show_stage", event_id=event.id, stage=stage.code),
        "shell": pages.stage_mark(event, stage),
        "aspects": aspects,
        "required": [aspect.code for aspect in stage.aspects if aspect.required and aspect.code in aspects],
    }


def _sheet(row: SheetRow, marks: list[list[str | int]]) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "event": row.event_id,
        "stage": row.stage,
        "code": row.code,
        "station": row.station,
        "batch": None if row.station is None else row.batch,
        "state": row.state,
        "competing": row.entry_status in COMPETING,
        "version": row.version,
        "marks": marks,
    }
