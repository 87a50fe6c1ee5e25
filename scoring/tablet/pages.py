"""What the judge's pages show, as plain values for their templates."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.draw.wording import station_words
from competitions.events.queries import find_event
from scoring.results.messages import finding_words
from scoring.rules.findings import Finding
from scoring.rules.model import Aspect, Scheme, Stage
from scoring.rules.numbers import format_short
from scoring.rules.values import preview_points
from scoring.schemes.queries import get_scheme, list_schemes
from scoring.schemes.sheet_preview import named_criteria, splits
from scoring.sheets import queries as sheets
from scoring.sheets.rules import EDITABLE, MarkKey, judges_aspects, missing_marks
from scoring.sheets.seating import sheet_sizes
from scoring.sheets.services import Answer
from scoring.tablet import queries, rules
from scoring.tablet.queries import OwnSheet, TaskRow

CLOCK = re.compile(r"[0-9]+:[0-9]+(\.[0-9]+)?")


def tasks(session: Session, user_id: int, *, only_event: int | None = None) -> list[dict[str, Any]]:
    """Return the judge's events with their stages: how many sheets are signed, which comes next."""
    rows = queries.list_own_sheets(session, user_id)
    events = queries.list_own_events(session, user_id)
    schemes = list_schemes(session, [event.id for event in events])
    found = []
    for event in events:
        if only_event not in (None, event.id):
            continue
        scheme = schemes.get(event.id)
        mine = [row for row in rows if row.event_id == event.id]
        groups = {stage: list(group) for stage, group in groupby(mine, key=lambda row: row.stage)}
        stages = [stage for stage in scheme.stages if stage.code in groups] if scheme is not None else []
        found.append(
            {
                "title": name_of(event),
                "competition": name_of(event.competition),
                "state": event.state,
                "stages": [_stage_task(stage, groups[stage.code]) for stage in stages],
            }
        )
    return found


def _stage_task(stage: Stage, rows: list[TaskRow]) -> dict[str, Any]:
    wanted = [row for row in rows if _state(row) != "absent"]
    signed = sum(_state(row) == "signed" for row in wanted)
    return {
        "title": stage.title,
        "url": url_for("tablet.list_entries", event_id=rows[0].event_id, stage=stage.code),
        "signed": signed,
        "all": len(wanted),
        "returned": sum(_state(row) == "returned" for row in rows),
    }


def stage_page(session: Session, user_id: int, event_id: int, stage: str) -> dict[str, Any] | None:
    """Return the entries of one stage by code, or None where the judge has no sheet in it."""
    event = find_event(session, event_id)
    rows = [
        row
        for row in queries.list_own_sheets(session, user_id)
        if (row.event_id, row.stage) == (event_id, stage)
    ]
    if event is None or not rows:
        return None
    places = _places(session, event_id, user_id, stage)
    unfinished = next((row for row in rows if _state(row) not in ("signed", "absent")), None)
    return {
        "title": name_of(event),
        "stage": _stage_title(session, event_id, stage),
        "rows": [_entry(row, places.get(row.code, 0)) for row in rows],
        "signed": sum(_state(row) == "signed" for row in rows),
        "wanted": sum(_state(row) != "absent" for row in rows),
        "next_url": url_for("tablet.show_sheet", ref=unfinished.ref) if unfinished else None,
        "next_code": unfinished.code if unfinished else "",
    }


def _entry(row: TaskRow, places: int) -> dict[str, Any]:
    return {
        "code": row.code,
        "station": station_words(row.station, row.batch) if row.station else "",
        "url": url_for("tablet.show_sheet", ref=row.ref),
        "state": _state(row),
        "marked": row.marked,
        "places": places,
    }


