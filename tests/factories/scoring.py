"""Builders of events that are being marked: scheme, entrants with codes, judges with seats, sheets."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.judges.models import Appointment, Assignment
from core import canonical, clock
from scoring.schemes.models import SchemeVersion
from scoring.sheets import opening
from scoring.sheets.models import Sheet
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

WELDING: dict[str, Any] = {
    "format": "scheme/1",
    "code": "WELD",
    "title": "焊工",
    "stages": [
        {
            "code": "T",
            "title": "理论",
            "weight": "0.3",
            "max": "100",
            "criteria": [
                {
                    "code": "Q",
                    "title": "笔试",
                    "aspects": [
                        {
                            "code": "Q1",
                            "title": "卷面分",
                            "kind": "score",
                            "max": "100",
                            "step": "0.5",
                            "panel": {"method": "agreed"},
                        }
                    ],
                }
            ],
        },
        {
            "code": "P",
            "title": "实操",
            "weight": "0.7",
            "max": "100",
            "criteria": [
                {
                    "code": "A",
                    "title": "综合",
                    "aspects": [
                        {"code": "A1", "title": "综合评分", "kind": "score", "max": "60", "step": "0.5"},
                        {"code": "A2", "title": "咬边", "kind": "deduction", "max": "40", "per": "5"},
                    ],
                }
            ],
        },
    ],
    "ranking": {"share": False, "ties": [{"by": "stage", "code": "P"}]},
    "awards": {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 1}]},
}


def build_scheme(
    session: Session, event: Event, document: dict[str, Any] = WELDING, number: int = 1
) -> SchemeVersion:
    """Return a version of an event's scheme."""
    version = SchemeVersion(
        event_id=event.id,
        number=number,
        document=document,
        sha256=canonical.digest(document),
        created_at=MOMENT,
    )
    session.add(version)
    session.flush()
    return version


def build_coded_entry(session: Session, event: Event, number: int, name: str = "", **overrides: Any) -> Entry:
    """Return an approved entry with the code A01, A02, …"""
    values = {
        "ref": clock.new_ref(),
        "event_id": event.id,
        "number": number,
        "kind": "person",
        "name": name or f"演示选手{number}",
        "review": "approved",
        "created_at": MOMENT,
    } | overrides
    if "unit_id" not in values:
        values["unit_id"] = build_unit(session).id
    entry = Entry(**values)
    session.add(entry)
    session.flush()
    session.add(EntryCode(entry_id=entry.id, event_id=event.id, code=f"A{number:02d}", station=number))
    session.flush()
    return entry


def build_judge(
    session: Session, event: Event, number: int, stages: str = "T P", **overrides: Any
) -> Appointment:
    """Return the appointment of a new judge J1, J2, … with a seat in each of the stages."""
    user = overrides.pop("user", None) or build_user(session, grants=[("judge", "event", event.id)])
    appointment = Appointment(
        event_id=event.id, user_id=user.id, code=f"J{number}", appointed_at=MOMENT, **overrides
    )
    session.add(appointment)
    session.flush()
    session.add_all(Assignment(appointment_id=appointment.id, stage=stage) for stage in stages.split())
    session.flush()
    return appointment


def build_scoring_event(session: Session, entries: int = 3, judges: int = 2, **overrides: Any) -> Event:
    """Return an event that is being marked: the welding scheme, entrants A01…, judges J1…, sheets."""
    event = build_event(session, state="scoring", **overrides)
    build_scheme(session, event)
    for number in range(1, entries + 1):
        build_coded_entry(session, event, number)
    for number in range(1, judges + 1):
        build_judge(session, event, number)
    opening.open_sheets(session, event, actor_id=None, now=MOMENT)
    return event


def sheet_of(session: Session, event: Event, judge: str, code: str, stage: str) -> Sheet:
    """Return the sheet of a judge for a code in a stage."""
    return (
        session.query(Sheet)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .filter(
            Sheet.event_id == event.id,
            Appointment.code == judge,
            EntryCode.code == code,
            Sheet.stage == stage,
        )
        .one()
    )
