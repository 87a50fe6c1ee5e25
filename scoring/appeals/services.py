"""File appeals, take them up, decide them: each act once, on record, by whoever may.

An appeal is filed by the entrant's own unit, in writing, within the time that counts from the announcement of
the newest version. An arbitrator decides it, who neither judges here nor is of that unit nor has filed it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.rules import appeals_end
from competitions.events.services import hold
from competitions.organisations.rules import is_email, is_phone, mask_email, mask_phone, tidy_number
from core import canonical
from core.audit import services as audit
from core.files import services as kept
from core.files.models import StoredFile
from core.files.reading import Upload
from core.i18n import moment
from core.own_keys import keys
from core.personal import masked_name
from core.refusals import Refusal, Refused, refuse
from core.secrets import Unreadable
from scoring.appeals import queries, rules
from scoring.appeals.models import Appeal, AppealFile
from scoring.appeals.rules import Said
from scoring.results.queries import find_last_announced
from scoring.sheets import releases
from scoring.sheets.models import Penalty, Sheet

About = Sequence[Sequence[str]]


def file_appeal(
    session: Session, event: Event, entry: Entry, said: Said, about: About, *, ref: str, actor_id: int,
    now: datetime,
) -> Appeal:  # fmt: skip
    """Take an appeal; sent again under its reference it is the same one.

    Shape: `about` holds (kind, code) of rules.KINDS.
    Raises: Refused APPEAL_AGAIN, APPEAL_STATE, APPEAL_LATE, APPEAL_STANDING, APPEAL_MANY alone, or what is
    missing at its field: APPEAL_ABOUT, APPEAL_FORM, APPEAL_NAME, APPEAL_CONTACT.
    """
    hold(session, event)
    known = queries.find_by_ref(session, ref)
    if known is not None:
        if (known.entry_id, known.filed_by_id) != (entry.id, actor_id):
            raise refuse("APPEAL_AGAIN")
        _record(session, known, "appeal:repeat", actor_id, now)
        return known
    version = find_last_announced(session, event.id)
    if event.state != "announced" or event.announced_at is None or version is None:
        raise refuse("APPEAL_STATE")
    ends = appeals_end(event.announced_at, event.appeal_minutes)
    if now >= ends:
        raise refuse("APPEAL_LATE", until=moment(ends))
    _refuse_standing(session, event, entry)
    said = _checked(said, about)
    appeal = Appeal(
        ref=ref, event_id=event.id, number=queries.last_number(session, event.id) + 1, entry_id=entry.id,
        version=version.number, about=[list(row) for row in about], said=_sealed(said, ref), opened=[],
        filed_at=now, filed_by_id=actor_id,
    )  # fmt: skip
    session.add(appeal)
    session.flush()
    _record(session, appeal, "appeal:file", actor_id, now)
    return appeal


def attach(
    session: Session, event: Event, appeal: Appeal, upload: Upload, *, ref: str, actor_id: int, now: datetime
) -> None:
    """Keep a piece of evidence with an appeal that is not decided.

    Raises: Refused APPEAL_DECIDED, APPEAL_FILES.
    """
    _hold(session, event, appeal, "attach")
    if len(appeal.files) >= rules.MOST_FILES:
        raise refuse("APPEAL_FILES", "file", most=rules.MOST_FILES)
    stored = kept.keep(session, upload, ref=ref, now=now, actor_id=actor_id)
    session.add(AppealFile(appeal_id=appeal.id, file_id=stored.id))
    session.flush()
    session.expire(appeal, ["files"])
    _record(session, appeal, "appeal:attach", actor_id, now, sha256=stored.sha256)


def accept(session: Session, event: Event, appeal: Appeal, *, actor_id: int, now: datetime) -> None:
    """Take an appeal up: that it came, in time and in form, is acknowledged.

    Raises: Refused APPEAL_DECIDED, ARBITRATOR_FILED, ARBITRATOR_JUDGES, ARBITRATOR_UNIT.
    """
    _hold(session, event, appeal, "accept")
    _refuse_partial(session, event, appeal, actor_id)
    appeal.state, appeal.taken_at, appeal.taken_by_id = "accepted", now, actor_id
    session.flush()
    _record(session, appeal, "appeal:accept", actor_id, now)


def turn_away(
    session: Session, event: Event, appeal: Appeal, reasons: str, *, actor_id: int, now: datetime
) -> None:
    """Refuse an appeal that is none: not in form, or not by who may.

    Raises: Refused APPEAL_DECIDED, APPEAL_REASONS, ARBITRATOR_FILED, ARBITRATOR_JUDGES, ARBITRATOR_UNIT.
    """
    _hold(session, event, appeal, "refuse")
    _refuse_partial(session, event, appeal, actor_id)
    if not reasons or len(reasons) > rules.REASONS_MAXIMUM:
        raise refuse("APPEAL_REASONS", "reasons", most=rules.REASONS_MAXIMUM)
    _end(session, appeal, "refused", reasons, actor_id, now)
    _record(session, appeal, "appeal:refuse", actor_id, now, reason=reasons)


def withdraw(session: Session, event: Event, appeal: Appeal, *, actor_id: int, now: datetime) -> None:
    """Take an appeal back before it is decided.

    Raises: Refused APPEAL_DECIDED.
    """
    _hold(session, event, appeal, "withdraw")
    _end(session, appeal, "withdrawn", "", actor_id, now)
    _record(session, appeal, "appeal:withdraw", actor_id, now)


def decide(
    session: Session, event: Event, appeal: Appeal, decision: str, reasons: str,
    opened: tuple[Sequence[Sheet], Sequence[Penalty]], *, actor_id: int, now: datetime,
) -> None:  # fmt: skip
    """Decide an appeal, in writing and for good; what it names is released for correction, and nothing else.

    Raises: Refused APPEAL_DECIDED, ARBITRATOR_FILED, ARBITRATOR_JUDGES, ARBITRATOR_UNIT alone, or what is
    missing at its field: APPEAL_DECISION, APPEAL_REASONS, APPEAL_OPENS, APPEAL_OPENS_NOTHING, RELEASE_WAITS.
    """
    _hold(session, event, appeal, "decide")
    _refuse_partial(session, event, appeal, actor_id)
    sheets, penalties = opened
    faults = rules.decision_faults(decision, reasons, appeal.about, len(sheets) + len(penalties))
    if faults:
        most = {"most": rules.REASONS_MAXIMUM}
        raise Refused(*(Refusal(code, field, most) for field, code in faults))
    _end(session, appeal, decision, reasons, actor_id, now)
    appeal.opened = [sheet.ref for sheet in sheets] + [row.operation.operation_id for row in penalties]
    appeal.sha256 = canonical.digest(decision_of(appeal))
    if decision in rules.GRANTED:
        grounds = releases.Grounds(releases.APPEAL, appeal.number, reasons, appeal.sha256)
        releases.release(session, event, grounds, sheets, penalties, actor_id=actor_id, now=now)
    session.flush()
    _record(session, appeal, "appeal:decide", actor_id, now, decision=decision, sha256=appeal.sha256)


def decision_of(appeal: Appeal) -> dict[str, object]:
    """Return what the digest of a decision covers."""
    return {
        "event": appeal.event_id, "number": appeal.number, "version": appeal.version, "about": appeal.about,
        "decision": appeal.state, "reasons": appeal.reasons, "opened": appeal.opened,
        "at": appeal.decided_at.isoformat() if appeal.decided_at else "", "by": appeal.decided_by_id,
    }  # fmt: skip


def open_speaker(session: Session, appeal: Appeal, *, actor_id: int, now: datetime) -> Said:
    """Return an appeal with the whole name and contact of who speaks; who looked is recorded."""
    _record(session, appeal, "appeal:open", actor_id, now)
    return _opened(appeal)


def record_fetch(
    session: Session, appeal: Appeal, stored: StoredFile, *, actor_id: int, now: datetime
) -> None:
    """Put on record that somebody takes a piece of evidence: it can hold anything about people."""
    _record(session, appeal, "appeal:fetch", actor_id, now, sha256=stored.sha256)


def masked(appeal: Appeal) -> Said:
    """Return an appeal as its pages show it; question marks where this installation's key is missing."""
    try:
        said = _opened(appeal)
    except Unreadable:
        return Said("?", "?", "?", "?")
    hidden = mask_email(said.contact) if "@" in said.contact else mask_phone(said.contact)
    return said._replace(name=masked_name(said.name), contact=hidden)


