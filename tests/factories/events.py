"""Builders of competitions and events."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Competition, Event
from tests.factories.accounts import MOMENT
from tests.factories.catalogue import build_activity_kind, build_industry, build_level, build_trade
from tests.factories.organisations import build_union

_number = count(1)


def build_competition(session: Session, **overrides: Any) -> Competition:
    """Return a new provincial skills competition of the machinery industry, with a union of its own."""
    values = {
        "name": f"演示职业技能竞赛{next(_number)}",
        "year": (year := overrides.get("year", 2026)),
        "profile": "simple",
        "created_at": MOMENT,
        "starts_on": date(year, 5, 1),
        "ends_on": date(year, 6, 30),
    } | overrides
    needed = {"kind": build_activity_kind, "level": build_level, "union": build_union}
    for name, build in needed.items():
        if not {name, f"{name}_id"} & values.keys():
            values[name] = build(session)
    values.setdefault("industries", [build_industry(session)])
    competition = Competition(**values)
    session.add(competition)
    session.flush()
    return competition


def build_event(session: Session, state: str = "draft", **overrides: Any) -> Event:
    """Return a new event of welders in the given state, in a competition of its own unless one is given."""
    values = {
        "name": f"焊工{next(_number)}",
        "entry_kind": "person",
        "created_at": MOMENT,
        "state": state,
    } | overrides
    for name, build in {"competition": build_competition, "trade": build_trade}.items():
        if not {name, f"{name}_id"} & values.keys():
            values[name] = build(session)
    event = Event(**values)
    session.add(event)
    session.flush()
    return event
