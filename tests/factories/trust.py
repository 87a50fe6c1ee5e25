"""Builders of events looked after by two people: drawn, signed, locked, with somebody in each role."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import User
from competitions.draw.models import Draw
from competitions.events.models import Event
from competitions.judges.models import Appointment
from scoring.sheets import closing
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition
from tests.factories.marking import mark, take
from tests.factories.scoring import build_scoring_event

ROLES = ("organiser", "chief_judge", "draw_officer", "supervisor", "tabulator")


@dataclass
class Trusted:
    """An event with the people of its profile by role; `head` is J1, who judges."""

    event: Event
    users: dict[str, User]


def build_trusted(session: Session, profile: str, entries: int = 4, layers: int = 1) -> Trusted:
    """Return an event in which every sheet is signed: A01 has the most points, each next one ten fewer."""
    competition = build_competition(session, profile=profile)
    event = build_scoring_event(session, entries, 2, competition=competition)
    session.add(Draw(event_id=event.id, seed="package:test", settings={"layers": layers}, drawn_at=MOMENT))
    head = session.scalars(
        select(Appointment).where(Appointment.event_id == event.id, Appointment.code == "J1")
    ).one()
    head.head = True
    users = {role: build_user(session, grants=[(role, "event", event.id)]) for role in ROLES}
    for number in range(1, entries + 1):
        code, points = f"A{number:02d}", str(60 - 10 * (number - 1))
        mark(session, event, "J1", code, "T", {"Q1": points})
        mark(session, event, "J1", code, "P", {"A1": points, "A2": "0"})
        mark(session, event, "J2", code, "P", {"A1": points})
    session.commit()
    return Trusted(event, users | {"head": head.user})


def close_all(session: Session, found: Trusted) -> None:
    """Let every sheet be confirmed, where the profile has it, and locked."""
    for act, who in (("confirm", "head"), ("lock", "chief_judge")):
        close(session, found.event, act, found.users[who])
    session.commit()


def close(session: Session, event: Event, act: str, by: User) -> None:
    """Let somebody confirm or lock every sheet that waits for it."""
    rows = closing.list_waiting(session, event, act, None)
    if rows:
        closing.close_sheets(
            session, event, act, {row.ref: row.version for row in rows},
            operation_id=f"close-{event.id}-{act}", actor_id=by.id, now=MOMENT,
        )  # fmt: skip


def build_tabulated(session: Session, profile: str, **fields: Any) -> Trusted:
    """Return such an event with every sheet locked and its result tabulated."""
    found = build_trusted(session, profile, **fields)
    close_all(session, found)
    take(session, found.event, "tabulate")
    return found
