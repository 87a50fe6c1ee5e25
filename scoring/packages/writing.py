"""Write the marks, statuses, penalties and decisions of a package through the event's ledger.

One operation for each sheet with marks, each status, penalty and decision, chained like any other.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events import profiles
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import canonical, clock
from scoring.packages import queries, rules
from scoring.packages.field import Maker
from scoring.packages.reading import Incoming
from scoring.rules.inputs import INCOMPLETE, DecisionInput, MarkInput
from scoring.rules.model import Scheme
from scoring.sheets import ledger, states
from scoring.sheets.ledger import Proposal
from scoring.sheets.models import Decision, Mark, Penalty, Sheet
from scoring.sheets.opening import add_sheets
from scoring.sheets.rules import MarkKey, missing_marks

WITHOUT_REASON = "随复算包导入（包内未写理由）"
NOT_ASSIGNED = "复算包的评分分工中没有该裁判"


class Field(NamedTuple):
    """Who takes part in the event, by the codes of the package."""

    event: Event
    entries: Mapping[str, Entry]
    judges: Mapping[str, Appointment]


def write_package(session: Session, field: Field, incoming: Incoming, by: Maker) -> None:
    """Write all that happened in the package; the sheets of the event have been made."""
    _write_statuses(session, field, incoming, by)
    _write_sheets(session, field, incoming, by)
    _write_penalties(session, field, incoming, by)
    _write_decisions(session, field, incoming, by)
    session.expire_all()


def _write_statuses(session: Session, field: Field, incoming: Incoming, by: Maker) -> None:
    rows = [row for row in incoming.entries if row.status not in ("", "valid")]
    _append(session, field, by, "status", [
        {"entry": field.entries[row.entry].ref, "from": "valid", "to": row.status, "reason": WITHOUT_REASON}
        for row in rows
    ])  # fmt: skip
    for row in rows:
        entry = field.entries[row.entry]
        entry.status, entry.status_reason = row.status, WITHOUT_REASON
    session.flush()


def _write_sheets(session: Session, field: Field, incoming: Incoming, by: Maker) -> None:
    marks = _by_sheet(field, incoming.marks)
    sheets = _sheets(session, field, marks, by)
    finished = _finished(field, incoming, sheets, marks)
    touched = sorted(set(marks) | finished, key=lambda place: (place[2], place[1], place[0]))
    bodies = [
        {
            "sheet": sheets[place].ref,
            "package": incoming.sha256,
            "marks": _listed(marks.get(place, [])),
            "locked": place in finished,
        }
        for place in touched
    ]
    closing = profiles.get(field.event.competition.profile).closing
    signed = states.after("sign", "draft", closing, field.event.state) or ""
    becomes = {place: signed if place in finished else "" for place in touched}
    answers = [{"imported": True, "state": becomes[place] or "draft"} for place in touched]
    _append(session, field, by, "import", bodies, answers)
    rows = [row for place in touched for row in _mark_rows(sheets[place].id, marks.get(place, []))]
    if rows:
        session.execute(insert(Mark), rows)
    changed = [_sheet_row(sheets[place], marks.get(place, []), becomes[place], by) for place in touched]
    if changed:
        session.execute(update(Sheet), changed)


SheetPlace = tuple[int, int, str]


def _by_sheet(field: Field, marks: Sequence[MarkInput]) -> dict[SheetPlace, list[MarkInput]]:
    found: dict[SheetPlace, list[MarkInput]] = defaultdict(list)
    for mark in marks:
        found[field.judges[mark.judge].id, field.entries[mark.entry].id, mark.stage].append(mark)
    return found


def _sheets(
    session: Session, field: Field, marks: Mapping[SheetPlace, Sequence[MarkInput]], by: Maker
) -> dict[SheetPlace, Sheet]:
    """Return the sheets of the event; one is added where somebody marked without a seat for it."""
    sheets = queries.list_sheets(session, field.event.id)
    missing = [place for place in marks if place not in sheets]
    added = add_sheets(session, field.event, missing, actor_id=by.actor_id, now=by.now)
    return sheets | dict(zip(missing, added, strict=True))


def _finished(
    field: Field,
    incoming: Incoming,
    sheets: Mapping[SheetPlace, Sheet],
    marks: Mapping[SheetPlace, Sequence[MarkInput]],
) -> set[SheetPlace]:
    """Return the sheets that count as signed: those of an entry that misses nothing, and complete ones."""
    without = (INCOMPLETE, "absent")
    whole = {field.entries[row.entry].id for row in incoming.outcome.rows if row.status not in without}
    own = _own_aspects(field, incoming)
    return {
        place
        for place in sheets
        if place[1] in whole or _is_complete(incoming.scheme, place[2], own, place[0], marks.get(place, []))
    }


def _own_aspects(field: Field, incoming: Incoming) -> dict[tuple[int, str], set[str]]:
    """Return what each (appointment, stage) has to mark; an agreed value needs only one of its panel."""
    own: dict[tuple[int, str], set[str]] = defaultdict(set)
    panels = rules.panels(incoming.scheme, incoming.assignments, incoming.marks)
    for (stage, code), judges in panels.items():
        aspect = incoming.scheme.find_aspect(stage, code)
        if aspect is not None and (aspect.panel.method != "agreed" or len(judges) == 1):
            for judge in judges:
                own[field.judges[judge].id, stage].add(code)
    return own


def _is_complete(
    scheme: Scheme,
    stage: str,
    own: Mapping[tuple[int, str], set[str]],
    appointment: int,
    marks: Sequence[MarkInput],
) -> bool:
    found = scheme.find_stage(stage)
    given = {MarkKey(mark.aspect, int(mark.attempt)): mark.value for mark in marks}
    mine = own.get((appointment, stage), set())
    return found is not None and bool(marks) and not missing_marks(found, mine, given)


def _listed(marks: Sequence[MarkInput]) -> list[list[Any]]:
    return sorted([mark.aspect, int(mark.attempt), mark.value] for mark in marks)


def _mark_rows(sheet_id: int, marks: Sequence[MarkInput]) -> list[dict[str, Any]]:
    """Return the rows of a sheet; several deductions of one judge are lines of their own."""
    lines: Counter[tuple[str, int]] = Counter()
    rows = []
    for mark in marks:
        key = (mark.aspect, int(mark.attempt))
        lines[key] += 1
        values = {"sheet_id": sheet_id, "aspect": key[0], "attempt": key[1], "line": lines[key]}
        rows.append({**values, "value": mark.value})
    return rows


def _sheet_row(sheet: Sheet, marks: Sequence[MarkInput], signed: str, by: Maker) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "version": 1,
        "state": signed or "draft",
        "signed_at": by.now if signed else None,
        "signed_hash": canonical.digest(_listed(marks)) if signed else None,
    }


def _write_penalties(session: Session, field: Field, incoming: Incoming, by: Maker) -> None:
    rows = [row._replace(reason=row.reason or WITHOUT_REASON) for row in incoming.penalties]
    operations = _append(session, field, by, "penalty", [
        {"entry": field.entries[row.entry].ref, "points": row.points, "reason": row.reason} for row in rows
    ])  # fmt: skip
    session.add_all(
        Penalty(
            event_id=field.event.id, entry_id=field.entries[row.entry].id, points=row.points,
            reason=row.reason, operation_id=operation,
        )
        for row, operation in zip(rows, operations, strict=True)
    )  # fmt: skip
    session.flush()


def _write_decisions(session: Session, field: Field, incoming: Incoming, by: Maker) -> None:
    rows = [row._replace(reason=row.reason or WITHOUT_REASON) for row in incoming.decisions]
    away = rules.absences(incoming.scheme, incoming.assignments, incoming.entries)
    rows += [row._replace(reason=NOT_ASSIGNED) for row in away]
    operations = _append(session, field, by, "decision", [_decision_body(field, row) for row in rows])
    session.add_all(
        Decision(
            event_id=field.event.id, kind=row.kind, entry_id=field.entries[row.entry].id, stage=row.stage,
            aspect=row.aspect, judge=row.judge, value=row.value, reason=row.reason, operation_id=operation,
        )
        for row, operation in zip(rows, operations, strict=True)
    )  # fmt: skip
    session.flush()


def _decision_body(field: Field, row: DecisionInput) -> dict[str, Any]:
    place = [row.stage, row.aspect, row.judge]
    ref = field.entries[row.entry].ref
    return {"kind": row.kind, "entry": ref, "place": place, "value": row.value, "reason": row.reason}


def _append(
    session: Session,
    field: Field,
    by: Maker,
    kind: str,
    bodies: Sequence[Mapping[str, Any]],
    answers: Iterable[Mapping[str, Any]] = repeat({"imported": True}),
) -> list[int]:
    """Append one operation for each body and return their row numbers."""
    proposals = [
        (Proposal(f"import-{clock.new_ref()}", kind, by.actor_id, body), answer)
        for body, answer in zip(bodies, answers, strict=False)
    ]
    return [row.id for row in ledger.append_all(session, field.event.id, proposals, by.now)]
