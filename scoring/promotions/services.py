"""Write promotion rules, a new version each time, and levels that nobody had recorded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Person
from competitions.events.models import Event
from core import canonical, database
from core.audit import services as audit
from core.refusals import refuse
from scoring.promotions import queries
from scoring.promotions.levels import official
from scoring.promotions.models import PromotionRules
from scoring.promotions.rules import LEVELS

CLOSED_STATES = frozenset({"archived", "cancelled"})
FREE_STATES = frozenset({"draft", "registration"})


def save_rules(
    session: Session,
    event: Event,
    document: Mapping[str, Any],
    *,
    base: int,
    reason: str,
    actor_id: int | None,
    now: datetime,
) -> PromotionRules:
    """Keep promotion rules as the event's next version; the same document again changes nothing.

    Shape: `document` is promotion/1 without findings; `base` is the number of the version edited (0: none).
    Raises: Refused PROMOTION_CLOSED, PROMOTION_CHANGED where another version was saved since `base`,
    REASON_NEEDED for a change once the field is closed.
    """
    database.lock(session, f"promotion:{event.id}")
    current = queries.find_current(session, event.id)
    sha256 = canonical.digest(dict(document))
    detail: dict[str, Any] = {"sha256": sha256}
    _demand_open(event)
    if current is not None and current.sha256 == sha256:
        _record(session, event, "promotion:repeat", detail | {"number": current.number}, actor_id, now)
        return current
    if base != (current.number if current else 0):
        raise refuse("PROMOTION_CHANGED")
    if needs_reason(event, current) and not reason:
        raise refuse("REASON_NEEDED", "reason")
    version = PromotionRules(
        event_id=event.id,
        number=base + 1,
        document=dict(document),
        sha256=sha256,
        reason=reason,
        created_at=now,
        created_by_id=actor_id,
    )
    session.add(version)
    session.flush()
    _record(
        session, event, "promotion:save", detail | {"number": version.number, "reason": reason}, actor_id, now
    )
    return version


def record_levels(
    session: Session, event: Event, levels: Mapping[int, str], *, actor_id: int | None, now: datetime
) -> int:
    """Record the levels of people for whom no official one is known yet; return of how many.

    Shape: `levels` maps the person's id to an official level or 无等级; a level known already stays.
    Raises: Refused PROMOTION_CLOSED, LEVEL_UNKNOWN, LEVEL_NOBODY.
    """
    _demand_open(event)
    database.lock(session, "people")  # a person belongs to all events
    changed = 0
    for person_id, level in sorted(levels.items()):
        if level not in LEVELS:
            raise refuse("LEVEL_UNKNOWN", f"level_{person_id}")
        person = queries.find_person(session, event.id, person_id)
        if person is None:
            raise refuse("LEVEL_NOBODY", f"level_{person_id}")
        changed += _record_level(session, event, person, level, actor_id, now)
    session.flush()
    return changed


def needs_reason(event: Event, current: PromotionRules | None) -> bool:
    """Say whether a change needs a reason: as soon as the field that relies on the rules is closed."""
    return current is not None and event.state not in FREE_STATES


def _record_level(
    session: Session, event: Event, person: Person, level: str, actor_id: int | None, now: datetime
) -> bool:
    known = official(person.skill_level) is not None
    if not known:
        person.skill_level = level
    detail = {"person": person.ref, "level": person.skill_level}
    _record(session, event, "promotion:level", detail, actor_id, now)
    return not known


def _demand_open(event: Event) -> None:
    if event.state in CLOSED_STATES:
        raise refuse("PROMOTION_CLOSED")


def _record(
    session: Session,
    event: Event,
    action: str,
    detail: Mapping[str, Any],
    actor_id: int | None,
    now: datetime,
) -> None:
    audit.record(
        session,
        action,
        actor_id=actor_id,
        subject=f"event:{event.id}",
        now=now,
        detail=dict(detail),
        event_id=event.id,
    )
