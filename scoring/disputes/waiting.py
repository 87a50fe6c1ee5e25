"""What waits for those who decide disputes."""

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from competitions.events import waiting
from competitions.events.waiting import Waiting
from scoring.disputes import queries, rules


def list_waiting(session: Session, _now: datetime) -> Iterable[Waiting]:
    """Return the events with open disputes that the signed-in user decides."""
    events = waiting.list_events(session, "dispute.decide", rules.STATES)
    counts = queries.count_open_by_event(session, [event.id for event in events])
    for event in events:
        if counts.get(event.id):
            label = ngettext("%(num)d dispute to decide", "%(num)d disputes to decide", counts[event.id])
            url = url_for("disputes.list_disputes", event_id=event.id)
            yield Waiting(label, waiting.where(event), url, "warn", _("to be decided"))
