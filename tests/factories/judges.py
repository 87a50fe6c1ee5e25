"""Builders of judges' appointments."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Grant, User
from competitions.events.models import Event
from competitions.judges.models import Appointment, Assignment
from competitions.judges.register.models import JudgeProfile, JudgeQualification
from tests.factories.accounts import MOMENT, build_user


def build_appointment(
    session: Session, event: Event, stages: Iterable[str] = (), **overrides: Any
) -> Appointment:
    """Return a new judge of an event, J1, J2, …, who marks every aspect of `stages` and holds the role.

    Shape: `user` (a new one by default), `code`, `chief`, `head`, `unit_id` may be given.
    """
    user = overrides.pop("user", None) or build_user(session)
    known = session.scalars(select(Appointment).where(Appointment.event_id == event.id)).all()
    values = {
        "event_id": event.id,
        "user_id": user.id,
        "code": f"J{len(known) + 1}",
        "appointed_at": MOMENT,
    } | overrides
    appointment = Appointment(**values)
    session.add(appointment)
    session.flush()
    session.add_all(Assignment(appointment_id=appointment.id, stage=stage) for stage in stages)
    role = "chief_judge" if appointment.chief else "judge"
    session.add(
        Grant(user_id=user.id, role=role, scope_kind="event", scope_id=event.id, granted_at=MOMENT)
    )
    session.flush()
    return appointment


def build_profile(session: Session, user: User, **overrides: Any) -> JudgeProfile:
    """Return what the judge register says of somebody."""
    profile = JudgeProfile(user_id=user.id, **({"title": "高级工程师"} | overrides))
    session.add(profile)
    session.flush()
    return profile


def build_qualification(session: Session, user: User, **overrides: Any) -> JudgeQualification:
    """Return a provincial qualification of a judge, without a trade and without an end."""
    row = JudgeQualification(user_id=user.id, **({"level": "provincial"} | overrides))
    session.add(row)
    session.flush()
    return row
