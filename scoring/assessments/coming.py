"""What comes next in a labour contest before anything can be checked, with the page where it is done."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from accounts.guard import may
from accounts.policy import ScopePath
from competitions.events.models import Event
from scoring.assessments import rules
from scoring.assessments.queries import Ground

PLANNED_FROM = frozenset({"draft", *rules.PLANNED_IN})


def next_steps(event: Event, path: ScopePath, ground: Ground) -> dict[str, Any] | None:
    """Return what the office does next: days, entries, targets, deadlines; None once that is done.

    Shape: title, text, and items of label and url.
    """
    if event.state not in PLANNED_FROM or not may("assessment.plan", path):
        return None
    if not ground.entrants:
        return _before_entries(event)
    stage = ground.scheme.stages[0]
    place: dict[str, Any] = {"event_id": event.id, "stage": stage.code}
    takes = any(rules.takes_target(aspect) for one in ground.scheme.stages for aspect in one.aspects)
    items = []
    if takes and not any(row.targets for row in ground.assessments.values()):
        items.append({"label": _("Set the targets"), "url": url_for("assessments.edit_targets", **place)})
    if not ground.periods:
        url = url_for("assessments.show_period", **place)
        items.append({"label": _("Ask the units"), "url": url})
    text = _("Each entrant gets its targets first; then the units are asked to report until a day.")
    return {"title": _("What comes next"), "text": text, "items": items} if items else None


def _before_entries(event: Event) -> dict[str, Any]:
    """Return how a contest comes to entrants: it is opened, units register, the office approves them."""
    entries = {"label": _("Entries"), "url": url_for("entries.list_entries", event_id=event.id)}
    if event.state != "draft":
        text = _("No entrant is approved yet. Enter units or approve those that have registered.")
        return {"title": _("What comes next"), "text": text, "items": [entries]}
    days = url_for("events.edit_event", event_id=event.id)
    opening = url_for("events.show_event", event_id=event.id)
    items = [] if event.starts_on else [{"label": _("Enter the days of the contest"), "url": days}]
    items.append({"label": _("Open the registration"), "url": opening})
    text = _("Units register while the registration is open. Targets and deadlines follow their approval.")
    return {"title": _("What comes next"), "text": text, "items": items}
