"""What the pages of periods show, as plain values for their templates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from accounts.guard import held_grants, may
from competitions.entries.places import own_units
from competitions.events.models import Event
from competitions.events.queries import event_path
from core import clock
from core.i18n import moment
from scoring.assessments import coming, queries, rules, year
from scoring.assessments.labels import CHECKS, REPORTS
from scoring.assessments.models import Assessment, AssessmentPeriod
from scoring.assessments.queries import Entrant, Ground, Place
from scoring.results import reader
from scoring.results.words import DASH
from scoring.rules.model import Stage
from scoring.schemes.queries import find_scheme
from scoring.sheets.states import EDITABLE


def ground_of(session: Session, event: Event) -> Ground | None:
    """Return the ground of an event for the signed-in user; None while it has no scheme in order.

    Whoever registers for units sees the entries of these alone.
    """
    scheme = find_scheme(session, event.id)
    if scheme is None:
        return None
    units = own_units(held_grants(), "assessment.view", event_path(session, event))
    entrants = queries.list_entrants(session, event.id)
    mine = [one for one in entrants if units is None or one.entry.unit_id in units]
    return Ground(
        scheme, mine, queries.list_periods(session, event.id), queries.list_assessments(session, event.id)
    )


def overview(session: Session, event: Event, now: datetime) -> dict[str, Any]:
    """Return every period with how far it has come, and the table of the contest for its office."""
    ground = ground_of(session, event)
    office = may("assessment.view", event_path(session, event))
    if ground is None:
        return {"office": office, "periods": [], "year": None, "next": None}
    shown = reader.result_of(session, event) if office else None
    return {
        "office": office,
        "periods": _periods(session, event, ground, office, now),
        "own": [] if office else [_own(event, ground, one, now) for one in ground.entrants],
        "year": year.year_table(ground.scheme, shown, ground.entrants) if office else None,
        "next": coming.next_steps(event, event_path(session, event), ground),
    }


def period_page(session: Session, event: Event, code: str, now: datetime) -> dict[str, Any] | None:
    """Return one period: every entrant with its report, its checked score and its rank; None for no stage."""
    ground = ground_of(session, event)
    stage = ground.scheme.find_stage(code) if ground is not None else None
    if ground is None or stage is None:
        return None
    places = _places(session, event, ground)
    shown = reader.result_of(session, event)
    rows = _rows(event, ground, stage, places, shown, now)
    return {
        "stage": stage,
        "title": stage.title or stage.code,
        "rows": sorted(rows, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["number"])),
        "due": _due(ground.periods.get(stage.code), now),
        "stages": [(one.code, one.title or one.code) for one in ground.scheme.stages],
        "takes_targets": any(rules.takes_target(aspect) for aspect in stage.aspects),
        "banner": _banner(year.banners(shown).get(stage.code, frozenset()), ground),
        "next": None if rows else coming.next_steps(event, event_path(session, event), ground),
        "may_plan": may("assessment.plan", event_path(session, event)) and event.state in rules.PLANNED_IN,
        "may_check": may("assessment.check", event_path(session, event), event.state),
    }


def event_panel(session: Session, event: Event) -> tuple[str, dict[str, Any]] | None:
    """Return the periods for the page of the event, while units are asked to report, and what comes next."""
    path = event_path(session, event)
    if not queries.is_assessed(event) or event.state not in coming.PLANNED_FROM:
        return None
    ground = ground_of(session, event) if may("assessment.view", path) else None
    if ground is None:
        return None
    coming_next = coming.next_steps(event, path, ground)
    periods = _periods(session, event, ground, True, clock.now()) if event.state in rules.PLANNED_IN else []
    if coming_next is not None:  # the registration is opened on this very page
        here = url_for("events.show_event", event_id=event.id)
        coming_next["items"] = [one for one in coming_next["items"] if one["url"] != here]
    if not periods and coming_next is None:
        return None
    return "assessments/_panel.html", {"periods": periods, "next": coming_next}


def check_state(places: list[Place]) -> str:
    """Return how far the checked values of an entry in a period have come."""
    mine = [place.row for place in places if place.aspects]
    if mine and all(row.state not in EDITABLE for row in mine):
        return "confirmed"
    return "begun" if any(row.marks for row in mine) else "none"


def report_state(row: Assessment | None, period: AssessmentPeriod | None, now: datetime) -> str:
    """Return the key of labels.REPORTS for a report."""
    if row is not None and row.state != rules.OPEN:
        return row.state
    if period is not None and now > period.due_at:
        return "late"
    return "begun" if row is not None and row.reported else "open"


def _places(session: Session, event: Event, ground: Ground) -> dict[str, dict[str, list[Place]]]:
    if event.state in reader.BEFORE_RESULTS:
        return {}
    return {
        stage.code: queries.list_places(session, event.id, ground.scheme, stage)
        for stage in ground.scheme.stages
    }


def _periods(
    session: Session, event: Event, ground: Ground, office: bool, now: datetime
) -> list[dict[str, Any]]:
    """Return how far each period has come; the checks are told to the office alone."""
    places = _places(session, event, ground) if office else {}
    return [_period(event, ground, stage, places, now) for stage in ground.scheme.stages]


def _period(
    event: Event, ground: Ground, stage: Stage, places: Mapping[str, Mapping[str, list[Place]]], now: datetime
) -> dict[str, Any]:
    period = ground.periods.get(stage.code)
    states = [
        report_state(ground.assessments.get((one.entry.id, stage.code)), period, now)
        for one in ground.entrants
    ]
    own = places.get(stage.code, {})
    checks = [check_state(own.get(one.code, [])) for one in ground.entrants]
    return {
        "title": stage.title or stage.code,
        "url": url_for("assessments.show_period", event_id=event.id, stage=stage.code),
        "due": _due(period, now),
        "reported": states.count(rules.SUBMITTED),
        "confirmed": checks.count("confirmed"),
        "all": len(ground.entrants),
    }


def _due(period: AssessmentPeriod | None, now: datetime) -> dict[str, Any] | None:
    if period is None:
        return None
    return {"words": moment(period.due_at), "over": now > period.due_at, "at": period.due_at}


def _own(event: Event, ground: Ground, one: Entrant, now: datetime) -> dict[str, Any]:
    """Return an entry of the reader's own unit with its report for each period that is asked for."""
    periods = []
    for stage in ground.scheme.stages:
        period = ground.periods.get(stage.code)
        if period is not None:
            row = ground.assessments.get((one.entry.id, stage.code))
            url = url_for(
                "assessments.show_report", event_id=event.id, stage=stage.code, entry_id=one.entry.id
            )
            state = REPORTS[report_state(row, period, now)]
            title = stage.title or stage.code
            periods.append({"title": title, "due": _due(period, now), "state": state, "url": url})
    return {"name": one.entry.name, "unit": one.entry.unit.name, "periods": periods}


