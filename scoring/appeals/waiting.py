"""What waits for arbitrators: appeals to decide, and sheets that somebody asks to correct."""

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from accounts.policy import POLICY
from competitions.events import waiting
from competitions.events.waiting import Waiting
from scoring.appeals import queries


def list_waiting(session: Session, _now: datetime) -> Iterable[Waiting]:
    """Return the events with open appeals or asked releases that the signed-in user decides."""
    for action, count, words in (
        ("appeal.decide", queries.count_open_by_event, _appeals),
        ("release.decide", queries.count_asked_by_event, _releases),
    ):
        events = waiting.list_events(session, action, POLICY[action].states or ())
        counts = count(session, [event.id for event in events])
        for event in events:
            if counts.get(event.id):
                url = url_for("appeals.list_appeals", event_id=event.id)
                yield Waiting(words(counts[event.id]), waiting.where(event), url, "warn", _("to be decided"))


def _appeals(count: int) -> str:
    return ngettext("%(num)d appeal to decide", "%(num)d appeals to decide", count)


def _releases(count: int) -> str:
    return ngettext("%(num)d correction to release", "%(num)d corrections to release", count)
