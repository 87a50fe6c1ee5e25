"""Write the draw: its settings, the draw itself once per event, its confirmation."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from competitions.draw import checking, queries, rules
from competitions.draw.models import Draw, DrawSettings, EntryCode
from competitions.draw.rules import Fault, Settings
from competitions.events.models import Approval, Event
from competitions.events.rules import reached
from core import canonical, database
from core.audit import services as audit
from core.i18n import listed
from core.refusals import Refusal, Refused, refuse

NAMED = 12  # codes or stations named in one refusal


def save_settings(
    session: Session, event: Event, settings: Settings, *, actor_id: int, now: datetime
) -> None:
    """Decide how an event is to be drawn.

    Raises: Refused DRAW_DONE, DRAW_OVER, and at their fields what is wrong with the settings for any field.
    """
    database.lock(session, f"draw:{event.id}")
    if queries.find_draw(session, event.id) is not None:
        raise refuse("DRAW_DONE")
    if reached(event.state, "scoring") or event.state == "cancelled":
        raise refuse("DRAW_OVER")
    _refuse(rules.faults(settings))
    document = settings._asdict()
    session.merge(DrawSettings(event_id=event.id, settings=document))
    session.flush()
    detail = {"settings": canonical.dumps(document)}
    _record(session, event, "draw:settings", actor_id, now, detail)


def make_draw(session: Session, event: Event, *, seed: str, actor_id: int | None, now: datetime) -> Draw:
    """Draw blind codes and stations for the approved entries.

    Shape: `seed` is fresh random text; it is kept with the settings, so that the draw can be replayed.
    Raises: Refused DRAW_DONE, DRAW_TOO_EARLY (the field is not closed), DRAW_EMPTY; at their fields why the
    settings do not fit so many entries.
    """
    database.lock(session, f"draw:{event.id}")
    if queries.find_draw(session, event.id) is not None:
        raise refuse("DRAW_DONE")
    if event.state != "ready":
        raise refuse("DRAW_TOO_EARLY")
    entrants = queries.list_entrants(session, event.id)
    if not entrants:
        raise refuse("DRAW_EMPTY")
    settings = queries.find_settings(session, event.id)
    _refuse(rules.field_faults(len(entrants), settings))
    draw = Draw(
        event_id=event.id, seed=seed, settings=settings._asdict(), drawn_at=now, drawn_by_id=actor_id
    )
    session.add(draw)
    ids = {entrant.ref: number for number, entrant in entrants}
    for drawn in rules.draw(seed, [entrant for _number, entrant in entrants], settings):
        kept = rules.stored(drawn, settings)._asdict()
        session.add(EntryCode(entry_id=ids[kept.pop("ref")], event_id=event.id, **kept))
    session.flush()
    detail = {
        "entries": len(ids),
        "seed_sha256": fingerprint(draw),
        "drawn_sha256": queries.digest_of(session, event.id),
    }
    _record(session, event, "draw:make", actor_id, now, detail)
    return draw


def confirm_draw(session: Session, event: Event, *, actor_id: int, now: datetime) -> Approval:
    """Confirm that each entry has drawn exactly once, for the draw as it stands now.

    Raises: Refused DRAW_NONE, DRAW_CONFIRMED (again), CODE_DUP, SEAT_RANGE, DRAW_FAULTY (another check
    fails).
    """
    database.lock(session, f"draw:{event.id}")
    draw = queries.find_draw(session, event.id)
    if draw is None:
        raise refuse("DRAW_NONE")
    if queries.find_confirmation(session, draw) is not None:
        raise refuse("DRAW_CONFIRMED")
    _refuse_faulty(session, draw)
    digest = queries.digest_of(session, event.id)
    approval = Approval(
        event_id=event.id, kind=queries.CONFIRMED, by_id=actor_id, at=now, subject_hash=digest
    )
    session.add(approval)
    session.flush()
    detail = {"entries": len(queries.list_drawn(session, event.id)), "drawn_sha256": digest}
    _record(session, event, "draw:confirm", actor_id, now, detail)
    return approval


def _refuse_faulty(session: Session, draw: Draw) -> None:
    drawn = queries.list_drawn(session, draw.event_id)
    codes = checking.codes_given_twice(drawn)
    stations = checking.stations_out_of_range(draw, drawn)
    if codes:
        raise refuse("CODE_DUP", codes=listed(codes[:NAMED]))
    if stations:
        raise refuse("SEAT_RANGE", stations=listed(str(number) for number in stations[:NAMED]))
    if not all(check.holds for check in checking.checks(session, draw)):
        raise refuse("DRAW_FAULTY")


def fingerprint(draw: Draw) -> str:
    """Return the SHA-256 of the seed: read out at the draw, it proves later that nothing changed."""
    return rules.fingerprint(draw.seed)


def clear_draw(session: Session, event: Event) -> None:
    """Take the codes away when the field is opened again before scoring; the draw page tells of it."""
    session.execute(delete(EntryCode).where(EntryCode.event_id == event.id))
    session.execute(delete(Draw).where(Draw.event_id == event.id))
    session.expire_all()


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Refused(*(Refusal(fault.code, fault.field, fault.told) for fault in faults))


def _record(
    session: Session, event: Event, action: str, actor_id: int | None, now: datetime,
    detail: Mapping[str, object],
) -> None:  # fmt: skip
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{event.id}", now=now, detail=detail,
        event_id=event.id,
    )  # fmt: skip