def _rows(
    event: Event, ground: Ground, stage: Stage, places: Mapping[str, Mapping[str, list[Place]]],
    shown: Any, now: datetime,
) -> list[dict[str, Any]]:  # fmt: skip
    table = year.year_table(ground.scheme, shown, ground.entrants)
    column = [one.code for one in ground.scheme.stages].index(stage.code)
    cells = {row["entry"].id: row for row in table["rows"]}
    ranked, own = year.ranks(shown, stage.code), places.get(stage.code, {})
    said = rules.scores(ground.scheme, stage, _reported(ground, stage))
    rows = []
    for one in ground.entrants:
        row = ground.assessments.get((one.entry.id, stage.code))
        cell = cells[one.entry.id]["scores"][column]
        place: dict[str, Any] = {"event_id": event.id, "stage": stage.code, "entry_id": one.entry.id}
        rows.append(
            {
                "entry": one.entry, "number": one.entry.number, "rank": ranked.get(one.code),
                "report": REPORTS[report_state(row, ground.periods.get(stage.code), now)],
                "reported": said.get(str(one.entry.id)) or DASH, "checked": cell["text"],
                "banner": cell["banner"] and table["several"],
                "check": CHECKS[check_state(own.get(one.code, []))], "status": cells[one.entry.id]["status"],
                "spot": bool(row is not None and row.spot),
                "check_url": url_for("assessments.show_check", **place),
                "report_url": url_for("assessments.show_report", **place),
            }
        )  # fmt: skip
    return rows


def _reported(ground: Ground, stage: Stage) -> dict[str, dict[str, str]]:
    """Return what units report for a stage as the scheme reads it, by the entry's number as text."""
    found = {}
    for (entry_id, code), row in ground.assessments.items():
        if code == stage.code and row.reported:
            found[str(entry_id)] = {
                aspect.code: rules.with_target(aspect, row.reported.get(aspect.code, ""), row.targets)
                for aspect in stage.aspects
            }
    return found


def _banner(codes: frozenset[str], ground: Ground) -> list[str]:
    several = len(ground.scheme.stages) > 1
    return [one.entry.name for one in ground.entrants if one.code in codes] if several else []
