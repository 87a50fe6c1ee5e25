"""Write the thresholds and quotas of an event's titles."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.events.services import hold
from core import canonical
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse
from scoring.rules.numbers import parse_decimal
from scoring.titles import queries
from scoring.titles.models import TitleRules

MOST = 100_000


class Limits(NamedTuple):
    """What is asked for a title; empty texts ask for nothing."""

    threshold: str
    quota: str


def save_limits(
    session: Session, event: Event, limits: Mapping[int, Limits], *, version: int, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """Keep thresholds and quotas, by the number of the title.

    Raises: Refused TITLES_CHANGED alone, or TITLE_THRESHOLD and TITLE_QUOTA at "<field>-<number>".
    """
    hold(session, event)
    document, known = queries.document_of(session, event.id)
    if known != version:
        raise refuse("TITLES_CHANGED")
    wrong = [fault for number, one in limits.items() for fault in _faults(number, one)]
    if wrong:
        raise Refused(*wrong)
    document["rules"] = [
        rule
        | {
            "threshold": limits[number].threshold or None,
            "quota": int(limits[number].quota) if limits[number].quota else None,
        }
        for number, rule in enumerate(document["rules"])
    ]
    row = session.get(TitleRules, event.id)
    if row is None:
        row = TitleRules(event_id=event.id)
        session.add(row)
    row.document = document
    session.flush()
    audit.record(
        session, "titles:save", actor_id=actor_id, subject=f"event:{event.id}", now=now, event_id=event.id,
        detail={"sha256": canonical.digest(document)},
    )  # fmt: skip


def _faults(number: int, one: Limits) -> list[Refusal]:
    found = []
    points = parse_decimal(one.threshold) if one.threshold else 0
    if points is None or points < 0:
        found.append(Refusal("TITLE_THRESHOLD", f"threshold-{number}", {"value": one.threshold}))
    whole = one.quota.isascii() and one.quota.isdecimal() and len(one.quota) < len(str(MOST))
    if one.quota and not whole:
        found.append(Refusal("TITLE_QUOTA", f"quota-{number}", {"value": one.quota}))
    return found
