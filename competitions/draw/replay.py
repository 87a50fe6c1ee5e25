"""A draw handed out: whatever somebody needs to replay it without this system (docs/draw.md)."""

import json

from sqlalchemy.orm import Session

from competitions.draw import queries
from competitions.draw.models import Draw
from competitions.draw.rules import Drawn

FORMAT = "jiangsai-draw/1"


def document(session: Session, draw: Draw) -> str:
    """Return the JSON text of a draw: format, seed, settings, the list, and what was drawn.

    Shape: `entries` are [reference, unit], units as numbers in no order of their own; `drawn` has the columns
    of Drawn. References are random: without the list of names they say nothing of anybody.
    """
    field = sorted(entrant for _number, entrant in queries.list_entrants(session, draw.event_id))
    units = {unit: number for number, unit in enumerate(dict.fromkeys(one.unit for one in field), start=1)}
    told = {
        "format": FORMAT,
        "seed": draw.seed,
        "settings": queries.settings_of(draw.settings)._asdict(),
        "entries": [[one.ref, units[one.unit]] for one in field],
        "columns": list(Drawn._fields),
        "drawn": [list(row) for row in queries.list_drawn(session, draw.event_id)],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
