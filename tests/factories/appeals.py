"""Builders of appeals."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from core import canonical, clock
from core.own_keys import keys
from scoring.appeals.models import Appeal
from scoring.appeals.rules import Said
from tests.factories.accounts import MOMENT

SAID = Said("演示领队", "13800138000", "第二名裁判的评分与现场记录不符", "改正评分")


def build_appeal(session: Session, event: Event, entry: Entry, by_id: int, **overrides: Any) -> Appeal:
    """Return an appeal as it was filed, whatever the event stands at."""
    ref = clock.new_ref()
    values: dict[str, Any] = {
        "ref": ref, "event_id": event.id, "number": 1, "entry_id": entry.id, "version": 1,
        "about": [["marks", "P"]], "said": keys().seal(canonical.dumps(SAID._asdict()), f"appeal:{ref}"),
        "opened": [], "filed_at": MOMENT, "filed_by_id": by_id,
    }  # fmt: skip
    appeal = Appeal(**values | overrides)
    session.add(appeal)
    session.flush()
    return appeal
