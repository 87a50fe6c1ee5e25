"""Builders of events with marks: sheets filled and signed through the ledger, as judges would."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events import services as events
from competitions.events.models import Event
from scoring.sheets import opening, queries, services
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_union
from tests.factories.scoring import build_coded_entry, build_judge, build_scheme, sheet_of

AGREED = {"method": "agreed"}


def score(code: str, title: str, maximum: str = "100", **fields: Any) -> dict[str, Any]:
    """Return an aspect of the kind `score`."""
    return {"code": code, "title": title, "kind": "score", "max": maximum, **fields}


def stage(code: str, title: str, aspects: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """Return a stage with one criterion."""
    criteria = [{"code": "A", "title": title, "aspects": aspects}]
    return {"code": code, "title": title, "criteria": criteria, **fields}


def scheme(stages: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """Return a scheme document; ranks may be shared unless it says otherwise."""
    document = {"format": "scheme/1", "code": "TEST", "title": "测试", "stages": stages}
    return {**document, "ranking": {"share": True}, **fields}


THEORY_AND_PRACTICE = [
    stage("T", "理论", [score("Q1", "卷面分", panel=AGREED)], weight="0.3"),
    stage("P", "实操", [score("P1", "作品", panel=AGREED)], weight="0.7"),
]


def build_event_with(
    session: Session, document: dict[str, Any], entries: Iterable[str], judges: int = 1, **overrides: Any
) -> Event:
    """Return an event that is being marked, with these entrants as A01, A02, … and judges J1, J2, …"""
    event = build_event(session, state="scoring", **overrides)
    build_scheme(session, event, document)
    for number, name in enumerate(entries, start=1):
        build_coded_entry(session, event, number, name=name)
    stages = " ".join(stage["code"] for stage in document["stages"])
    for number in range(1, judges + 1):
        build_judge(session, event, number, stages)
    opening.open_sheets(session, event, actor_id=None, now=MOMENT)
    return event


def mark(
    session: Session, event: Event, judge: str, code: str, stage_code: str, values: Mapping[str, str],
    *, sign: bool = True,
) -> None:  # fmt: skip
    """Let a judge enter marks for a code in a stage, and sign."""
    sheet = sheet_of(session, event, judge, code, stage_code)
    name = f"{event.id}-{judge}-{code}-{stage_code}-{sheet.version}"
    keys = {MarkKey(aspect, 1): value for aspect, value in values.items()}
    saved = services.save_marks(
        session, event, sheet, SheetOperation(f"{name}-save", sheet.ref, sheet.version, keys), MOMENT
    )
    assert saved.outcome == "applied", saved
    if sign:
        signed = services.sign_sheet(
            session, event, sheet, SheetOperation(f"{name}-sign", sheet.ref, sheet.version), MOMENT
        )
        assert signed.outcome == "applied", signed


def build_theory_and_practice(
    session: Session, scores: Mapping[str, tuple[str, str]], **fields: Any
) -> Event:
    """Return an event whose entrants have a theory and a practice score, all sheets signed."""
    overrides = fields.pop("event", {})
    document = scheme(THEORY_AND_PRACTICE, **fields)
    event = build_event_with(session, document, scores, **overrides)
    for number, (theory, practice) in enumerate(scores.values(), start=1):
        mark(session, event, "J1", f"A{number:02d}", "T", {"Q1": theory})
        mark(session, event, "J1", f"A{number:02d}", "P", {"P1": practice})
    return event


def build_organiser(session: Session, event: Event) -> Any:
    """Return an organiser of the union that holds the event."""
    return build_user(session, grants=[("organiser", "union", event.competition.union_id)])


def build_stranger(session: Session, role: str = "organiser") -> Any:
    """Return somebody with a role in another union."""
    return build_user(session, grants=[(role, "union", build_union(session).id)])


def take(session: Session, event: Event, *steps: str, reason: str = "", now: Any = MOMENT) -> None:
    """Take steps of the event's life."""
    for step in steps:
        events.take_step(session, event, step, actor_id=None, now=now, reason=reason)
    session.commit()


def entry_of(session: Session, event: Event, code: str) -> Entry:
    """Return the entry with this code."""
    found = queries.find_marked_entry(session, event.id, code)
    assert found is not None
    return found
