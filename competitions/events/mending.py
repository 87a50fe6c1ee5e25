"""Where a refused step is mended: the page behind each refusal's code or place."""

from collections.abc import Mapping

from flask import current_app, url_for

from competitions.events.models import Event
from core.refusals import Refusal

# A refusal whose `where` is one of these words is mended on that page.
PLACES = {
    "competition": "events.edit_competition",
    "event": "events.edit_event",
    "scheme": "schemes.show_scheme",
    "entries": "entries.list_entries",
    "judges": "judges.list_judges",
    "draw": "draw.show_draw",
    "progress": "sheets.show_progress",
    "results": "results.show_results",
    "notices": "notices.list_notices",
}
OF_COMPETITION = {"events.edit_competition", "notices.list_notices"}
_pages: dict[str, str] = {
    "INDUSTRY_MISSING": "events.edit_competition",
    "KIND_FIELD": "events.edit_event",
    "MIN_FIELD": "entries.list_entries",
    "SCHEME_MISSING": "schemes.show_scheme",
    "SCHEME_FINDINGS": "schemes.show_scheme",
    "DRAW_NEEDED": "draw.show_draw",
    "NO_SHEETS": "sheets.show_progress",
    "INCOMPLETE_SHEETS": "sheets.show_progress",
}


def register(pages: Mapping[str, str]) -> None:
    """Add the endpoints (with event_id) of the pages that mend the refusals with these codes."""
    _pages.update(pages)


def page_for(refusal: Refusal, event: Event) -> str | None:
    """Return the address where a refusal is mended, or None where no page can do it."""
    endpoint = _pages.get(refusal.code) or PLACES.get(refusal.where)
    if endpoint is None or endpoint not in current_app.view_functions:
        return None
    if endpoint in OF_COMPETITION:
        return url_for(endpoint, competition_id=event.competition_id)
    return url_for(endpoint, event_id=event.id)
