"""Raise and decide disputes: each act once, on record; the work has no rank until it is decided.

The work stays in the experts' hands, so that a dispute that is dismissed has cost no time; only the status of
its entry says that it is not ranked, and that stands in the event's ledger.
"""

from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events import profiles
from competitions.events.models import Event
from competitions.events.services import hold
from competitions.organisations.rules import mask_email, mask_phone
from core import canonical
from core.audit import services as audit
from core.files import services as kept
from core.files.models import StoredFile
from core.files.reading import Upload
from core.own_keys import keys
from core.personal import masked_name
from core.refusals import Refusal, Refused, refuse
from core.secrets import Unreadable
from scoring.disputes import queries, rules
from scoring.disputes.models import Dispute, DisputeFile
from scoring.disputes.rules import Said
from scoring.sheets import decisions
from scoring.sheets.decisions import Act

COMPETES = ("submitted", "approved", "returned")


def raise_dispute(
    session: Session, event: Event, named: str, kind: str, said: Said, *, ref: str, actor_id: int,
    now: datetime,
) -> Dispute:  # fmt: skip
    """Take a dispute about the work with this number or title; sent again, it is the same one.

    Raises: Refused DISPUTE_AGAIN, DISPUTE_STATE alone, or what is wrong at its field.
    """
    hold(session, event)
    known = queries.find_by_ref(session, ref)
    if known is not None:
        if (known.event_id, known.raised_by_id) != (event.id, actor_id):
            raise refuse("DISPUTE_AGAIN")
        _record(session, known, "dispute:repeat", actor_id, now)
        return known
    if event.state not in rules.STATES:
        raise refuse("DISPUTE_STATE")
    entry = _checked(session, event, named, kind, said)
    dispute = Dispute(
        ref=ref, event_id=event.id, number=queries.last_number(session, event.id) + 1, entry_id=entry.id,
        kind=kind, said=keys().seal(canonical.dumps(said._asdict()), f"dispute:{ref}"),
        raised_at=now, raised_by_id=actor_id,
    )  # fmt: skip
    session.add(dispute)
    session.flush()
    _record(session, dispute, "dispute:raise", actor_id, now, entry=entry.number, kind=kind)
    _hold_back(session, event, dispute, actor_id, now)
    return dispute


