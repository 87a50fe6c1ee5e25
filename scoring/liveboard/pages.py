"""What the public board shows, live or as it was frozen, and what whoever leads it sees beside it."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.events.models import Event
from competitions.fields import page_of
from core import clock
from core.refusals import Refused
from scoring.boards import queries as boards
from scoring.boards import rules as acts
from scoring.liveboard import rules
from scoring.liveboard.rules import Place
from scoring.results import outcomes
from scoring.results import queries as results
from scoring.sheets import board

NAME = "live"
PAGE = 12


def places_now(session: Session, event: Event) -> list[Place]:
    """Return the board as marks stand: finished entries while it is being marked, then the newest version."""
    if event.state != "scoring":
        version = results.find_newest(session, event.id)
        return [] if version is None else rules.places(*_table(version.document), None)
    try:
        live = outcomes.live(session, event.id)
    except Refused:
        return []
    found = board.overall(session, event)
    open_ones = {one.row.entry for one in found.standings if one.open} if found is not None else set()
    codes = {row.entry for row in live.outcome.rows} - open_ones
    return rules.places(*live.table, codes)


def _table(document: Any) -> tuple[Any, Any]:
    return document["header"], document["rows"]


def kept(session: Session, event: Event) -> list[list[str]]:
    """Return what a freeze keeps of the board."""
    return rules.as_json(places_now(session, event))


def public_page(session: Session, event: Event, page: str | None) -> dict[str, Any] | None:
    """Return one page of the board that everybody sees; None while it is closed."""
    last = boards.find_last(session, event.id)
    standing = acts.standing(last.kind if last else None)
    if last is None or standing == "closed":
        return None
    frozen = standing == "frozen"
    found = rules.from_json(last.content[NAME]) if frozen else places_now(session, event)
    number, pages = page_of(page, len(found), PAGE)
    return {
        "competition": name_of(event.competition),
        "name": name_of(event),
        "frozen_at": last.at if frozen else None,
        "places": found[(number - 1) * PAGE : number * PAGE],
        "count": len(found),
        "page": number,
        "pages": pages,
        "as_of": (last.at if frozen else clock.now()).astimezone(clock.LOCAL).strftime("%H:%M:%S"),
    }


def lead_page(session: Session, event: Event) -> dict[str, Any]:
    """Return how the boards stand, what can be done, and both tables where they differ."""
    rows = boards.list_acts(session, event.id)
    standing = acts.standing(rows[0].kind if rows else None)
    frozen = rules.from_json(rows[0].content[NAME]) if standing == "frozen" else []
    now = places_now(session, event) if event.state in acts.OPEN_STATES else []
    possible = [kind for kind in acts.POSSIBLE[standing] if kind != "open" or event.state in acts.OPEN_STATES]
    return {
        "standing": standing,
        "acts": rows,
        "possible": possible,
        "differs": standing == "frozen" and frozen != now,
        "live_count": len(now),
        "frozen_count": len(frozen),
    }
