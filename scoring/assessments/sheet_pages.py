"""What the pages of one entry in one period show: its report, its check, the targets of all."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.events.models import Event
from competitions.events.queries import event_path
from core.i18n import moment
from scoring.assessments import queries, rules
from scoring.assessments.labels import CHECKS, REPORTS
from scoring.assessments.models import Assessment
from scoring.assessments.pages import check_state, report_state
from scoring.assessments.queries import Entrant
from scoring.assessments.services import Texts, reported_of, spot_of
from scoring.results.words import DASH
from scoring.rules.model import Aspect, Scheme, Stage
from scoring.rules.numbers import format_short
from scoring.rules.values import preview_points
from scoring.schemes.wording.aspects import entered
from scoring.sheets import queries as sheets

Errors = Mapping[str, str]


class Of(NamedTuple):
    """One entry in one period of an event."""

    event: Event
    scheme: Scheme
    stage: Stage
    entrant: Entrant


def report_page(
    session: Session, of: Of, now: datetime, typed: Texts | None = None, errors: Errors | None = None
) -> dict[str, Any]:
    """Return the report of an entry: what was typed, otherwise what is kept, with what was confirmed."""
    row, period = _row(session, of), queries.find_period(session, of.event.id, of.stage.code)
    state = report_state(row, period, now)
    asked = of.event.state in rules.REPORTED_IN and period is not None
    in_time = rules.is_in_time(period.due_at if period is not None else None, now) or state == "returned"
    targets = dict(row.targets) if row is not None else {}
    marks = _checked(session, of)
    confirmed = check_state(_places(session, of)) == "confirmed"
    texts = (typed or Texts({}, {})).over(reported_of(row))
    return {
        **_common(of, row),
        "state": REPORTS[state],
        "due": moment(period.due_at) if period is not None else "",
        "open": asked and in_time and state != rules.SUBMITTED,
        "over": period is not None and not in_time,
        "reason": row.return_reason if row is not None and state == "returned" else "",
        "submitted": moment(row.submitted_at) if row is not None and row.submitted_at else "",
        "confirmed": confirmed,
        "lines": [
            _line(aspect, targets, texts, errors or {})
            | {"checked": _shown(aspect, marks, targets) if confirmed else DASH}
            for aspect in of.stage.aspects
        ],
    }


def check_page(
    session: Session, of: Of, now: datetime, typed: tuple[Texts, Mapping[str, str]] | None = None,
    errors: Errors | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return reported, found and checked values of an entry side by side.

    A checked value that nobody has entered yet is proposed: what was found on the spot, otherwise the report.
    """
    row, period = _row(session, of), queries.find_period(session, of.event.id, of.stage.code)
    path = event_path(session, of.event)
    targets = dict(row.targets) if row is not None else {}
    marks, places = _checked(session, of), _places(session, of)
    kept_spot, told = spot_of(row), reported_of(row)
    typed_spot, typed_values = typed or (Texts({}, {}), {})
    spot = typed_spot.over(kept_spot)
    lines = []
    for aspect in of.stage.aspects:
        kept = rules.without_target(aspect, marks.get(aspect.code, ""), targets)
        proposed = kept or kept_spot.values.get(aspect.code, "") or told.values.get(aspect.code, "")
        lines.append(
            _line(aspect, targets, told, {})
            | {
                "spot": spot.values.get(aspect.code, ""), "spot_note": spot.notes.get(aspect.code, ""),
                "checked": typed_values.get(aspect.code, proposed),
                "is_checked": bool(kept),
                "error": (errors or {}).get(aspect.code, ""),
                "spot_error": (errors or {}).get(f"spot-{aspect.code}", ""),
                "here": any(aspect.code in place.aspects for place in places),
                "shown": _shown(aspect, marks, targets),
            }
        )  # fmt: skip
    return {
        **_common(of, row),
        "state": REPORTS[report_state(row, period, now)],
        "returnable": row is not None and row.state == rules.SUBMITTED and may("assessment.plan", path)
        and check_state(places) != "confirmed",
        "check": CHECKS[check_state(places)],
        "asked": period is not None,
        "unreported": period is not None and (row is None or row.state != rules.SUBMITTED),
        "writes": may("assessment.check", path, of.event.state) and check_state(places) != "confirmed",
        "lines": lines,
    }


def targets_page(
    entrants: list[Entrant], stage: Stage, values: Mapping[int, Mapping[str, str]], confirmed: set[int],
    errors: Errors | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the grid of targets: a row for each entrant, a column for each aspect that takes one.

    The targets of `confirmed` entries are shown, and are no fields.
    """
    aspects = [aspect for aspect in stage.aspects if rules.takes_target(aspect)]
    rows = [
        {
            "name": one.entry.name,
            "fixed": one.entry.id in confirmed,
            "cells": [
                {
                    "name": f"{one.entry.id}-{aspect.code}",
                    "label": f"{one.entry.name} · {aspect.title}",
                    "value": values.get(one.entry.id, {}).get(aspect.code, ""),
                    "error": (errors or {}).get(f"{one.entry.id}-{aspect.code}", ""),
                }
                for aspect in aspects
            ],
        }
        for one in entrants
    ]
    return {"stage": stage, "title": stage.title or stage.code, "aspects": aspects, "rows": rows}


def _common(of: Of, row: Assessment | None) -> dict[str, Any]:
    files = list(row.files) if row is not None else []
    titles = {aspect.code: aspect.title for aspect in of.stage.aspects}
    return {
        "event": of.event, "stage": of.stage, "entry": of.entrant.entry,
        "title": of.stage.title or of.stage.code, "version": row.version if row is not None else 0,
        "files": [{"row": one, "about": titles.get(one.aspect, "")} for one in files],
    }  # fmt: skip


def _line(aspect: Aspect, targets: Mapping[str, str], texts: Texts, errors: Errors) -> dict[str, Any]:
    value = texts.values.get(aspect.code, "")
    own = targets.get(aspect.code, "")
    fixed = format_short(aspect.target) if aspect.target is not None and aspect.kind == "indicator" else ""
    return {
        "code": aspect.code, "title": aspect.title, "unit": "" if own else aspect.unit,
        "says": entered(aspect), "description": aspect.description, "most": format_short(aspect.highest),
        "target": own or fixed, "takes_target": rules.takes_target(aspect) and not own,
        "value": value, "note": texts.notes.get(aspect.code, ""), "error": errors.get(aspect.code, ""),
        "points": _points(aspect, value, targets),
    }  # fmt: skip


def _points(aspect: Aspect, value: str, targets: Mapping[str, str]) -> str:
    return (value and preview_points(aspect, rules.with_target(aspect, value, targets))) or DASH


def _shown(aspect: Aspect, marks: Mapping[str, str], targets: Mapping[str, str]) -> str:
    return rules.without_target(aspect, marks.get(aspect.code, ""), targets) or DASH


def _row(session: Session, of: Of) -> Assessment | None:
    return queries.find_assessment(session, of.entrant.entry.id, of.stage.code)


def _checked(session: Session, of: Of) -> dict[str, str]:
    code = sheets.code_of(session, of.entrant.entry.id) or ""
    return queries.list_checked(session, of.event.id).get((of.stage.code, code), {})


def _places(session: Session, of: Of) -> list[queries.Place]:
    if not of.entrant.code:
        return []
    found = queries.list_places(session, of.event.id, of.scheme, of.stage)
    return found.get(of.entrant.code, [])