def sheet_page(session: Session, user_id: int, ref: str) -> dict[str, Any]:
    """Return one sheet with its values, its neighbours and what is still missing."""
    own = queries.find_own_sheet(session, user_id, ref)
    if own is None:
        raise LookupError(ref)
    scheme = get_scheme(session, own.event.id)
    stage = scheme.find_stage(own.sheet.stage)
    if stage is None:
        raise LookupError(own.sheet.stage)
    mine = _own_aspects(session, scheme, own)
    marks = sheets.marks_of(session, own.sheet.id)
    fields = rules.fields(stage, mine, marks)
    missing = missing_marks(stage, mine, marks)
    previous, following = _neighbours(session, user_id, own)
    criteria = named_criteria(stage)
    return {
        "own": own,
        "station": station_words(own.station, own.batch),
        "stage": stage,
        "title": name_of(own.event),
        "fields": [_field(field) | {"criterion": criteria.get(field.aspect.criterion)} for field in fields],
        "attempts": stage.attempts,
        "marked": sum(bool(field.value) for field in fields if field.attempt == 1),
        "places": sum(field.attempt == 1 for field in fields),
        "missing": [_named_place(scheme, own, key) for key in missing],
        "questions": rules.questions(fields),
        "editable": is_editable(own),
        "previous_url": previous,
        "next_url": following,
    }


def is_editable(own: OwnSheet) -> bool:
    """Say whether marks may be entered on this sheet now."""
    return (
        own.event.state == "scoring" and own.sheet.state in EDITABLE and own.entry_status in rules.COMPETING
    )


def _field(field: rules.Field) -> dict[str, Any]:
    aspect = field.aspect
    return {
        "aspect": aspect,
        "id": f"{aspect.code}-{field.attempt}",
        "number": field.number,
        "attempt": field.attempt,
        "value": field.value,
        "shown": shown_value(aspect, field.value),
        "points": (shown_points(aspect, field.value) or "") if field.value else "",
        "parts": value_parts(aspect, field.value),
        "range": value_range(aspect),
        "splits": splits(aspect),
        "levels": list(enumerate(aspect.levels)),
    }


def shown_points(aspect: Aspect, value: str) -> str | None:
    """Return the points of a value; a time without a limit is kept for comparing and gives none."""
    return None if aspect.kind == "time" and aspect.limit is None else preview_points(aspect, value)


def shown_value(aspect: Aspect, value: str) -> str:
    """Return a kept value as a judge reads it: seconds as hours, minutes and seconds, yes and no in words."""
    if aspect.kind == "time" and value:
        whole, point, fraction = value.partition(".")
        minutes, seconds = divmod(int(whole), 60)
        hours, minutes = divmod(minutes, 60)
        clock = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
        return f"{clock}{point}{fraction}"
    if aspect.kind == "measurement" and aspect.entry == "pass" and value:
        return str(_("Yes")) if value == "yes" else str(_("No"))
    return value


def value_parts(aspect: Any, value: str) -> tuple[str, str]:
    """Return the one or two numbers that a kept value was keyed in as."""
    if splits(aspect) == "time" and value:
        whole, point, fraction = value.partition(".")
        minutes, seconds = divmod(int(whole), 60)
        return str(minutes), f"{seconds}{point}{fraction}"
    first, _stroke, second = value.partition("/")
    return first, second


def value_range(aspect: Any) -> str:
    """Return what may be entered, in words."""
    if aspect.kind == "judgement":
        return str(_("Level 0 to %(most)s", most=len(aspect.levels) - 1))
    if aspect.kind == "time" or aspect.entry == "value":
        return str(aspect.unit)
    if aspect.entry == "pass":
        return str(_("%(most)s points or 0", most=_n(aspect.maximum)))
    return COUNTED_RANGES.get(aspect.kind, _points_range)(aspect)


def _points_range(aspect: Any) -> str:
    least, most, step = _n(aspect.minimum), _n(aspect.maximum), _n(aspect.step)
    return str(_("%(least)s to %(most)s points, step %(step)s", least=least, most=most, step=step))


def _deduction_range(aspect: Any) -> str:
    if aspect.per is None:
        return str(_("%(most)s points; enter the points lost", most=_n(aspect.maximum)))
    return str(_("%(most)s points, %(per)s off for each", most=_n(aspect.maximum), per=_n(aspect.per)))


def _count_range(aspect: Any) -> str:
    return str(_("%(per)s points each, at most %(most)s", per=_n(aspect.per), most=_n(aspect.maximum)))


def _indicator_range(aspect: Any) -> str:
    return str(_("Up to %(most)s points", most=_n(aspect.maximum)))


