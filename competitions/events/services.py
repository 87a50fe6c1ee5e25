"""Write competitions and events, and take the steps of an event's life."""

from datetime import datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from competitions.catalogue import queries as catalogue
from competitions.events import checks, labels, lifecycle, queries, rules
from competitions.events.models import Approval, Competition, CompetitionBody, Event, EventStep
from competitions.events.rules import CompetitionValues, EventValues
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

REASON_MAXIMUM = 500
COLUMNS = ("name", "name_en", "theme", "year", "kind_id", "level_id", "union_id", "region_id", "profile",
           "starts_on", "ends_on")  # fmt: skip


def create_competition(
    session: Session, values: CompetitionValues, *, actor_id: int | None, now: datetime, demo: bool = False
) -> Competition:
    """Add a competition.

    Raises: Refused with everything that is wrong, at its field.
    """
    database.lock(session, f"competitions:{values.union_id}")
    _refuse(checks.competition_refusals(session, None, values))
    competition = Competition(created_at=now, demo=demo)
    _set_competition(session, competition, values)
    session.add(competition)
    session.flush()
    audit.record(
        session, "competition:create", actor_id=actor_id, subject=f"competition:{competition.id}", now=now,
        detail={"name": competition.name},
    )  # fmt: skip
    return competition


def change_competition(
    session: Session, competition: Competition, values: CompetitionValues, *, version: int,
    actor_id: int | None, now: datetime,
) -> Competition:  # fmt: skip
    """Change a competition that still is in the version that its form showed.

    Raises: Refused VERSION_CONFLICT alone, or everything that is wrong, at its field.
    """
    database.lock(session, f"competitions:{values.union_id}")
    session.refresh(competition, with_for_update=True)
    subject = f"competition:{competition.id}"
    checks.refuse_stale(session, competition, subject, version)
    _refuse(checks.competition_refusals(session, competition, values))
    _set_competition(session, competition, values)
    flag_modified(competition, "name")  # so that a change of bodies or industries alone counts as a version
    session.flush()
    detail = {"name": competition.name, "version": competition.version}
    audit.record(
        session, "competition:change", actor_id=actor_id, subject=subject, now=now, detail=detail
    )
    return competition


def create_event(
    session: Session, competition: Competition, values: EventValues, *, actor_id: int | None, now: datetime
) -> Event:
    """Add an event to a competition, as a draft.

    Raises: Refused with everything that is wrong, at its field.
    """
    database.lock(session, f"competition:{competition.id}")
    _refuse(checks.event_refusals(session, competition, None, values))
    event = Event(competition=competition, created_at=now, state="draft", **values._asdict())
    session.add(event)
    session.flush()
    audit.record(
        session, "event:create", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        detail={"name": event.name}, event_id=event.id,
    )  # fmt: skip
    return event


def change_event(
    session: Session, event: Event, values: EventValues, *, version: int, actor_id: int | None, now: datetime
) -> Event:
    """Change an event that still is in the version that its form showed.

    Raises: Refused VERSION_CONFLICT or EVENT_CLOSED alone, or everything that is wrong, at its field.
    """
    hold(session, event)
    subject = f"event:{event.id}"
    checks.refuse_stale(session, event, subject, version)
    _refuse(checks.event_refusals(session, event.competition, event, values))
    for name, value in values._asdict().items():
        setattr(event, name, value)
    session.flush()
    audit.record(
        session, "event:change", actor_id=actor_id, subject=subject, now=now, event_id=event.id,
        detail={"name": event.name, "version": event.version},
    )  # fmt: skip
    return event


def take_step(
    session: Session, event: Event, step: str, *, actor_id: int | None, now: datetime, reason: str = ""
) -> Event:
    """Take one step of an event's life, all of it or nothing.

    Two at once: the second waits for the first, sees the new state and is refused.
    Raises: Refused STATE_GUARD, REASON_MISSING, or everything that the guards of the step still miss.
    """
    hold(session, event)
    known = rules.STEPS[step]
    reason = reason.strip()
    _refuse_step(event, known, reason)
    _refuse(lifecycle.missing(session, event, step, now))
    lifecycle.bring_about(session, event, step, actor_id, now)
    walk(session, event, known, reason, actor_id=actor_id, now=now)
    return event


