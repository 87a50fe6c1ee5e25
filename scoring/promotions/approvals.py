"""Record which promotions the human-resources authority approved, and take back what was recorded wrongly.

An approval names the person by reference and the document that grants it. The level on the person's own
record stays as it is: it follows the certificate, not the list.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.entries.models import Person
from competitions.events.models import Event
from competitions.people.references import refs_of
from core import clock, database
from core.audit import services as audit
from core.refusals import refuse
from scoring.promotions.models import PromotionApproval
from scoring.promotions.proposals import Line

APPROVED_STATES = frozenset({"announced", "final"})


class Grant(NamedTuple):
    """What stands under a list of approved promotions."""

    document: str
    on: date
    by: str


def record_approvals(
    session: Session, event: Event, lines: Sequence[Line], grant: Grant, *, actor_id: int, now: datetime
) -> int:
    """Record that these proposals were approved; one that is recorded already stays. Return how many are new.

    Raises: Refused PROMOTION_NOT_ANNOUNCED, APPROVAL_NOBODY, APPROVAL_FUTURE.
    """
    database.lock(session, f"promotion:{event.id}")
    if event.state not in APPROVED_STATES:
        raise refuse("PROMOTION_NOT_ANNOUNCED")
    if not lines:
        raise refuse("APPROVAL_NOBODY", "people")
    if grant.on > now.astimezone(clock.LOCAL).date():
        raise refuse("APPROVAL_FUTURE", "on")
    known = approved_people(session, event.id, [line.person_id for line in lines if line.person_id])
    people = {line.person_id: line for line in lines if line.person_id and line.person_id not in known}
    for person in session.scalars(select(Person).where(Person.id.in_(people)).order_by(Person.id)):
        line = people[person.id]
        session.add(
            PromotionApproval(
                event_id=event.id, person_ref=person.ref, name=line.name, current=line.current,
                target=line.proposed, document=grant.document, approved_on=grant.on, approved_by=grant.by,
                recorded_at=now, recorded_by_id=actor_id,
            )
        )  # fmt: skip
    session.flush()
    detail = {"count": len(people), "document": grant.document}
    _record(session, event, "promotion:approve", detail, actor_id, now)
    return len(people)


def revoke_approval(
    session: Session, event: Event, number: int, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Take back what was recorded, with a reason; it stays on record.

    Raises: Refused APPROVAL_GONE, REASON_NEEDED.
    """
    database.lock(session, f"promotion:{event.id}")
    found = session.get(PromotionApproval, number)
    if found is None or found.event_id != event.id or found.revoked_at is not None:
        raise refuse("APPROVAL_GONE")
    if not reason:
        raise refuse("REASON_NEEDED", "reason")
    found.revoked_at, found.revoked_reason = now, reason
    session.flush()
    detail = {"person": found.person_ref, "document": found.document, "reason": reason}
    _record(session, event, "promotion:revoke", detail, actor_id, now)


def list_approvals(session: Session, event_id: int) -> list[PromotionApproval]:
    """Return what was recorded of an event, in that order; what was taken back as well."""
    own = select(PromotionApproval).where(PromotionApproval.event_id == event_id)
    return list(session.scalars(own.order_by(PromotionApproval.id)))


def approved_people(session: Session, event_id: int, people: Collection[int]) -> set[int]:
    """Return those of some people whose promotion in an event is approved, under any reference they had."""
    refs = set(
        session.scalars(
            select(PromotionApproval.person_ref).where(
                PromotionApproval.event_id == event_id, PromotionApproval.revoked_at.is_(None)
            )
        )
    )
    return {person for ref, person in refs_of(session, people).items() if ref in refs} if refs else set()


def count_approved(session: Session, event_id: int) -> dict[str, int]:
    """Return how many promotions of an event are approved, by the level reached."""
    own = PromotionApproval
    rows = session.execute(
        select(own.target, func.count())
        .where(own.event_id == event_id, own.revoked_at.is_(None))
        .group_by(own.target)
        .order_by(own.target)
    )
    return {target: count for target, count in rows}


def _record(
    session: Session, event: Event, action: str, detail: Mapping[str, object], actor_id: int, now: datetime
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{event.id}", now=now, detail=dict(detail),
        event_id=event.id,
    )  # fmt: skip
