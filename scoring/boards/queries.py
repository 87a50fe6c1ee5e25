"""Read how public boards stand."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from scoring.boards.models import BoardAct


def find_last(session: Session, event_id: int) -> BoardAct | None:
    """Return the last act on the boards of an event: where it is a freeze, they show its content."""
    own = select(BoardAct).where(BoardAct.event_id == event_id)
    return session.scalar(own.order_by(BoardAct.id.desc()).limit(1))


def find_freeze(session: Session, event_id: int) -> BoardAct | None:
    """Return the freeze that stands now, or None."""
    last = find_last(session, event_id)
    return last if last is not None and last.kind == "freeze" else None


def list_acts(session: Session, event_id: int) -> list[BoardAct]:
    """Return the acts on the boards of an event, newest first."""
    own = select(BoardAct).options(joinedload(BoardAct.by)).where(BoardAct.event_id == event_id)
    return list(session.scalars(own.order_by(BoardAct.id.desc())))
