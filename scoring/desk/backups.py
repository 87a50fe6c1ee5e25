"""Backup files of tablets: opened, taken operation by operation through the one door, kept with the verdicts.

A file is JSON: {"format", "kid": the name of the key, "box": base64}. The box (core.boxes) holds JSON:
{"judge", "password", "device", "made_at", "operations"}. The password shows that this judge's tablet made
it: closing a box needs nothing secret, so without one anybody could write marks for anybody.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import identity
from accounts.queries import list_held_grants
from competitions.events.models import Event
from competitions.judges.models import Appointment
from core import canonical, database
from core.audit import services as audit
from core.boxes import closing
from core.boxes import services as boxes
from core.refusals import refuse
from scoring.desk import people, queries
from scoring.desk.models import BackupFile, BackupRecord
from scoring.sheets import queries as sheets
from scoring.tablet.bundle import BACKUP
from scoring.tablet.taking import Sender, take

MEGABYTES = 4
MOST_OPERATIONS = 5000
OUTER = {"format", "kid", "box"}
INNER = {"judge", "password", "device", "made_at", "operations"}
AGAIN = frozenset({"waiting", "fault", "full"})  # without a verdict for ever: taken again


class Backup(NamedTuple):
    """What a backup file holds: whose operations, from which device, made when by its clock."""

    sha256: str
    judge_id: int
    judge_code: str
    device: str
    made_at: str
    operations: Sequence[Any]


def read_backup(session: Session, event: Event, data: bytes) -> Backup:
    """Return what a backup file holds.

    Raises: Refused BACKUP_LARGE, BACKUP_FOREIGN, BACKUP_ELSEWHERE.
    """
    if len(data) > MEGABYTES * 2**20:
        raise refuse("BACKUP_LARGE", "backup", megabytes=MEGABYTES)
    try:
        outer = _fields(canonical.loads(data.decode()), OUTER)
        kid, box = outer["kid"], base64.b64decode(outer["box"], validate=True)
        if outer["format"] != BACKUP:
            raise ValueError("another format")
        inner = _fields(canonical.loads(boxes.open_box(session, BACKUP, kid, box).decode()), INNER)
    except (ValueError, TypeError, RecursionError, closing.Unopened) as error:
        raise refuse("BACKUP_FOREIGN", "backup") from error
    return _checked(session, event, str(kid), inner, hashlib.sha256(data).hexdigest())


def _fields(value: Any, names: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != names:
        raise ValueError("other fields")
    if not all(isinstance(value[name], str) for name in names - {"operations"}):
        raise ValueError("texts alone")
    return value


def _checked(session: Session, event: Event, kid: str, inner: dict[str, Any], sha256: str) -> Backup:
    operations = inner["operations"]
    if not isinstance(operations, list) or not 0 < len(operations) <= MOST_OPERATIONS:
        raise refuse("BACKUP_FOREIGN", "backup")
    rows = session.execute(
        select(Appointment.user_id, Appointment.code).where(Appointment.event_id == event.id)
    )
    judges = {identity.who(row.user_id): (row.user_id, row.code) for row in rows}
    if inner["judge"] not in judges:
        raise refuse("BACKUP_ELSEWHERE", "backup")
    user_id, code = judges[inner["judge"]]
    if not hmac.compare_digest(boxes.password_of(kid, str(user_id)), inner["password"]):
        raise refuse("BACKUP_FOREIGN", "backup")
    return Backup(sha256, user_id, code, inner["device"][:40], inner["made_at"][:40], operations)


def keep(session: Session, event: Event, backup: Backup, *, actor_id: int, now: datetime) -> BackupFile:
    """Keep a backup file with its operations, or find that it was brought before.

    Raises: Refused DESK_CLOSED.
    """
    database.lock(session, f"backup:{event.id}")
    known = queries.find_backup_of(session, event.id, backup.sha256)
    if known is not None:
        _record(session, known, "backup:repeat", actor_id, now, {"sha256": known.sha256})
        return known
    people.require_marking(event)
    made = BackupFile(
        event_id=event.id, sha256=backup.sha256, judge_id=backup.judge_id, judge_code=backup.judge_code,
        device=backup.device, made_at=backup.made_at, by_id=actor_id, at=now,
    )  # fmt: skip
    made.records = [
        BackupRecord(position=position, operation=operation, outcome="waiting")
        for position, operation in enumerate(backup.operations, start=1)
    ]
    session.add(made)
    session.flush()
    detail = {"sha256": made.sha256, "judge": made.judge_code, "records": len(made.records)}
    _record(session, made, "backup:bring", actor_id, now, detail)
    return made


def take_all(session: Session, made: BackupFile, *, actor_id: int) -> None:
    """Take every operation that has no verdict yet, one by one; each is committed with its verdict."""
    sender = Sender(made.judge_id, list_held_grants(session, made.judge_id), actor_id)
    for record in [row for row in made.records if row.outcome in AGAIN]:
        if _is_elsewhere(session, made.event_id, record.operation):
            record.outcome = "elsewhere"
        else:
            record.outcome = str(take(sender, record.operation, made.device)["outcome"])
        session.commit()


def withdraw(
    session: Session, made: BackupFile, record: BackupRecord, *, reason: str, actor_id: int, now: datetime
) -> None:
    """Put a record away that was not applied; what it says stays on record with the reason.

    Raises: Refused REASON_NEEDED, BACKUP_SETTLED.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    session.refresh(record, with_for_update=True)
    if not queries.is_open(record):
        raise refuse("BACKUP_SETTLED")
    record.withdrawn_by_id, record.withdrawn_at, record.reason = actor_id, now, reason
    detail = {
        "operation": operation_id(record), "outcome": record.outcome, "marks": marks_of(record),
        "reason": reason,
    }  # fmt: skip
    _record(session, made, "backup:withdraw", actor_id, now, detail)


def operation_id(record: BackupRecord) -> str:
    """Return the number of an operation; empty where it has none."""
    stated = record.operation
    return str(stated.get("op_id", ""))[:64] if isinstance(stated, dict) else ""


def marks_of(record: BackupRecord) -> list[Any]:
    """Return what an operation says, as far as it can be read: rows of aspect, attempt, value."""
    rows = record.operation.get("marks") if isinstance(record.operation, dict) else None
    listed = rows if isinstance(rows, list) else []
    return [row for row in listed if isinstance(row, list) and len(row) == 3]


def _is_elsewhere(session: Session, event_id: int, stated: Any) -> bool:
    ref = stated.get("sheet") if isinstance(stated, dict) else None
    sheet = sheets.find_sheet(session, ref) if isinstance(ref, str) else None
    return sheet is not None and sheet.event_id != event_id


def _record(
    session: Session, made: BackupFile, action: str, actor_id: int, now: datetime, detail: dict[str, Any]
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"backup:{made.id}", now=now, detail=detail,
        event_id=made.event_id,
    )  # fmt: skip
