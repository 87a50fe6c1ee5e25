"""What notices bring when the application is put together."""

from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.events import front, panels
from competitions.events.models import Competition
from competitions.events.queries import competition_path
from competitions.notices import pages, queries, sources
from core import clock


def init_app(_app: Flask) -> None:
    """Lead strangers to the board, show notices on the page of a competition, know the approved entries."""
    front.register("notices.show_board", queries.has_public)
    panels.register_of_competition("notices", competition_panel)
    sources.register("entrants", sources.entrants)


def competition_panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return the notices on the page of a competition for those who may see drafts."""
    if not may("notice.view", competition_path(session, competition)):
        return None
    return "notices/_panel.html", {
        "lines": pages.own_lines(session, competition.id, clock.today())[:5],
        "list_url": url_for("notices.list_notices", competition_id=competition.id),
    }
