"""Read objections."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.notices.models import Notice
from competitions.notices.objections.models import Objection


def find_objection(session: Session, notice: Notice, number: int) -> Objection | None:
    """Return the objection to a notice with this number."""
    return session.scalar(
        select(Objection).where(Objection.notice_id == notice.id, Objection.number == number)
    )


def find_receipt(session: Session, ref: str) -> Objection | None:
    """Return the objection whose receipt has this reference."""
    return session.scalar(select(Objection).where(Objection.ref == ref))


def list_objections(session: Session, notice: Notice) -> list[Objection]:
    """Return the objections to a notice in the order in which they came."""
    statement = select(Objection).where(Objection.notice_id == notice.id)
    return list(session.scalars(statement.order_by(Objection.number)))


def last_number(session: Session, notice: Notice) -> int:
    """Return the number of the last objection to a notice, 0 without one."""
    statement = select(func.max(Objection.number)).where(Objection.notice_id == notice.id)
    return session.scalar(statement) or 0


def count_since(session: Session, address_digest: str, since: datetime) -> int:
    """Return how many objections have come from an address since a moment."""
    statement = select(func.count()).where(
        Objection.address_digest == address_digest, Objection.filed_at > since
    )
    return session.scalar(statement) or 0


def count_open(session: Session, event: Event, kinds: Collection[str]) -> int:
    """Return how many objections are open to notices of these kinds about an event or its competition."""
    about = or_(Notice.event_id == event.id, Notice.event_id.is_(None))
    statement = (
        select(func.count(Objection.id))
        .join(Objection.notice)
        .where(
            Objection.decided_at.is_(None), Notice.competition_id == event.competition_id, about,
            Notice.kind.in_(kinds), Notice.state == "published",
        )
    )  # fmt: skip
    return session.scalar(statement) or 0


def count_by_notice(session: Session, competition_id: int) -> dict[int, int]:
    """Return how many objections are open, by notice of a competition."""
    statement = (
        select(Objection.notice_id, func.count())
        .join(Objection.notice)
        .where(Notice.competition_id == competition_id, Objection.decided_at.is_(None))
    )
    return dict(session.execute(statement.group_by(Objection.notice_id)).all())
