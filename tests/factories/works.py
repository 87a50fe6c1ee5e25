"""Builders of contests of works."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from competitions.events.models import Event
from tests.factories.marking import build_event_with, entry_of, scheme, score, stage

RUBRIC = scheme(
    [stage("R", "专家评审", [score("A1", "水平", panel={"method": "mean"})])],
    awards={"base": "ranked", "tiers": [{"title": "一等成果", "count": 1}]},
)


def build_marked_works(session: Session, names: Sequence[str] = ("甲成果", "乙成果")) -> Event:
    """Return a contest whose works A01, A02, … are being marked by one expert."""
    event = build_event_with(session, RUBRIC, names, entry_kind="work")
    for number in range(1, len(names) + 1):
        entry_of(session, event, f"A{number:02d}").kind = "work"
    session.flush()
    return event
