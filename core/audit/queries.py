"""Read the audit trail, and check its chains."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from core import canonical, chain
from core.audit.models import AuditRecord
from core.audit.rules import DOMAIN, body

PAGE = 50
BATCH = 2000


@dataclass(frozen=True)
class RecordFilter:
    """Which records a list shows; None means all. `chains` is what the reader may see at all.

    `text` stands somewhere in the details of an act, as they are stored, or in what it is about.
    """

    chains: Collection[str] | None = None
    chain: str | None = None
    action: str | None = None
    actor_ids: Collection[int] | None = None
    since: datetime | None = None
    before: datetime | None = None
    text: str | None = None


def list_records(session: Session, chosen: RecordFilter, page: int) -> Sequence[AuditRecord]:
    """Return one page of records, the newest first."""
    return session.scalars(
        select(AuditRecord)
        .where(*_conditions(chosen))
        .order_by(AuditRecord.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()


def list_all(session: Session, chosen: RecordFilter, most: int) -> Sequence[AuditRecord]:
    """Return all records that a list has on all its pages, at most so many, the oldest first."""
    found = select(AuditRecord).where(*_conditions(chosen)).order_by(AuditRecord.id).limit(most)
    return session.scalars(found).all()


def count_records(session: Session, chosen: RecordFilter) -> int:
    """Return how many records a list has on all its pages."""
    return session.scalar(select(func.count()).select_from(AuditRecord).where(*_conditions(chosen))) or 0


def head(session: Session, name: str) -> tuple[int, str]:
    """Return number and hash of the newest record of a chain; (0, genesis) for one without records."""
    newest = select(AuditRecord.seq, AuditRecord.hash).where(AuditRecord.chain == name)
    last = session.execute(newest.order_by(AuditRecord.seq.desc()).limit(1)).first()
    return (last.seq, last.hash) if last else (0, chain.GENESIS)


def check_chain(session: Session, name: str, wanted: Collection[int] = ()) -> chain.Verdict:
    """Compute every hash of a chain again, in batches, and say where it stops to fit."""
    return chain.check(DOMAIN, _links(session, name), wanted)


def _links(session: Session, name: str) -> Iterator[chain.Link]:
    columns = (
        AuditRecord.seq, AuditRecord.prev_hash, AuditRecord.hash, AuditRecord.at, AuditRecord.actor_id,
        AuditRecord.action, AuditRecord.subject, AuditRecord.detail,
    )  # fmt: skip
    statement = select(*columns).where(AuditRecord.chain == name).order_by(AuditRecord.seq).limit(BATCH)
    rows = session.execute(statement).all()
    while rows:
        for row in rows:
            content = body(row.seq, row.at, row.actor_id, row.action, row.subject, row.detail)
            yield chain.Link(row.seq, row.prev_hash, row.hash, content)
        rows = session.execute(statement.where(AuditRecord.seq > rows[-1].seq)).all()


def _conditions(chosen: RecordFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.chains is not None:
        found.append(AuditRecord.chain.in_(chosen.chains))
    if chosen.chain is not None:
        found.append(AuditRecord.chain == chosen.chain)
    if chosen.action is not None:
        found.append(AuditRecord.action == chosen.action)
    if chosen.actor_ids is not None:
        found.append(AuditRecord.actor_id.in_(chosen.actor_ids))
    if chosen.since is not None:
        found.append(AuditRecord.at >= chosen.since)
    if chosen.before is not None:
        found.append(AuditRecord.at < chosen.before)
    return found if chosen.text is None else [*found, _tells(chosen.text)]


def _tells(text: str) -> ColumnElement[bool]:
    """Look for the text as it is written: an entry code in capitals is in no fingerprint.

    LIKE asks about capitals on one database and not on the other; `replace` does on both.
    """
    stored, written = type_coerce(AuditRecord.detail, Text), canonical.dumps(text)[1:-1]
    return or_(
        *(func.replace(column, part, "") != column
          for column, part in ((stored, written), (AuditRecord.subject, text)))
    )  # fmt: skip
