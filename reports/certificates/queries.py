"""Read who has won and which certificates were issued."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from competitions.entries.models import Entry, EntryMember
from competitions.events.models import Competition, Event
from reports.certificates.models import Certificate, CertificateNumber
from scoring.results.models import ResultRow, ResultVersion

OTHER = Certificate.__table__.alias("other")
AT_A_TIME = 500


class Winner(NamedTuple):
    """One winner of a final result with the newest certificate, if there is one; it may be revoked.

    `reserved` is the number that is kept for the winner as long as there is none. `former` is a certificate
    of an earlier result with another prize: it counts no longer, and is replaced by the one to be issued.
    """

    row: ResultRow
    entry: Entry
    certificate: Certificate | None
    reserved: CertificateNumber | None
    former: Certificate | None = None


def find_final_version(session: Session, event_id: int) -> ResultVersion | None:
    """Return the newest final result of an event."""
    return session.scalar(
        select(ResultVersion)
        .where(ResultVersion.event_id == event_id, ResultVersion.final_at.is_not(None))
        .order_by(ResultVersion.number.desc())
        .limit(1)
    )


def list_winners(session: Session, version_id: int) -> list[Winner]:
    """Return the winners of a result in the order of the table; one statement and the members.

    A certificate that an earlier result of the event has given goes on counting where the prize is the same.
    """
    newest = (
        select(func.max(OTHER.c.id))
        .where(OTHER.c.entry_id == ResultRow.entry_id, OTHER.c.state != "replaced")
        .correlate(ResultRow)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ResultRow, Entry, Certificate, CertificateNumber)
        .join(Entry, Entry.id == ResultRow.entry_id)
        .outerjoin(Certificate, Certificate.id == newest)
        .outerjoin(
            CertificateNumber,
            (CertificateNumber.entry_id == ResultRow.entry_id)
            & (CertificateNumber.version_id == ResultRow.version_id)
            & (CertificateNumber.state == "reserved"),
        )
        .options(joinedload(Entry.unit), selectinload(Entry.members).joinedload(EntryMember.person))
        .where(ResultRow.version_id == version_id, ResultRow.award != "")
        .order_by(ResultRow.position)
    )
    return [_winner(*row) for row in rows]


def _winner(
    row: ResultRow, entry: Entry, certificate: Certificate | None, reserved: CertificateNumber | None
) -> Winner:
    if (
        certificate is None
        or certificate.version_id == row.version_id
        or certificate.words["prize"] == row.award
    ):
        return Winner(row, entry, certificate, reserved)
    return Winner(row, entry, None, reserved, certificate)


def find_certificate(session: Session, event_id: int, certificate_id: int) -> Certificate | None:
    """Return a certificate of an event, whether it counts or not."""
    found = session.get(Certificate, certificate_id)
    return found if found is not None and found.event_id == event_id else None


def find_by_public_id(session: Session, public_id: str) -> Certificate | None:
    """Return the certificate whose page has this name."""
    return session.scalar(select(Certificate).where(Certificate.public_id == public_id))


def list_ended(session: Session) -> list[str]:
    """Return the public names of all certificates that count no longer, in their order."""
    ended = select(Certificate.public_id).where(Certificate.state != "issued")
    return sorted(name for name in session.scalars(ended) if name is not None)


def each_certificate(session: Session, event_id: int) -> Iterator[Certificate]:
    """Yield the certificates of an event that count by number of issue, few of them in memory at a time."""
    issued = (
        select(Certificate)
        .where(Certificate.event_id == event_id, Certificate.state == "issued")
        .order_by(Certificate.id)
    )
    yield from session.scalars(issued, execution_options={"yield_per": AT_A_TIME})


def count_issued(session: Session, event_id: int) -> int:
    """Return how many certificates of an event count."""
    counted = select(func.count()).where(Certificate.event_id == event_id, Certificate.state == "issued")
    return session.scalar(counted) or 0


def prizes_of(session: Session, version_id: int) -> dict[int, str]:
    """Return the awards of a result by entry."""
    rows = session.execute(
        select(ResultRow.entry_id, ResultRow.award).where(
            ResultRow.version_id == version_id, ResultRow.award != ""
        )
    )
    return {row.entry_id: row.award for row in rows}


def last_serial(session: Session, event_id: int) -> int:
    """Return the highest serial that an event has taken, whatever became of it; 0 where there is none."""
    taken = select(func.max(CertificateNumber.serial)).where(CertificateNumber.event_id == event_id)
    return session.scalar(taken) or 0


def list_reserved(session: Session, event_id: int) -> list[CertificateNumber]:
    """Return the numbers of an event that are reserved and not used yet."""
    return list(
        session.scalars(
            select(CertificateNumber)
            .where(CertificateNumber.event_id == event_id, CertificateNumber.state == "reserved")
            .order_by(CertificateNumber.serial)
        )
    )


def place_in_competition(session: Session, event: Event) -> int:
    """Return which event of its competition this is, from 1."""
    before = select(func.count()).where(Event.competition_id == event.competition_id, Event.id <= event.id)
    return session.scalar(before) or 1


def list_issuers(session: Session, competition: Competition) -> list[str]:
    """Return the bodies that sign, owners before hosts; the owning union where none is named."""
    order = {"organiser": 0, "host": 1}
    bodies = sorted(
        (body for body in competition.bodies if body.role in order),
        key=lambda body: (order[body.role], body.position),
    )
    return [body.name for body in bodies] or [competition.union.name]
