"""Read periods, what units report for them, and the sheets on which their checked values stand."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events import profiles
from competitions.events.models import Event
from core import canonical
from scoring.assessments.models import Assessment, AssessmentFile, AssessmentPeriod
from scoring.assessments.rules import REPORTED_IN, SUBMITTED
from scoring.desk.queries import aspects_by_place
from scoring.rules.model import Scheme, Stage
from scoring.sheets import queries as sheets
from scoring.sheets.queries import SheetRow
from scoring.sheets.rules import judge_order
from scoring.sheets.states import UNSIGNED


class Entrant(NamedTuple):
    """An approved entry with its code, once there is one."""

    entry: Entry
    code: str


class Place(NamedTuple):
    """A sheet of an entry in a stage, with the aspects whose checked values stand on it."""

    row: SheetRow
    aspects: tuple[str, ...]


class Ground(NamedTuple):
    """What is read once for a page: the scheme, who is assessed, for which periods, what there is."""

    scheme: Scheme
    entrants: list[Entrant]
    periods: Mapping[str, AssessmentPeriod]
    assessments: Mapping[tuple[int, str], Assessment]


def is_assessed(event: Event) -> bool:
    """Say whether an event's units report of themselves: its kind of activity, and open names."""
    competition = event.competition
    return profiles.is_assessed(competition.kind.key, competition.profile)


def list_entrants(session: Session, event_id: int) -> list[Entrant]:
    """Return the approved entries in the order in which they were entered."""
    rows = session.execute(
        select(Entry, EntryCode.code)
        .outerjoin(EntryCode, EntryCode.entry_id == Entry.id)
        .options(joinedload(Entry.unit))
        .where(Entry.event_id == event_id, Entry.review == "approved")
        .order_by(Entry.number)
    )
    return [Entrant(row[0], row[1] or "") for row in rows]


def find_entrant(session: Session, event_id: int, entry_id: int) -> Entrant | None:
    """Return an approved entry of an event."""
    found = (one for one in list_entrants(session, event_id) if one.entry.id == entry_id)
    return next(found, None)


def list_periods(session: Session, event_id: int) -> dict[str, AssessmentPeriod]:
    """Return the periods for which the units are asked, by stage."""
    rows = session.scalars(select(AssessmentPeriod).where(AssessmentPeriod.event_id == event_id))
    return {row.stage: row for row in rows}


def find_period(session: Session, event_id: int, stage: str) -> AssessmentPeriod | None:
    """Return the period of a stage, if the units are asked for it."""
    own = (AssessmentPeriod.event_id == event_id, AssessmentPeriod.stage == stage)
    return session.scalar(select(AssessmentPeriod).where(*own))


def list_reported(session: Session, event_id: int, stage: str) -> set[int] | None:
    """Return the entries whose report for a stage is handed in; None where no unit is asked for one."""
    if find_period(session, event_id, stage) is None:
        return None
    own = (Assessment.event_id == event_id, Assessment.stage == stage, Assessment.state == SUBMITTED)
    return set(session.scalars(select(Assessment.entry_id).where(*own)))


class Due(NamedTuple):
    """A report that a unit owes: for which period, of which entry, and what there is of it."""

    period: AssessmentPeriod
    event: Event
    entry: Entry
    row: Assessment | None


def list_due(session: Session, units: Collection[int]) -> list[Due]:
    """Return the reports of these units that are asked for and not handed in, the next one in front."""
    own = (Assessment.entry_id == Entry.id) & (Assessment.stage == AssessmentPeriod.stage)
    statement = (
        select(AssessmentPeriod, Event, Entry, Assessment)
        .join(Event, Event.id == AssessmentPeriod.event_id)
        .join(Entry, Entry.event_id == Event.id)
        .outerjoin(Assessment, own)
        .options(joinedload(Event.competition))
        .where(Entry.unit_id.in_(units), Entry.review == "approved", Event.state.in_(REPORTED_IN))
        .where(Assessment.id.is_(None) | (Assessment.state != SUBMITTED))
        .order_by(AssessmentPeriod.due_at, Entry.id, AssessmentPeriod.id)
    )
    return [Due(*row) for row in session.execute(statement)]


