"""What the desk shows, as plain values."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.desk import keying_pages, list_pages, people, queries
from scoring.rules.model import Scheme

SHOWN = 20


def desk_page(session: Session, event: Event, scheme: Scheme, actor_id: int) -> dict[str, Any]:
    """Return the lists, paper sheets and backup files of an event."""
    titles = {stage.code: stage.title or stage.code for stage in scheme.stages}
    return {
        "lists": [
            {"row": row, "stage": titles.get(row.stage, row.stage), "state": list_pages.STATES[row.state]}
            for row in queries.list_lists(session, event.id)
        ],
        "stages": list(titles.items()),
        "second": people.needs_second(event),
        "keyed": keying_pages.open_rows(session, event, scheme, actor_id),
        "settled": keying_pages.settled_rows(session, event, scheme, SHOWN),
        "backups": [
            {"row": row, "open": sum(queries.is_open(record) for record in row.records)}
            for row in queries.list_backups(session, event.id)
        ],
    }
