"""Read what came to the desk, and the sheets that it is about."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from scoring.desk.lists.proposal import Ground, Sheet
from scoring.desk.models import BackupFile, BackupRecord, Keying, MarkList
from scoring.rules.model import Scheme, Stage
from scoring.sheets import queries as sheets
from scoring.sheets.models import LedgerOperation
from scoring.sheets.models import Sheet as SheetRow
from scoring.sheets.rules import MarkKey, judges_aspects

SETTLED = frozenset({"applied", "elsewhere", "held"})  # "held": in quarantine, where the chief decides


def list_lists(session: Session, event_id: int) -> list[MarkList]:
    """Return the lists of an event, newest first."""
    return list(
        session.scalars(
            select(MarkList)
            .where(MarkList.event_id == event_id, MarkList.state != "discarded")
            .options(joinedload(MarkList.by), joinedload(MarkList.closed_by))
            .order_by(MarkList.number.desc())
        )
    )


def find_list(session: Session, event_id: int, number: int) -> MarkList | None:
    """Return a list of an event by its number."""
    return session.scalar(
        select(MarkList).where(MarkList.event_id == event_id, MarkList.number == number)
    )


def next_number(session: Session, event_id: int) -> int:
    """Return the number of an event's next list."""
    last = session.scalar(select(func.max(MarkList.number)).where(MarkList.event_id == event_id))
    return (last or 0) + 1


def find_entered(session: Session, event_id: int, sha256: str) -> MarkList | None:
    """Return the earliest list that was entered from this very file."""
    return session.scalar(
        select(MarkList)
        .where(MarkList.event_id == event_id, MarkList.sha256 == sha256, MarkList.state == "entered")
        .order_by(MarkList.number)
        .limit(1)
    )


def ground_of(
    session: Session, event: Event, scheme: Scheme, stage: Stage, *, numbered: bool = False
) -> Ground:
    """Return what a list of a stage is held against; `numbered`: it may name entries by their numbers."""
    aspects = aspects_by_place(session, event.id, scheme, stage)
    marks: dict[tuple[str, str], dict[MarkKey, str]] = defaultdict(dict)
    for row in sheets.list_marks(session, event.id):
        if row.stage == stage.code:
            marks[row.entry, row.judge][MarkKey(row.aspect, row.attempt)] = row.value
    found = {
        (row.entry, row.judge): Sheet(
            row.ref, row.entry, row.judge, row.state, row.version, aspects.get((row.entry, row.judge), ()),
            marks[row.entry, row.judge],
        )
        for row in sheets.list_sheets(session, event.id)
        if row.stage == stage.code
    }  # fmt: skip
    statuses = {row.code: row.status for row in sheets.list_field(session, event.id)}
    numbers = _numbers(session, event.id) if numbered else {}
    return Ground(stage, found, statuses, numbers, _known(session, event.id))


def aspects_by_place(
    session: Session, event_id: int, scheme: Scheme, stage: Stage
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the aspects on each sheet of a stage by (code, judge)."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for group in sheets.get_seating(session, event_id).groups():
        for judge in {seat.judge for seat in group.seats}:
            mine = tuple(judges_aspects(scheme, group.seats, judge, stage.code))
            found |= dict.fromkeys(((entry, judge) for entry in group.entries), mine)
    return found


def _numbers(session: Session, event_id: int) -> dict[str, str]:
    rows = session.execute(
        select(Entry.number, EntryCode.code)
        .join(EntryCode, EntryCode.entry_id == Entry.id)
        .where(Entry.event_id == event_id, Entry.review == "approved")
    )
    return {str(row.number): row.code for row in rows}


def _known(session: Session, event_id: int) -> frozenset[str]:
    """Return the numbers of the operations that lists have brought."""
    return frozenset(
        session.scalars(
            select(LedgerOperation.operation_id).where(
                LedgerOperation.event_id == event_id,
                or_(LedgerOperation.kind == "save", LedgerOperation.kind == "sign"),
                LedgerOperation.operation_id.startswith("list-"),
            )
        )
    )


def list_open_keyings(session: Session, event_id: int) -> list[Keying]:
    """Return the keyed sheets that are not settled, the oldest first."""
    return list(
        session.scalars(
            select(Keying)
            .where(Keying.event_id == event_id, Keying.state == "open")
            .options(joinedload(Keying.by))
            .order_by(Keying.id)
        )
    )


def keyings_of(session: Session, sheet_id: int) -> list[Keying]:
    """Return how a sheet was keyed and is not settled, the first first."""
    return list(
        session.scalars(
            select(Keying)
            .where(Keying.sheet_id == sheet_id, Keying.state == "open")
            .options(joinedload(Keying.by))
            .order_by(Keying.id)
        )
    )


def list_settled_keyings(session: Session, event_id: int, most: int) -> list[Keying]:
    """Return the newest keyings that became their sheet."""
    return list(
        session.scalars(
            select(Keying)
            .where(Keying.event_id == event_id, Keying.state == "entered")
            .options(joinedload(Keying.by))
            .order_by(Keying.id.desc())
            .limit(most)
        )
    )


def refs_of(session: Session, sheet_ids: set[int]) -> dict[int, str]:
    """Return the random references of sheets by their numbers."""
    rows = session.execute(select(SheetRow.id, SheetRow.ref).where(SheetRow.id.in_(sheet_ids)))
    return {row.id: row.ref for row in rows}


def list_backups(session: Session, event_id: int) -> list[BackupFile]:
    """Return the backup files that were brought, newest first."""
    return list(
        session.scalars(
            select(BackupFile)
            .where(BackupFile.event_id == event_id)
            .options(joinedload(BackupFile.by), selectinload(BackupFile.records))
            .order_by(BackupFile.id.desc())
        )
    )


def find_backup(session: Session, event_id: int, backup_id: int) -> BackupFile | None:
    """Return a backup file of an event."""
    return session.scalar(
        select(BackupFile).where(BackupFile.event_id == event_id, BackupFile.id == backup_id)
    )


def find_backup_of(session: Session, event_id: int, sha256: str) -> BackupFile | None:
    """Return the backup file with these bytes."""
    return session.scalar(
        select(BackupFile).where(BackupFile.event_id == event_id, BackupFile.sha256 == sha256)
    )


def is_open(record: BackupRecord) -> bool:
    """Say whether somebody still has to look at a record."""
    return record.outcome not in SETTLED and record.withdrawn_at is None


def count_open(session: Session, event_id: int) -> int:
    """Return how many keyed sheets and records of backup files nobody has settled; one statement."""
    keyed = select(func.count(Keying.sheet_id.distinct())).where(
        Keying.event_id == event_id, Keying.state == "open"
    )
    records = (
        select(func.count(BackupRecord.id))
        .join(BackupFile, BackupFile.id == BackupRecord.file_id)
        .where(
            BackupFile.event_id == event_id,
            BackupRecord.outcome.not_in(SETTLED),
            BackupRecord.withdrawn_at.is_(None),
        )
    )
    return session.scalar(select(keyed.scalar_subquery() + records.scalar_subquery())) or 0
