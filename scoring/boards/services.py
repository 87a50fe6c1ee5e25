"""Open, freeze, thaw and close the public boards of an event."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.events.services import hold
from core import canonical
from core.audit import services as audit
from core.refusals import refuse
from scoring.boards import queries, rules, sources
from scoring.boards.models import BoardAct


def act(session: Session, event: Event, kind: str, *, actor_id: int, now: datetime) -> BoardAct:
    """Do one act on the boards. Whoever enters marks waits meanwhile: a freeze keeps one moment.

    Raises: Refused BOARD_STATE, BOARD_ACT.
    """
    hold(session, event)
    last = queries.find_last(session, event.id)
    if kind not in rules.POSSIBLE[rules.standing(last.kind if last else None)]:
        raise refuse("BOARD_ACT")
    if kind == "open" and event.state not in rules.OPEN_STATES:
        raise refuse("BOARD_STATE")
    content = sources.capture(session, event) if kind == "freeze" else {}
    made = BoardAct(event_id=event.id, kind=kind, content=content, at=now, by_id=actor_id)
    session.add(made)
    session.flush()
    audit.record(
        session, f"board:{kind}", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        detail={"sha256": canonical.digest(content)} if kind == "freeze" else {}, event_id=event.id,
    )  # fmt: skip
    return made