def _refuse_standing(session: Session, event: Event, entry: Entry) -> None:
    """Refuse an entry that stands in no result here, and more open appeals than anybody can need."""
    there = queries.list_own_entries(session, event.id, [entry.unit_id])
    if entry.id not in {row.id for row, _code in there}:
        raise refuse("APPEAL_STANDING")
    if queries.count_open(session, event.id, entry.id) >= rules.MOST_OPEN:
        raise refuse("APPEAL_MANY", most=rules.MOST_OPEN)


def _checked(said: Said, about: About) -> Said:
    number = tidy_number(said.contact)
    reachable = is_phone(number) or is_email(said.contact)
    faults = rules.form_faults(said, about, reachable=reachable)
    if faults:
        least = {"least": rules.GROUNDS_LEAST}
        raise Refused(*(Refusal(code, field, least) for field, code in faults))
    return said._replace(contact=said.contact if "@" in said.contact else number)


def _refuse_partial(session: Session, event: Event, appeal: Appeal, actor_id: int) -> None:
    if actor_id == appeal.filed_by_id:
        raise refuse("ARBITRATOR_FILED")
    releases.refuse_partial(session, event, appeal.entry, actor_id)


def _hold(session: Session, event: Event, appeal: Appeal, act: str) -> None:
    hold(session, event)
    session.refresh(appeal)
    if appeal.state not in rules.SOURCES[act]:
        raise refuse("APPEAL_DECIDED")


def _end(
    session: Session, appeal: Appeal, state: str, reasons: str, actor_id: int, now: datetime
) -> None:
    appeal.state, appeal.reasons = state, reasons
    appeal.decided_at, appeal.decided_by_id = now, actor_id
    session.flush()


def _sealed(said: Said, ref: str) -> bytes:
    return keys().seal(canonical.dumps(said._asdict()), f"appeal:{ref}")


def _opened(appeal: Appeal) -> Said:
    return Said(**canonical.loads(keys().open(appeal.said, f"appeal:{appeal.ref}")))


def _record(
    session: Session, appeal: Appeal, action: str, actor_id: int, now: datetime, **detail: object
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{appeal.event_id}", now=now,
        event_id=appeal.event_id, detail={"number": appeal.number, **detail},
    )  # fmt: skip