def answer_body(session: Session, own: OwnSheet, answer: Answer) -> dict[str, Any]:
    """Return what the page is told after an operation: version, values, points, errors in words."""
    scheme = get_scheme(session, own.event.id)
    values = []
    for key, value in sorted(answer.marks.items()):
        aspect = scheme.find_aspect(own.sheet.stage, key.aspect)
        points = shown_points(aspect, value) if aspect else None
        values.append([key.aspect, key.attempt, value, points])
    errors = [[key.aspect, key.attempt, _fault_words(fault)] for key, fault in answer.errors.items()]
    return {
        "outcome": answer.outcome,
        "version": answer.version,
        "state": answer.state,
        "marks": values,
        "errors": errors,
        "reasons": _reasons(answer),
    }


def _fault_words(fault: Finding) -> str:
    """Return why a value was sent back; a time with too many seconds comes as minutes:seconds, as typed."""
    if fault.code == "SCORE_FORMAT" and CLOCK.fullmatch(str(fault.params.get("value", ""))):
        return str(_("Seconds go from 0 to 59. Enter 75 seconds as 1 minute 15 seconds."))
    return finding_words(fault)


def why_not_signed(answer: Answer) -> list[str]:
    """Return why a signature was refused."""
    if answer.missing:
        return [str(_("Marks are missing. Fill them in, then sign."))]
    return _reasons(answer)


def _reasons(answer: Answer) -> list[str]:
    if answer.outcome == "locked":
        return [str(_("This sheet is signed or marking is closed. Nothing was changed."))]
    if answer.outcome == "conflict":
        return [str(_("This sheet was changed on another device."))]
    return []


def next_open(session: Session, user_id: int, own: OwnSheet) -> str | None:
    """Return the address of the next sheet of this stage that is not signed."""
    open_ones = [
        row
        for row in _same_stage(session, user_id, own)
        if row.ref != own.sheet.ref and _state(row) not in ("signed", "absent")
    ]
    later = [row for row in open_ones if row.code > own.code] or open_ones
    return url_for("tablet.show_sheet", ref=later[0].ref) if later else None


def _neighbours(session: Session, user_id: int, own: OwnSheet) -> tuple[str | None, str | None]:
    refs = [row.ref for row in _same_stage(session, user_id, own)]
    if own.sheet.ref not in refs:
        return None, None
    here = refs.index(own.sheet.ref)
    before = url_for("tablet.show_sheet", ref=refs[here - 1]) if here else None
    after = url_for("tablet.show_sheet", ref=refs[here + 1]) if here + 1 < len(refs) else None
    return before, after


def _same_stage(session: Session, user_id: int, own: OwnSheet) -> Iterable[TaskRow]:
    wanted = (own.event.id, own.sheet.stage)
    return [row for row in queries.list_own_sheets(session, user_id) if (row.event_id, row.stage) == wanted]


def _own_aspects(session: Session, scheme: Scheme, own: OwnSheet) -> list[str]:
    seats = sheets.seats_of_entry(session, own.event.id, own.sheet.entry_id)
    return judges_aspects(scheme, seats, own.judge, own.sheet.stage)


def _places(session: Session, event_id: int, user_id: int, stage: str) -> dict[str, int]:
    """Return by entry how many aspects stand on the judge's sheet of a stage."""
    judge = queries.judge_code(session, event_id, user_id)
    sizes = sheet_sizes(get_scheme(session, event_id), sheets.get_seating(session, event_id))
    return {entry: found.get((judge, stage), 0) for entry, found in sizes.items()}


def _named_place(scheme: Scheme, own: OwnSheet, key: MarkKey) -> dict[str, Any]:
    aspect = scheme.find_aspect(own.sheet.stage, key.aspect)
    title = aspect.title if aspect else key.aspect
    return {"title": title, "attempt": key.attempt, "anchor": f"{key.aspect}-{key.attempt}"}


def _stage_title(session: Session, event_id: int, stage: str) -> str:
    found = get_scheme(session, event_id).find_stage(stage)
    return found.title if found else stage


def _state(row: TaskRow) -> str:
    return rules.progress_state(row.state, row.entry_status, row.marked)


def _n(number: int | None) -> str:
    return format_short(number or 0)


COUNTED_RANGES = {"deduction": _deduction_range, "count": _count_range, "indicator": _indicator_range}