def walk(
    session: Session, event: Event, step: rules.Step, reason: str, *, actor_id: int | None, now: datetime
) -> None:
    """Lead an event along a step whose guards were asked and whose effects are done; put it on record."""
    before, event.state = event.state, step.target
    session.add(
        EventStep(
            event_id=event.id, from_state=before, to_state=step.target, at=now, by_id=actor_id, reason=reason
        )
    )
    session.flush()
    _record_step(session, event, step, before, reason, actor_id, now)


def hold(session: Session, event: Event) -> None:
    """Keep everybody else from changing an event until this transaction ends, and read it as it is now."""
    database.lock(session, f"event:{event.id}")
    session.flush()
    # Of the event alone: PostgreSQL locks nothing through the outer join of what was loaded along with it.
    # Its key stays free: who only adds a row that names the event need not wait, or two wait for each other.
    session.refresh(event, with_for_update={"of": Event, "key_share": True})


def waive_field_size(
    session: Session, event: Event, *, entries: int, reason: str, actor_id: int, now: datetime
) -> Approval:
    """Waive the smallest field in writing, for the minimum as it stands now.

    Raises: Refused REASON_MISSING, STATE_GUARD, WAIVER_UNNEEDED.
    """
    hold(session, event)
    step = rules.STEPS["close_registration"]
    _refuse_step(event, step._replace(needs_reason=True), reason.strip())
    if entries >= event.minimum_field or queries.find_field_waiver(session, event) is not None:
        raise refuse("WAIVER_UNNEEDED")
    approval = Approval(
        event_id=event.id, kind=queries.FIELD_WAIVER, by_id=actor_id, at=now, reason=reason.strip(),
        subject_hash=queries.waiver_subject(event),
    )  # fmt: skip
    session.add(approval)
    session.flush()
    audit.record(
        session, "event:waive_field_size", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        event_id=event.id,
        detail={"reason": approval.reason, "minimum": event.minimum_field, "entries": entries},
    )  # fmt: skip
    return approval


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(*refusals)


def _set_competition(session: Session, competition: Competition, values: CompetitionValues) -> None:
    industries = [catalogue.get_entry(session, number) for number in values.industry_ids]
    bodies = [(body.role, body.name) for body in competition.bodies]
    with session.no_autoflush:  # one flush is one version
        for name in COLUMNS:
            setattr(competition, name, getattr(values, name))
        competition.industries = industries
    if bodies != list(values.bodies):
        competition.bodies = [
            CompetitionBody(role=role, name=name, position=position)
            for position, (role, name) in enumerate(values.bodies, start=1)
        ]


def _refuse_step(event: Event, step: rules.Step, reason: str) -> None:
    refusals = []
    if event.state not in step.sources:
        names = {"step": labels.STEPS[step.name], "state": labels.STATES[event.state]}
        refusals.append(Refusal("STATE_GUARD", "", names))
    if step.needs_reason and not reason:
        refusals.append(Refusal("REASON_MISSING", "reason"))
    if len(reason) > REASON_MAXIMUM:
        refusals.append(Refusal("REASON_TOO_LONG", "reason", {"maximum": REASON_MAXIMUM}))
    _refuse(refusals)


def _record_step(
    session: Session, event: Event, step: rules.Step, before: str, reason: str, actor_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    cancelled = step.name == "cancel"
    detail = {"from": before, "reason": reason} | ({} if cancelled else {"to": step.target})
    audit.record(
        session, "event:cancel" if cancelled else "event:step", actor_id=actor_id, now=now, detail=detail,
        subject=f"event:{event.id}", event_id=event.id,
    )  # fmt: skip
