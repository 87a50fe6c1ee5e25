"""What entries bring when the application is put together."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.eligibility.services import register_changed
from competitions.entries import attendance, guards, levels, unit_twins
from competitions.entries.models import Entry, Person
from competitions.entries.panel import entries_panel
from competitions.events import lifecycle, panels
from competitions.events.models import Event
from competitions.organisations.services import register_moving
from competitions.organisations.twins import following


def init_app(_app: Flask) -> None:
    """Register what closing the registration needs, and what new rules of entry bring about."""
    panels.register("entries", entries_panel)
    register_changed(levels.follow_rules)
    register_moving(levels.follow_unions)
    following.register_holding(unit_twins.hold_events)
    following.register_obstacle(unit_twins.both_entered)
    following.register(Person.unit_id)
    following.register(Entry.unit_id)
    lifecycle.register_guard("close_registration", guards.every_entry_decided)
    lifecycle.register_guard("close_registration", guards.every_entry_keeps_the_rules)
    lifecycle.register_guard("close_registration", guards.field_is_large_enough)
    lifecycle.register_effect("reopen_registration", forget_check_in)
    for step in ("open_registration", "reopen_registration"):
        lifecycle.register_effect(step, follow_what_moved)


def follow_what_moved(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Let entries stand at the unions of now: units may have moved while nothing could be decided."""
    levels.follow_rules(session, event)


def forget_check_in(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Forget who has come when the field opens again: it was another field."""
    attendance.clear(session, event.id)
