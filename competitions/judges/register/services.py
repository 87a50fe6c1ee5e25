"""Write the judge register: what is said of judges, and their qualifications."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from accounts.models import User
from competitions.judges.register import queries
from competitions.judges.register.models import JudgeProfile, JudgeQualification
from core.audit import services as audit
from core.database import lock
from core.refusals import refuse


class ProfileValues(NamedTuple):
    """What the register says of a judge."""

    unit_id: int | None
    title: str = ""
    note: str = ""


class QualificationValues(NamedTuple):
    """One qualification; `level` is one of register.rules.LEVELS."""

    trade_id: int | None
    level: str
    certificate_number: str = ""
    issued_by: str = ""
    valid_until: date | None = None


def add_judge(
    session: Session, user: User, values: ProfileValues, *, actor_id: int | None, now: datetime
) -> JudgeProfile:
    """Take somebody who has an account into the register.

    Raises: Refused REGISTER_TWICE, whoever has done it.
    """
    lock(session, f"judge_profile:{user.id}")
    if queries.find_profile(session, user.id) is not None:
        raise refuse("REGISTER_TWICE", "who", name=user.name)
    return save_profile(session, user, values, actor_id=actor_id, now=now)


def save_profile(
    session: Session, user: User, values: ProfileValues, *, actor_id: int | None, now: datetime
) -> JudgeProfile:
    """Say where a judge works, with which title."""
    lock(session, f"judge_profile:{user.id}")
    profile = queries.find_profile(session, user.id)
    if profile is None:
        profile = JudgeProfile(user_id=user.id)
        session.add(profile)
    profile.unit_id, profile.title, profile.note = values
    session.flush()
    _record(session, "register:save", user.id, actor_id, now, unit=values.unit_id)
    return profile


def add_qualification(
    session: Session, user: User, values: QualificationValues, *, actor_id: int | None, now: datetime
) -> JudgeQualification:
    """Add a qualification of a judge."""
    row = JudgeQualification(user_id=user.id, **values._asdict())
    session.add(row)
    session.flush()
    _record(session, "register:qualify", user.id, actor_id, now, number=row.id)
    return row


def change_qualification(
    session: Session, row: JudgeQualification, values: QualificationValues, *, actor_id: int, now: datetime
) -> None:
    """Change a qualification."""
    for name, value in values._asdict().items():
        setattr(row, name, value)
    session.flush()
    _record(session, "register:requalify", row.user_id, actor_id, now, number=row.id)


def remove_qualification(
    session: Session, row: JudgeQualification, *, actor_id: int, now: datetime
) -> None:
    """Delete a qualification that should not stand there; one that has expired stays."""
    _record(session, "register:disqualify", row.user_id, actor_id, now, number=row.id)
    session.delete(row)
    session.flush()


def record_search(
    session: Session, matches: int, *, actor_id: int, now: datetime, event_id: int | None = None
) -> None:
    """Keep that somebody looked for judges, not for whom."""
    subject = "site:0" if event_id is None else f"event:{event_id}"
    audit.record(
        session, "register:search", actor_id=actor_id, subject=subject, now=now, event_id=event_id,
        detail={"matches": matches},
    )  # fmt: skip


def _record(
    session: Session, action: str, user_id: int, actor_id: int | None, now: datetime, **detail: object
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"user:{user_id}", now=now, detail=detail
    )
