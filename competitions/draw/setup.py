"""What the draw adds to the life of an event."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.draw import queries, rules, services, unblinding
from competitions.entries import attendance, substitutions
from competitions.events import lifecycle, mending, profiles
from competitions.events.models import Event
from core import clock
from core.refusals import Refusal

MENDED_ON = {
    "DRAW_UNCONFIRMED": "draw.show_draw",
    "DRAW_STATIONS_FEW": "draw.edit_settings",
    "DRAW_BATCHES_EMPTY": "draw.edit_settings",
    "DRAW_WIDTH": "draw.edit_settings",
    "UNBLIND_NEEDED": "draw.show_draw",
}


def init_app(_app: Flask) -> None:
    """Register what the draw needs and brings about."""
    mending.register(MENDED_ON)
    lifecycle.register_guard("start_scoring", needs_draw)
    lifecycle.register_effect("start_scoring", draw_if_nobody_has)
    lifecycle.register_guard("announce", unblinding.needs_unblinding)
    lifecycle.register_guard("reopen_scoring", unblinding.not_begun)
    lifecycle.register_effect("reopen_registration", forget_draw)
    substitutions.register_guard(nobody_drawn)
    attendance.register_batches(queries.list_batches)


def needs_draw(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a confirmed draw where the profile wants it made by hand, elsewhere for settings that fit."""
    by_hand = profiles.get(event.competition.profile).separate
    draw = queries.find_draw(session, event.id)
    if draw is None:
        return [Refusal("DRAW_NEEDED")] if by_hand else _unfit(session, event)
    unconfirmed = by_hand and queries.find_confirmation(session, draw) is None
    return [Refusal("DRAW_UNCONFIRMED")] if unconfirmed else []


def nobody_drawn(session: Session, event: Event) -> list[Refusal]:
    """Keep the people of entries that have drawn: the draw was theirs."""
    return [Refusal("SUBSTITUTION_DRAWN")] if queries.find_draw(session, event.id) is not None else []


def _unfit(session: Session, event: Event) -> list[Refusal]:
    """Return why the start of scoring could not draw by itself."""
    entries, settings = queries.count_drawable(session, event.id), queries.find_settings(session, event.id)
    faults = rules.field_faults(entries, settings) if entries else []
    return [Refusal(fault.code, fault.field, fault.told) for fault in faults]


def draw_if_nobody_has(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Draw at the start of scoring where nobody has: judges see codes in every profile."""
    if queries.find_draw(session, event.id) is None:
        services.make_draw(session, event, seed=clock.new_ref(), actor_id=actor_id, now=now)


def forget_draw(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Take the codes away when the field opens again."""
    services.clear_draw(session, event)
