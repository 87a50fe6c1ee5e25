"""Write schemes: a new version each time; frozen when registration closes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from core import canonical, database
from core.audit import services as audit
from core.refusals import refuse
from scoring.schemes import queries, rules
from scoring.schemes.models import SchemeVersion


def save_scheme(
    session: Session,
    event: Event,
    document: Mapping[str, Any],
    *,
    reason: str,
    actor_id: int | None,
    now: datetime,
    base: int | None = None,
) -> SchemeVersion:
    """Keep a scheme as the event's next version; the same document again changes nothing.

    Shape: `document` is SCHEME.md section 2 as read by core.canonical; it may still have findings while the
    event is a draft, but not later. `base` is the number of the version that was edited (0: none).
    Raises: Refused RULES_FROZEN after scoring has begun, SCHEME_REASON for a change after the draft,
    SCHEME_FINDINGS for a faulty scheme after the draft, SCHEME_NOT_JSON for binary floats, SCHEME_CHANGED
    where another version was saved since `base`.
    """
    database.lock(session, f"scheme:{event.id}")
    # The event must not take its next step while the rules that this step freezes are being changed.
    session.refresh(event, with_for_update={"read": True, "of": Event})
    sha256 = _digest(document)
    current = queries.find_current(session, event.id)
    if current is not None and current.sha256 == sha256:
        return current
    _demand_base(session, current, base, now)
    _demand_changeable(event, document, reason, changing=current is not None)
    version = SchemeVersion(
        event_id=event.id,
        number=current.number + 1 if current else 1,
        document=dict(document),
        sha256=sha256,
        reason=reason.strip(),
        created_at=now,
        created_by_id=actor_id,
        # What is changed once the field is closed is frozen at once, like the version before it.
        frozen_at=now if event.state == "ready" else None,
    )
    session.add(version)
    session.flush()
    _record(session, version, actor_id, now)
    return version


def _record(session: Session, version: SchemeVersion, actor_id: int | None, now: datetime) -> None:
    audit.record(
        session,
        "scheme:save",
        actor_id=actor_id,
        subject=f"event:{version.event_id}",
        now=now,
        detail={"number": version.number, "sha256": version.sha256, "reason": version.reason},
        event_id=version.event_id,
    )


def freeze_scheme(session: Session, event: Event, now: datetime) -> None:
    """Freeze the current version: from here on a change is a new version with a reason."""
    version = queries.find_current(session, event.id)
    if version is not None and version.frozen_at is None:
        version.frozen_at = now
        session.flush()


def _demand_base(session: Session, current: SchemeVersion | None, base: int | None, now: datetime) -> None:
    """Refuse to save over a version that its author has not seen."""
    number = current.number if current else 0
    if base is not None and base != number:
        who = queries.saver_name(session, current) if current else ""
        at = current.created_at if current else now
        raise refuse("SCHEME_CHANGED", number=number, who=who, at=at)


def _demand_changeable(event: Event, document: Mapping[str, Any], reason: str, *, changing: bool) -> None:
    if event.state not in rules.CHANGEABLE_STATES:
        raise refuse("RULES_FROZEN")
    if event.state == "draft":
        return
    if changing and not reason.strip():
        raise refuse("SCHEME_REASON", "reason")
    if rules.errors_of(document):
        raise refuse("SCHEME_FINDINGS")


def _digest(document: Mapping[str, Any]) -> str:
    try:
        return canonical.digest(dict(document))
    except TypeError as fault:
        raise refuse("SCHEME_NOT_JSON") from fault
