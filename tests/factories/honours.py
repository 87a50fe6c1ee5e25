"""Honours for tests."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Competition
from scoring.honours.models import Honour
from scoring.honours.rules import KINDS, by_name, once_key
from tests.factories.accounts import MOMENT


def build_honour(session: Session, competition: Competition, **overrides: Any) -> Honour:
    """Return a recommendation for a medal of a competition."""
    values: dict[str, Any] = {
        "kind": "medal", "level": "national", "recipient": "演示获得者", "unit_name": "演示单位",
        "state": "recommended", "union_id": competition.union_id, "competition_id": competition.id,
        "recorded_at": MOMENT,
    } | overrides  # fmt: skip
    who = by_name(values["unit_name"], values["recipient"])
    values.setdefault("once_key", once_key(KINDS[values["kind"]], values["level"], who, "test"))
    if values["state"] == "granted":
        values = {"granted_on": date(2026, 3, 1), "document": "演示〔2026〕1号"} | values
    honour = Honour(**values)
    session.add(honour)
    session.flush()
    return honour
