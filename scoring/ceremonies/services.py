"""Prepare a ceremony, and uncover its steps: each once, in their order, on record."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events.models import Event
from competitions.events.services import hold
from core.audit import services as audit
from core.refusals import Refused, refuse
from scoring.ceremonies import queries, rules
from scoring.ceremonies.models import Ceremony, Uncovered
from scoring.results import outcomes
from scoring.results import queries as results
from scoring.results import services as tabulating
from scoring.results.models import ResultVersion
from scoring.results.rules import standing_rows


def prepare(
    session: Session, event: Event, manner: str, singly: int, *, ref: str, actor_id: int, now: datetime
) -> Ceremony:
    """Prepare a ceremony from the result that stands: the announced one, or a sealed one.

    A sealed result may be uncovered when nothing forbids its announcement but that nobody has pressed the
    button; names are open then, and ties decided.
    Raises: Refused CEREMONY_STATE, CEREMONY_EMPTY, or everything that the announcement still misses.
    """
    hold(session, event)
    if event.state not in rules.STATES:
        raise refuse("CEREMONY_STATE")
    if event.state == "tabulated":
        missing = lifecycle.missing(session, event, "announce", now)
        if missing:
            raise Refused(*missing)
        version: ResultVersion | None = tabulating.ensure_version(session, event, actor_id=actor_id, now=now)
    else:
        version = standing_version(session, event)
    if version is None:
        raise refuse("CEREMONY_STATE")
    if not rules.plan(standing_rows(version.document), manner, singly):
        raise refuse("CEREMONY_EMPTY", "manner")
    made = Ceremony(
        ref=ref, event_id=event.id, version_id=version.id, manner=manner, singly=singly, prepared_at=now,
        prepared_by_id=actor_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    what = {"number": version.number, "sha256": version.sha256, "manner": manner}
    _record(session, "ceremony:prepare", made, actor_id, now, **what)
    return made


def uncover(
    session: Session, event: Event, ceremony: Ceremony, number: int, *, actor_id: int, now: datetime
) -> None:
    """Uncover a step. Asked for one that is uncovered already, it changes nothing: an answer got lost.

    Raises: Refused CEREMONY_OUTDATED, CEREMONY_STEP.
    """
    hold(session, event)
    done = queries.count_uncovered(session, ceremony.id)
    if 1 <= number <= done:
        _record(session, "ceremony:repeat", ceremony, actor_id, now, number=number)
        return
    _refuse_outdated(session, event, ceremony)
    steps = rules.plan(standing_rows(ceremony.version.document), ceremony.manner, ceremony.singly)
    if number != done + 1 or number > len(steps):
        raise refuse("CEREMONY_STEP")
    session.add(Uncovered(ceremony_id=ceremony.id, number=number, at=now, by_id=actor_id))
    session.flush()
    entries = [row.entry for row in steps[number - 1].rows]
    _record(session, "ceremony:uncover", ceremony, actor_id, now, number=number, entries=entries)


def standing_version(session: Session, event: Event) -> ResultVersion | None:
    """Return the version that a ceremony uncovers now: the sealed one, later the announced one."""
    if event.state not in rules.STATES:
        return None
    find = results.find_newest if event.state == "tabulated" else results.find_last_announced
    return find(session, event.id)


def is_current(session: Session, event: Event, version: ResultVersion) -> bool:
    """Say whether a version is the result that stands, and for a sealed one that nothing came after it."""
    standing = standing_version(session, event)
    if standing is None or standing.id != version.id:
        return False
    if event.state != "tabulated":
        return True
    frozen = version.document["header"], version.document["rows"]
    return outcomes.live(session, event.id).table == frozen


def _refuse_outdated(session: Session, event: Event, ceremony: Ceremony) -> None:
    if not is_current(session, event, ceremony.version):
        standing = standing_version(session, event) or ceremony.version
        raise refuse("CEREMONY_OUTDATED", number=standing.number)


def _record(
    session: Session, action: str, ceremony: Ceremony, actor_id: int, now: datetime, **detail: object
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{ceremony.event_id}", now=now,
        detail={"ceremony": ceremony.id, **detail}, event_id=ceremony.event_id,
    )  # fmt: skip
