"""What all pages of one event share: where it stands, its head and its tabs."""

from datetime import date
from typing import Any

from flask import url_for

from accounts.guard import may
from competitions.catalogue.naming import name_of, trade_mark
from competitions.events import labels, queries, tabs
from competitions.events.models import Event
from core.database import db
from core.i18n import current_locale, day


def event_frame(event: Event) -> dict[str, Any]:
    """Return the head of an event's pages: path, trail, title, state, meta, tabs.

    Pages extend events/_frame.html and need nothing but `event` in their context.
    """
    path = queries.event_path(db.session, event)
    competition = event.competition
    return {
        "path": path,
        "trail": [
            {"label": str(labels.COMPETITIONS), "url": url_for("events.list_competitions")},
            {"label": name_of(competition), "url": _competition_url(competition.id, path)},
            {"label": name_of(event), "url": None},
        ],
        "title": name_of(event),
        "state": labels.state_chip(event.state),
        "meta": _meta(event),
        "tabs": tabs.list_tabs(event, path),
    }


def may_step(event: Event, step: str) -> bool:
    """Say whether the signed-in user may take this step of the event, whatever it still misses."""
    return may(f"step.{step}", queries.event_path(db.session, event), event.state)


def _competition_url(competition_id: int, path: Any) -> str | None:
    # Somebody who holds a role for this one event may not open the competition around it.
    if not may("competition.view", path[1:]):
        return None
    return url_for("events.show_competition", competition_id=competition_id)


def _meta(event: Event) -> list[str]:
    words = [event.role, event.group_name, str(labels.ENTRY_KINDS[event.entry_kind])]
    if event.trade is not None and event.trade.name_zh != event.name:
        words.append(name_of(event.trade))
    if event.trade is not None:
        words.append(trade_mark(event.trade))
    words.append(days(event.starts_on, event.ends_on))
    return [word for word in words if word]


def days(starts: date | None, ends: date | None) -> str:
    """Return a span of days in words, without saying the same year twice; empty where none is set."""
    if starts is None or ends is None or starts == ends:
        return day(starts or ends) if starts or ends else ""
    first, last = day(starts), day(ends)
    if starts.year == ends.year and current_locale() == "zh":
        last = last.removeprefix(f"{ends.year}年")
    elif starts.year == ends.year:
        first = first.removesuffix(f" {starts.year}")
    return f"{first} – {last}"
