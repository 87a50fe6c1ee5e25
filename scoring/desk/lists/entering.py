"""Keep a list of marks, say what its columns mean, enter it as a whole or discard it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from accounts import policy
from accounts.queries import list_held_grants
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.services import hold
from competitions.lists.grid import Grid, from_json
from core.audit import services as audit
from core.refusals import refuse
from scoring.desk import people, queries, writing
from scoring.desk.lists import columns
from scoring.desk.lists.proposal import Change, Proposal, propose
from scoring.desk.lists.reading import lines_of
from scoring.desk.models import MarkList
from scoring.rules.model import Scheme, Stage
from scoring.schemes.queries import get_scheme
from scoring.sheets.models import Sheet
from scoring.sheets.services import Desk
from scoring.sheets.together import together


class Upload(NamedTuple):
    """What was uploaded for a stage: the sheet as it was read, the name and the fingerprint of the file."""

    stage: Stage
    grid: Grid
    filename: str
    sha256: str


def keep_list(
    session: Session, event: Event, upload: Upload, *, signs: bool, actor_id: int, now: datetime
) -> MarkList:
    """Keep a list that was read; no mark is written.

    Raises: Refused DESK_CLOSED.
    """
    hold(session, event)
    people.require_marking(event)
    fields = columns.suggest(upload.stage, upload.grid.headings)
    made = MarkList(
        event_id=event.id, number=queries.next_number(session, event.id), stage=upload.stage.code,
        filename=upload.filename[-200:], sha256=upload.sha256, grid=upload.grid.as_json(),
        columns=_listed(fields), signs=signs, by_id=actor_id, at=now, changes=[],
    )  # fmt: skip
    session.add(made)
    session.flush()
    _record(session, made, "list:bring", actor_id, now, {"file": made.filename, "sha256": made.sha256})
    return made


def choose_columns(
    session: Session, made: MarkList, fields: Mapping[int, str], *, actor_id: int, now: datetime
) -> None:
    """Say what the columns of a list mean.

    Raises: Refused LIST_CLOSED, LIST_NOT_YOURS.
    """
    _require_open(made)
    if made.by_id != actor_id:
        raise refuse("LIST_NOT_YOURS")
    made.columns = _listed(fields)
    _record(session, made, "list:columns", actor_id, now, {"columns": len(fields)})


def proposal_of(session: Session, event: Event, made: MarkList) -> Proposal | None:
    """Return what a list would do now; None while a column that is needed is not named."""
    scheme = get_scheme(session, event.id)
    stage, fields = stage_of(scheme, made), fields_of(made)
    if columns.lacking(fields):
        return None
    ground = queries.ground_of(session, event, scheme, stage, numbered=_may_number(session, event, made))
    lines = list(lines_of(from_json(made.grid), fields))
    return propose(ground, lines, made.sha256, signs=made.signs)


def _may_number(session: Session, event: Event, made: MarkList) -> bool:
    """Say whether a list may name entries by number: where the profile hides no names from who brought it.

    A number leads to a name; for anybody else a list by number would open the map of codes.
    """
    grants = list_held_grants(session, made.by_id)
    return not people.needs_second(event) and policy.allows(grants, "entry.list", event_path(session, event))


def enter_list(
    session: Session, event: Event, made: MarkList, digest: str, *, actor_id: int, now: datetime
) -> Proposal:
    """Write every mark of a list, or none; `digest` says which figures were looked at.

    Raises: Refused LIST_CLOSED, DESK_CLOSED, DESK_SAME_PERSON, DESK_OUTDATED, LIST_FAULTS, LIST_NOTHING.
    """
    hold(session, event)
    session.refresh(made, with_for_update={"of": MarkList})
    _require_open(made)
    people.require_marking(event)
    people.require_second(event, made.by_id, actor_id)
    found = proposal_of(session, event, made)
    if found is None or found.faults:
        raise refuse("LIST_FAULTS", count=len(found.faults) if found else 1)
    if found.digest != digest:
        raise refuse("DESK_OUTDATED")
    if not found.changes:
        raise refuse("LIST_NOTHING")
    source = {"kind": "list", "list": made.number, "sha256": made.sha256, "by": [made.by_id, actor_id]}
    refs = [change.sheet.ref for change in found.changes]
    with together(session, event, refs, [change.operation_id for change in found.changes]) as sheets:
        for change in found.changes:
            _enter(session, event, made, change, sheets, Desk(actor_id, source), now)
    made.changes = [row for change in found.changes for row in changed_rows(change)]
    made.state, made.closed_by_id, made.closed_at = "entered", actor_id, now
    made.signed = found.signs if made.signs else 0
    detail = {"sha256": made.sha256, "marks": len(made.changes), "sheets": len(found.changes)}
    _record(session, made, "list:enter", actor_id, now, detail)
    return found


def discard_list(session: Session, made: MarkList, *, actor_id: int, now: datetime) -> None:
    """Put a list away that was not entered.

    Raises: Refused LIST_CLOSED.
    """
    _require_open(made)
    made.state, made.closed_by_id, made.closed_at = "discarded", actor_id, now
    _record(session, made, "list:discard", actor_id, now, {"sha256": made.sha256})


def changed_rows(change: Change) -> list[list[Any]]:
    """Return the marks that change on a sheet as [code, judge, aspect, attempt, before, after]."""
    sheet = change.sheet
    return [
        [sheet.code, sheet.judge, key.aspect, key.attempt, sheet.marks.get(key, ""), value]
        for key, value in sorted(change.marks.items())
    ]


def stage_of(scheme: Scheme, made: MarkList) -> Stage:
    """Return the stage that a list is for.

    Raises: Refused DESK_OUTDATED where the scheme has it no more.
    """
    stage = scheme.find_stage(made.stage)
    if stage is None:
        raise refuse("DESK_OUTDATED")
    return stage


def fields_of(made: MarkList) -> dict[int, str]:
    """Return the field of each column that is read."""
    return {index: field for index, field in made.columns}


def _enter(
    session: Session, event: Event, made: MarkList, change: Change, sheets: Mapping[str, Sheet], desk: Desk,
    now: datetime,
) -> None:  # fmt: skip
    sheet = sheets.get(change.sheet.ref)
    if sheet is None:
        raise refuse("DESK_OUTDATED")
    signs = made.signs and change.complete
    writing.write(session, event, sheet, change.operation_id, change.marks, desk, now, signs=signs)


def _require_open(made: MarkList) -> None:
    if made.state != "open":
        raise refuse("LIST_CLOSED")


def _listed(fields: Mapping[int, str]) -> list[list[Any]]:
    return [[index, field] for index, field in sorted(fields.items())]


def _record(
    session: Session, made: MarkList, action: str, actor_id: int, now: datetime, detail: dict[str, Any]
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"list:{made.id}", now=now,
        detail={"number": made.number, **detail}, event_id=made.event_id,
    )  # fmt: skip
