"""Read ceremonies."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from scoring.ceremonies.models import Ceremony, Uncovered


def find_ceremony(session: Session, event_id: int, ref: str) -> Ceremony | None:
    """Return a ceremony of an event."""
    return session.scalar(
        select(Ceremony)
        .options(joinedload(Ceremony.version))
        .where(Ceremony.event_id == event_id, Ceremony.ref == ref)
    )


def list_ceremonies(session: Session, event_id: int) -> list[Ceremony]:
    """Return the ceremonies of an event, newest first, with who uncovered what."""
    return list(
        session.scalars(
            select(Ceremony)
            .options(
                joinedload(Ceremony.version),
                joinedload(Ceremony.prepared_by),
                selectinload(Ceremony.uncovered).joinedload(Uncovered.by),
            )
            .where(Ceremony.event_id == event_id)
            .order_by(Ceremony.id.desc())
        )
    )


def count_uncovered(session: Session, ceremony_id: int) -> int:
    """Return how many steps of a ceremony are uncovered."""
    own = select(func.count()).select_from(Uncovered).where(Uncovered.ceremony_id == ceremony_id)
    return session.scalar(own) or 0
