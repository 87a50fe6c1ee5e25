"""Read standings, and the announced results that they count."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.organisations.models import Union, Unit
from scoring.results import outcomes
from scoring.results.models import ResultVersion
from scoring.rules.comparators import compared_value
from scoring.rules.group_standing import Achievement
from scoring.rules.model import Comparator
from scoring.rules.numbers import format_number
from scoring.rules.parse_standing import Method
from scoring.standings.models import CompetitionStanding, StandingVersion
from scoring.standings.rules import Source

BY_DOTS = ("stage", "criterion", "aspect")


class Ground(NamedTuple):
    """What a standing counts: sources in order, rows, and the events without an announced result."""

    sources: list[Source]
    rows: list[Achievement]
    waiting: list[Event]


def find_standing(session: Session, competition_id: int, standing_id: int) -> CompetitionStanding | None:
    """Return a standing of a competition, or None."""
    return session.scalar(
        select(CompetitionStanding)
        .options(joinedload(CompetitionStanding.versions))
        .where(CompetitionStanding.id == standing_id, CompetitionStanding.competition_id == competition_id)
    )


def list_standings(session: Session, competition_id: int) -> list[CompetitionStanding]:
    """Return the standings of a competition with their versions, in the order in which they were made."""
    return list(
        session.scalars(
            select(CompetitionStanding)
            .options(selectinload(CompetitionStanding.versions))
            .where(CompetitionStanding.competition_id == competition_id)
            .order_by(CompetitionStanding.id)
        )
    )


def find_version(
    session: Session, competition_id: int, standing_id: int, number: int
) -> StandingVersion | None:
    """Return a published version of a standing of this competition, or None."""
    return session.scalar(
        select(StandingVersion)
        .join(StandingVersion.standing)
        .where(
            CompetitionStanding.competition_id == competition_id,
            StandingVersion.standing_id == standing_id,
            StandingVersion.number == number,
        )
    )


def list_events(session: Session, competition_id: int) -> list[Event]:
    """Return the events of a competition that were not cancelled, in their order."""
    return list(
        session.scalars(
            select(Event)
            .where(Event.competition_id == competition_id, Event.state != "cancelled")
            .order_by(Event.id)
        )
    )


def get_ground(
    session: Session, competition_id: int, method: Method, event_ids: Collection[int]
) -> Ground:
    """Return what the announced results give a method over these events; none means all."""
    events = [e for e in list_events(session, competition_id) if not event_ids or e.id in event_ids]
    versions = _announced(session, [event.id for event in events])
    known = [event for event in events if event.id in versions]
    groups = _groups(session, [event.id for event in known], method)
    rows = [
        row for event in known for row in _rows(versions[event.id], method.codes, groups.get(event.id, {}))
    ]
    sources = [
        Source(str(e.id), e.name, versions[e.id].number, versions[e.id].sha256) for e in known
    ]
    return Ground(sources, rows, [event for event in events if event.id not in versions])


def _announced(session: Session, event_ids: Sequence[int]) -> dict[int, ResultVersion]:
    """Return the newest announced version of the result of each event that has one."""
    newest = (
        select(ResultVersion.event_id, func.max(ResultVersion.number).label("number"))
        .where(ResultVersion.event_id.in_(event_ids), ResultVersion.announced_at.is_not(None))
        .group_by(ResultVersion.event_id)
        .subquery()
    )
    here = (newest.c.event_id == ResultVersion.event_id) & (newest.c.number == ResultVersion.number)
    found = session.scalars(select(ResultVersion).join(newest, here))
    return {version.event_id: version for version in found}


def _groups(session: Session, event_ids: Sequence[int], method: Method) -> dict[int, dict[str, str]]:
    """Return the group of each code by event: its unit as it is called today, or the unit's union."""
    group = Unit.name if method.of == "unit" else Union.name
    found: dict[int, dict[str, str]] = {}
    rows = session.execute(
        select(EntryCode.event_id, EntryCode.code, group)
        .join(Entry, Entry.id == EntryCode.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .outerjoin(Union, Union.id == Unit.union_id)
        .where(EntryCode.event_id.in_(event_ids))
    )
    for event_id, code, name in rows:
        found.setdefault(event_id, {})[code] = name or ""
    return found


def _rows(version: ResultVersion, codes: Sequence[str], groups: Mapping[str, str]) -> list[Achievement]:
    header = version.document["header"]
    rows = []
    for cells in version.document["rows"]:
        row = dict(zip(header, cells, strict=True))
        values = {code: value for code in codes if (value := _value(version, row, code))}
        rows.append(
            Achievement(
                event=str(version.event_id), entry=row["entry"], group=groups.get(row["entry"], ""),
                status=row["status"], rank=row["rank"], total=row["total"], scale=row.get("scale", ""),
                award=row.get("award", ""), values=values,
            )  # fmt: skip
        )
    return rows


def _value(version: ResultVersion, row: Mapping[str, str], code: str) -> str:
    """Return what a stage, criterion or aspect gave an entry; empty where its event has no such thing."""
    if code in row:
        return row[code]
    computed = outcomes.of_version(version) if code.count(".") == 2 else None
    if computed is None:
        return ""
    scheme = computed.inputs.scheme
    stage, _criterion, aspect = code.split(".")
    known = scheme.find_aspect(stage, aspect)
    if known is None or known.path != code or row["status"] != "valid":
        return ""
    value = compared_value(computed.outcome.tally, Comparator("aspect", code, "", "desc"), row["entry"])
    return "" if value is None else format_number(value, None)
