"""Hand in objections, and answer them: once, on record."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from accounts.models import User
from competitions.notices import pages
from competitions.notices.models import Notice
from competitions.notices.objections import queries
from competitions.notices.objections.models import Objection
from competitions.notices.objections.rules import (
    ANSWER_MAXIMUM,
    DECISIONS,
    MOST,
    REASON_LEAST,
    WINDOW,
    Said,
)
from competitions.organisations.rules import is_email, is_phone, mask_email, mask_phone, tidy_number
from core import canonical, database
from core.audit import services as audit
from core.once.services import record_repeat
from core.own_keys import keys
from core.personal import masked_name
from core.refusals import Refusal, Refused, refuse
from core.secrets import Unreadable


class Sender(NamedTuple):
    """Where an objection comes from: the network address, and who is signed in there."""

    address: str
    user_id: int | None


def file_objection(
    session: Session, notice: Notice, said: Said, sender: Sender, *, ref: str, today: date, now: datetime
) -> Objection:
    """Take an objection to what everybody reads now; sent again under its reference it is the same one.

    Raises: Refused OBJECTION_CLOSED or OBJECTION_WAIT alone, or what is missing at its field.
    """
    database.lock(session, "objections")
    known = queries.find_receipt(session, ref)
    if known is not None:
        record_repeat(session, f"notice:{notice.id}", sender.user_id, now)
        return known
    if not pages.takes_objections(notice, today):
        raise refuse("OBJECTION_CLOSED")
    digest = keys().digest(f"address:{sender.address}")
    if queries.count_since(session, digest, now - WINDOW) >= MOST:
        raise refuse("OBJECTION_WAIT")
    said = _checked(said)
    objection = Objection(
        ref=ref, notice_id=notice.id, number=queries.last_number(session, notice) + 1,
        version=notice.current, said=sealed(said, ref),
        user_id=sender.user_id, address_digest=digest, filed_at=now,
    )  # fmt: skip
    session.add(objection)
    session.flush()
    _record(session, notice, "objection:file", objection, sender.user_id, now)
    return objection


def decide(
    session: Session, notice: Notice, objection: Objection, decision: str, answer: str, *,
    actor_id: int, now: datetime,
) -> None:  # fmt: skip
    """Answer an objection; what was decided stands.

    Raises: Refused OBJECTION_DECIDED, OBJECTION_DECISION, OBJECTION_ANSWER.
    """
    database.lock(session, "objections")
    session.refresh(objection)
    if objection.decided_at is not None:
        raise refuse("OBJECTION_DECIDED")
    found = [] if decision in DECISIONS else [Refusal("OBJECTION_DECISION", "decision")]
    if not answer or len(answer) > ANSWER_MAXIMUM:
        found.append(Refusal("OBJECTION_ANSWER", "answer", {"most": ANSWER_MAXIMUM}))
    if found:
        raise Refused(*found)
    objection.decision, objection.answer = decision, answer
    objection.decided_at, objection.decided_by_id = now, actor_id
    session.flush()
    _record(session, notice, "objection:decide", objection, actor_id, now, decision=decision)


def sealed(said: Said, ref: str) -> bytes:
    """Return what somebody said as it is kept, bound to the objection's reference."""
    return keys().seal(canonical.dumps(said._asdict()), f"objection:{ref}")


def open_sender(
    session: Session, notice: Notice, objection: Objection, *, actor_id: int, now: datetime
) -> Said:
    """Return an objection with the whole name and contact; who looked is recorded."""
    _record(session, notice, "objection:open", objection, actor_id, now)
    return _opened(objection)


def masked(objection: Objection) -> Said:
    """Return an objection as its pages show it; question marks where this installation's key is missing."""
    try:
        said = _opened(objection)
    except Unreadable:
        return Said("?", "?", "?", "?")
    hidden = mask_email(said.contact) if "@" in said.contact else mask_phone(said.contact)
    return said._replace(name=masked_name(said.name), contact=hidden)


def who_decided(session: Session, objection: Objection) -> str:
    """Return the name of whoever has answered."""
    return session.get_one(User, objection.decided_by_id).name if objection.decided_by_id else ""


def _checked(said: Said) -> Said:
    number = tidy_number(said.contact)
    found = [] if said.name else [Refusal("OBJECTION_NAME", "name")]
    if not (is_phone(number) or is_email(said.contact)):
        found.append(Refusal("OBJECTION_CONTACT", "contact"))
    if len(said.reason) < REASON_LEAST:
        found.append(Refusal("OBJECTION_REASON", "reason", {"least": REASON_LEAST}))
    if found:
        raise Refused(*found)
    return said._replace(contact=said.contact if "@" in said.contact else number)


def _opened(objection: Objection) -> Said:
    return Said(**canonical.loads(keys().open(objection.said, f"objection:{objection.ref}")))


def _record(
    session: Session, notice: Notice, action: str, objection: Objection, actor_id: int | None,
    now: datetime, **detail: object,
) -> None:  # fmt: skip
    """Record an act; the trail names an objection by its number, for it is never erased and people may be."""
    audit.record(
        session, action, actor_id=actor_id, subject=f"notice:{notice.id}", now=now,
        event_id=notice.event_id, detail={"number": objection.number, **detail},
    )  # fmt: skip