def attach(
    session: Session, event: Event, dispute: Dispute, upload: Upload, *, ref: str, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """Keep a piece of evidence with a dispute that is not decided.

    Raises: Refused DISPUTE_STATE, DISPUTE_DECIDED, DISPUTE_FILES.
    """
    _hold_open(session, event, dispute)
    if len(dispute.files) >= rules.MOST_FILES:
        raise refuse("DISPUTE_FILES", "file", most=rules.MOST_FILES)
    stored = kept.keep(session, upload, ref=ref, now=now, actor_id=actor_id)
    session.add(DisputeFile(dispute_id=dispute.id, file_id=stored.id))
    session.flush()
    session.expire(dispute, ["files"])
    _record(session, dispute, "dispute:attach", actor_id, now, sha256=stored.sha256)


def record_fetch(
    session: Session, dispute: Dispute, stored: StoredFile, *, actor_id: int, now: datetime
) -> None:
    """Put on record that somebody takes a piece of evidence: it can hold anything about people."""
    _record(session, dispute, "dispute:fetch", actor_id, now, sha256=stored.sha256)


def decide(
    session: Session, event: Event, dispute: Dispute, decision: str, reasons: str, *, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """Decide a dispute for good, in writing; whoever has raised it does not decide it.

    In the profile `simple` one organiser may be all there is: there the record alone says who did what.
    Raises: Refused DISPUTE_STATE, DISPUTE_DECIDED, DISPUTE_OWN alone, or what is missing at its field.
    """
    _hold_open(session, event, dispute)
    if dispute.raised_by_id == actor_id and event.competition.profile != profiles.SIMPLE.name:
        raise refuse("DISPUTE_OWN")
    faults = rules.decision_faults(decision, reasons)
    if faults:
        raise Refused(*(Refusal(code, field) for field, code in faults))
    _end(dispute, decision, reasons, actor_id, now)
    session.flush()
    _settle(session, event, dispute, actor_id, now)
    _record(session, dispute, "dispute:decide", actor_id, now, decision=decision)


def withdraw(session: Session, event: Event, dispute: Dispute, *, actor_id: int, now: datetime) -> None:
    """Take a dispute back before it is decided.

    Raises: Refused DISPUTE_STATE, DISPUTE_DECIDED.
    """
    _hold_open(session, event, dispute)
    _end(dispute, rules.WITHDRAWN, "", actor_id, now)
    session.flush()
    _settle(session, event, dispute, actor_id, now)
    _record(session, dispute, "dispute:withdraw", actor_id, now)


def open_speaker(session: Session, dispute: Dispute, *, actor_id: int, now: datetime) -> Said:
    """Return a dispute with the whole name and contact of who disputes; who looked is recorded."""
    _record(session, dispute, "dispute:open", actor_id, now)
    return _opened(dispute)


def masked(dispute: Dispute) -> Said:
    """Return a dispute as its pages show it; question marks where this installation's key is missing."""
    try:
        said = _opened(dispute)
    except Unreadable:
        return Said("?", "?", "?")
    hidden = mask_email(said.contact) if "@" in said.contact else mask_phone(said.contact)
    return said._replace(name=masked_name(said.name), contact=hidden)


def _checked(session: Session, event: Event, named: str, kind: str, said: Said) -> Entry:
    entry = queries.find_entry_named(session, event.id, named)
    found = [Refusal(code, field) for field, code in rules.raise_faults(said, kind)]
    if entry is None:
        found.insert(0, Refusal("DISPUTE_ENTRY", "work"))
    elif entry.review not in COMPETES:
        found.insert(0, Refusal("DISPUTE_OUT", "work"))
    if entry is None or found:
        raise Refused(*found)
    return entry


def _hold_back(session: Session, event: Event, dispute: Dispute, actor_id: int, now: datetime) -> None:
    """Let a work that is disputed have no rank."""
    if dispute.entry.status == "valid":
        act = Act(f"{dispute.ref}-raised", actor_id, _told_open(dispute), now)
        decisions.set_status(session, event, dispute.entry, "ineligible", act)


def _settle(session: Session, event: Event, dispute: Dispute, actor_id: int, now: datetime) -> None:
    """Let the work's status follow once nothing about it is open; what has another reason stays."""
    entry = dispute.entry
    about = [row for row in queries.list_disputes(session, event.id) if row.entry_id == entry.id]
    held = entry.status_reason in {_told_open(row) for row in about}
    if not held or any(not row.decision for row in about):
        return
    out = next((row for row in about if row.decision in rules.OUT), None)
    act = Act(f"{dispute.ref}-decided", actor_id, _told_decided(out or dispute), now)
    decisions.set_status(session, event, entry, "ineligible" if out else "valid", act)


# The ledger keeps these reasons, and results quote them: in Chinese, whatever language somebody acts in.
def _told_open(dispute: Dispute) -> str:
    with force_locale("zh"):
        return _("Dispute no. %(number)s is not decided yet", number=dispute.number)


def _told_decided(dispute: Dispute) -> str:
    with force_locale("zh"):
        return _("Dispute no. %(number)s is decided", number=dispute.number)


def _hold_open(session: Session, event: Event, dispute: Dispute) -> None:
    hold(session, event)
    session.refresh(dispute)
    if dispute.decision:
        raise refuse("DISPUTE_DECIDED")
    if event.state not in rules.STATES:
        raise refuse("DISPUTE_STATE")


def _end(dispute: Dispute, decision: str, reasons: str, actor_id: int, now: datetime) -> None:
    dispute.decision, dispute.reasons = decision, reasons
    dispute.decided_at, dispute.decided_by_id = now, actor_id


def _opened(dispute: Dispute) -> Said:
    return Said(**canonical.loads(keys().open(dispute.said, f"dispute:{dispute.ref}")))


def _record(
    session: Session, dispute: Dispute, action: str, actor_id: int, now: datetime, **detail: object
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{dispute.event_id}", now=now,
        event_id=dispute.event_id, detail={"number": dispute.number, **detail},
    )  # fmt: skip