def list_assessments(session: Session, event_id: int) -> dict[tuple[int, str], Assessment]:
    """Return what there is by entry and stage, with the files' names."""
    rows = session.scalars(
        select(Assessment)
        .options(selectinload(Assessment.files).joinedload(AssessmentFile.file))
        .where(Assessment.event_id == event_id)
    )
    return {(row.entry_id, row.stage): row for row in rows}


def list_targets(session: Session, event_id: int, stage: str) -> dict[int, dict[str, str]]:
    """Return the targets that are set for a stage, by entry."""
    rows = session.execute(
        select(Assessment.entry_id, Assessment.targets).where(
            Assessment.event_id == event_id, Assessment.stage == stage
        )
    )
    return {row.entry_id: dict(row.targets) for row in rows if row.targets}


def targets_seen(session: Session, event_id: int, stage: str) -> str:
    """Return the fingerprint of a stage's targets: of them alone, for units report while they are set."""
    kept = list_targets(session, event_id, stage)
    return canonical.digest({str(entry): own for entry, own in kept.items()})


def list_confirmed(session: Session, event_id: int, stage: str) -> set[int]:
    """Return the entries of which a sheet of the stage is signed: their targets are part of its marks."""
    rows = sheets.list_sheets(session, event_id)
    codes = {row.entry for row in rows if row.stage == stage and row.state not in UNSIGNED}
    return {one.entry.id for one in list_entrants(session, event_id) if one.code in codes}


def find_assessment(session: Session, entry_id: int, stage: str) -> Assessment | None:
    """Return what there is of an entry in a stage."""
    return session.scalar(
        select(Assessment).where(Assessment.entry_id == entry_id, Assessment.stage == stage)
    )


def find_file(session: Session, entry_id: int, stage: str, file_id: int) -> AssessmentFile | None:
    """Return a piece of evidence of an entry in a stage."""
    return session.scalar(
        select(AssessmentFile)
        .join(Assessment, Assessment.id == AssessmentFile.assessment_id)
        .join(AssessmentFile.file)
        .options(contains_eager(AssessmentFile.file))
        .where(
            AssessmentFile.id == file_id, Assessment.entry_id == entry_id, Assessment.stage == stage
        )
    )


def list_places(
    session: Session, event_id: int, scheme: Scheme, stage: Stage
) -> dict[str, list[Place]]:
    """Return the sheets of each code in a stage; an aspect stands on one of them alone.

    Aspects that several judges mark apart are left out: what they say is no single checked value.
    """
    aspects = aspects_by_place(session, event_id, scheme, stage)
    rows = [row for row in sheets.list_sheets(session, event_id) if row.stage == stage.code]
    holders: dict[tuple[str, str], list[str]] = {}
    for (code, judge), own in aspects.items():
        for aspect in own:
            holders.setdefault((code, aspect), []).append(judge)
    found: dict[str, list[Place]] = {}
    for row in sorted(rows, key=lambda row: (row.entry, judge_order(row.judge))):
        mine = aspects.get((row.entry, row.judge), ())
        alone = tuple(aspect for aspect in mine if holders[row.entry, aspect] == [row.judge])
        found.setdefault(row.entry, []).append(Place(row, alone))
    return found


def list_checked(session: Session, event_id: int) -> dict[tuple[str, str], dict[str, str]]:
    """Return the marks of an event by stage and code: aspect and value of those that one judge gives."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for mark in sheets.list_marks(session, event_id):
        if mark.attempt == 1:
            found.setdefault((mark.stage, mark.entry), {})[mark.aspect] = mark.value
    return found

