"""Write the draw: once per event."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from competitions.draw import queries, rules
from competitions.draw.models import Draw, EntryCode
from competitions.events.models import Event
from core import database
from core.audit import services as audit
from core.refusals import refuse


def make_draw(session: Session, event: Event, *, seed: str, actor_id: int | None, now: datetime) -> Draw:
    """Draw blind codes and stations for the approved entries.

    Shape: `seed` is fresh random text; it is kept, so that the draw can be replayed.
    Raises: Refused DRAW_DONE, DRAW_TOO_EARLY (the field is not closed), DRAW_EMPTY.
    """
    database.lock(session, f"draw:{event.id}")
    if queries.find_draw(session, event.id) is not None:
        raise refuse("DRAW_DONE")
    if event.state != "ready":
        raise refuse("DRAW_TOO_EARLY")
    ids = {ref: number for number, ref in queries.list_drawable(session, event.id)}
    if not ids:
        raise refuse("DRAW_EMPTY")
    draw = Draw(event_id=event.id, seed=seed, drawn_at=now, drawn_by_id=actor_id)
    session.add(draw)
    session.add_all(
        EntryCode(entry_id=ids[drawn.ref], event_id=event.id, code=drawn.code, station=drawn.station)
        for drawn in rules.draw(seed, ids)
    )
    session.flush()
    audit.record(
        session,
        "draw:make",
        actor_id=actor_id,
        subject=f"event:{event.id}",
        now=now,
        detail={"entries": len(ids), "seed_sha256": fingerprint(draw)},
        event_id=event.id,
    )
    return draw


def fingerprint(draw: Draw) -> str:
    """Return the SHA-256 of the seed: read out at the draw, it proves later that nothing changed."""
    return rules.fingerprint(draw.seed)


def clear_draw(session: Session, event: Event) -> None:
    """Take the codes away when the field is opened again before scoring; the draw page tells of it."""
    session.execute(delete(EntryCode).where(EntryCode.event_id == event.id))
    session.execute(delete(Draw).where(Draw.event_id == event.id))
    session.expire_all()
