"""What disputes add to the life of an event and to the page of an entry."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from competitions.entries import entry_panels
from competitions.entries.models import Entry
from competitions.events import lifecycle, mending, waiting
from competitions.events.models import Event
from core.i18n import listed
from core.refusals import Refusal
from scoring.disputes import labels, queries
from scoring.disputes import waiting as source

NAMED = 12


def init_app(_app: Flask) -> None:
    """Let nothing be ranked or announced while a work is disputed."""
    for step in ("tabulate", "announce"):
        lifecycle.register_guard(step, every_dispute_is_decided)
    mending.register({"DISPUTES_OPEN": "disputes.list_disputes"})
    entry_panels.register("disputes", entry_panel)
    waiting.register("disputes", source.list_waiting)


def every_dispute_is_decided(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a decision on each dispute."""
    if event.entry_kind != "work":
        return []
    rows = queries.list_open(session, event.id)
    works = listed(sorted({row.entry.number for row in rows})[:NAMED])
    return [Refusal("DISPUTES_OPEN", "", {"count": len(rows), "works": works})] if rows else []


def entry_panel(session: Session, event: Event, entry: Entry) -> tuple[str, dict[str, Any]] | None:
    """Return the disputes about a work, with how they stand."""
    if entry.kind != "work":
        return None
    rows = [row for row in queries.list_disputes(session, event.id) if row.entry_id == entry.id]
    return ("disputes/_entry.html", {"rows": rows, "labels": labels}) if rows else None
