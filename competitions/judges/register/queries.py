"""Read the judge register: always within somebody's scopes, never all accounts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from accounts.models import User
from accounts.policy import SITE, ScopePath
from competitions.catalogue.models import CatalogueEntry
from competitions.events.models import Competition, Event
from competitions.events.queries import event_path
from competitions.events.search import events_in
from competitions.judges.models import Appointment
from competitions.judges.register import rules
from competitions.judges.register.models import JudgeProfile, JudgeQualification
from competitions.judges.register.rules import Held
from competitions.organisations.models import Unit
from competitions.organisations.queries import Scopes, union_path, units_in

CANDIDATES = 2000  # so many judges of a register are put in order for an event; a search narrows more


class Sought(NamedTuple):
    """What narrows the register: a part of a name, of a unit, a trade, a level."""

    name: str = ""
    unit: str = ""
    trade_id: int | None = None
    level: str = ""


class Known(NamedTuple):
    """A judge of the register with what is known, and in how many events the judge has been appointed."""

    user: User
    profile: JudgeProfile | None
    qualifications: Sequence[JudgeQualification]
    events: int = 0

    @property
    def unit(self) -> Unit | None:
        """Return the own unit."""
        return self.profile.unit if self.profile is not None else None


class Candidate(NamedTuple):
    """A judge who can be appointed, with the standing to the event's trade and the level that gives it."""

    known: Known
    standing: str
    level: str


def find_user(session: Session, user_id: int) -> User | None:
    """Return the account with this number."""
    return session.get(User, user_id)


def find_profile(session: Session, user_id: int) -> JudgeProfile | None:
    """Return what the register says of somebody."""
    return session.get(JudgeProfile, user_id)


def find_qualification(session: Session, user_id: int, number: int) -> JudgeQualification | None:
    """Return this qualification if it is this judge's."""
    found = session.get(JudgeQualification, number)
    return found if found is not None and found.user_id == user_id else None


def list_judges(
    session: Session, scopes: Scopes, sought: Sought, *, limit: int = 50, offset: int = 0
) -> list[Known]:
    """Return judges by name with their units, qualifications and how many events they were appointed in."""
    statement = _sought(select(User), scopes, sought).order_by(User.name, User.id)
    return _known(session, list(session.scalars(statement.limit(limit).offset(offset))))


def count_judges(session: Session, scopes: Scopes, sought: Sought) -> int:
    """Return how many judges fit."""
    return session.scalar(_sought(select(func.count(User.id)), scopes, sought)) or 0


def get_known(session: Session, user: User) -> Known:
    """Return what is known of one judge."""
    return _known(session, [user])[0]


def list_trades(session: Session, scopes: Scopes) -> list[CatalogueEntry]:
    """Return the trades for which judges in these scopes are qualified, by name."""
    held = select(JudgeQualification.trade_id).join(User, User.id == JudgeQualification.user_id)
    statement = select(CatalogueEntry).where(CatalogueEntry.id.in_(held.where(_judges_in(scopes))))
    return list(session.scalars(statement.order_by(CatalogueEntry.name_zh)))


def list_events_of(session: Session, user_id: int) -> list[Appointment]:
    """Return the appointments of a judge, dismissed ones too, the newest event first."""
    statement = (
        select(Appointment)
        .join(Appointment.event)
        .join(Event.competition)
        .options(contains_eager(Appointment.event).contains_eager(Event.competition))
        .where(Appointment.user_id == user_id)
        .order_by(Competition.year.desc(), Event.id.desc())
    )
    return list(session.scalars(statement))


def list_candidates(
    session: Session, scopes: Scopes, event: Event, day: date, sought: Sought
) -> list[Candidate]:
    """Return who can be appointed to an event: the qualified for its trade first, then by level and name."""
    standing = select(Appointment.user_id).where(
        Appointment.event_id == event.id, Appointment.dismissed_at.is_(None)
    )
    statement = _sought(select(User), scopes, sought).where(
        User.disabled_at.is_(None), User.id.not_in(standing)
    )
    users = list(session.scalars(statement.order_by(User.name, User.id).limit(CANDIDATES)))
    found = [
        Candidate(known, *rules.standing(held_of(known.qualifications), event.trade_id, day))
        for known in _known(session, users)
    ]
    return sorted(found, key=lambda one: rules.order((one.standing, one.level)))


def list_qualified(session: Session, event: Event, user_ids: Collection[int], day: date) -> set[int]:
    """Return those of some users who are qualified for an event's trade on a day."""
    statement = select(JudgeQualification).where(JudgeQualification.user_id.in_(user_ids))
    held: dict[int, list[JudgeQualification]] = {}
    for row in session.scalars(statement):
        held.setdefault(row.user_id, []).append(row)
    return {
        user_id
        for user_id, rows in held.items()
        if rules.standing(held_of(rows), event.trade_id, day)[0] == rules.QUALIFIED
    }


def first_day(event: Event, today: date) -> date:
    """Return the day on which a qualification has to be valid: the event's first, or today without one."""
    return event.starts_on or event.competition.starts_on or today


def held_of(rows: Iterable[JudgeQualification]) -> list[Held]:
    """Return qualifications as the rules compare them."""
    return [Held(row.trade_id, row.level, row.valid_until) for row in rows]


# ---------------------------------------------------------------- whose judges they are


def judge_path(session: Session, user_id: int) -> ScopePath | None:
    """Return everything from which a judge is seen, None for whoever is no judge.

    That is the own unit with all above it, and each event that the judge was appointed in with all above it.
    """
    profile, appointments = find_profile(session, user_id), list_events_of(session, user_id)
    if profile is None and not appointments:
        return None
    own = unit_path(session, profile.unit if profile is not None else None)
    return tuple(dict.fromkeys([*own, *event_steps(session, appointments)]))


def unit_path(session: Session, unit: Unit | None) -> ScopePath:
    """Return a unit and all above it; the site alone without one."""
    own = () if unit is None else (("unit", unit.id),)
    return (*own, *union_path(session, unit.union_id if unit is not None else None))


def event_steps(session: Session, appointments: Iterable[Appointment]) -> ScopePath:
    """Return the events of these appointments and all above them."""
    return tuple(step for one in appointments for step in event_path(session, one.event))


def _judges_in(scopes: Scopes) -> ColumnElement[bool]:
    """Return the condition that a judge belongs to a unit, or was appointed in an event, in these scopes."""
    whose = true() if SITE in scopes else JudgeProfile.unit_id.in_(units_in(scopes))
    judged = select(Appointment.user_id).where(Appointment.event_id.in_(events_in(scopes)))
    # Judges whom a recount package has brought are names with a closed account: nobody to look for here.
    kept = or_(User.disabled_at.is_(None), User.id.in_(select(JudgeProfile.user_id)))
    return or_(User.id.in_(select(JudgeProfile.user_id).where(whose)), User.id.in_(judged) & kept)


def _sought(statement: Select[Any], scopes: Scopes, sought: Sought) -> Select[Any]:
    statement = statement.where(_judges_in(scopes))
    for word in sought.name.split():
        statement = statement.where(User.name.icontains(word, autoescape=True))
    if sought.unit:
        units = select(Unit.id).where(Unit.name.icontains(sought.unit, autoescape=True))
        working = select(JudgeProfile.user_id).where(JudgeProfile.unit_id.in_(units))
        statement = statement.where(User.id.in_(working))
    if sought.trade_id is None and not sought.level:
        return statement
    held = select(JudgeQualification.user_id)
    if sought.trade_id is not None:
        held = held.where(JudgeQualification.trade_id == sought.trade_id)
    if sought.level:
        held = held.where(JudgeQualification.level == sought.level)
    return statement.where(User.id.in_(held))


def _known(session: Session, users: list[User]) -> list[Known]:
    """Return what is known of these users, in three statements however many they are."""
    ids = [user.id for user in users]
    profiles = select(JudgeProfile).where(JudgeProfile.user_id.in_(ids))
    by_user = {row.user_id: row for row in session.scalars(profiles.options(joinedload(JudgeProfile.unit)))}
    qualifications = (
        select(JudgeQualification)
        .where(JudgeQualification.user_id.in_(ids))
        .options(joinedload(JudgeQualification.trade))
        .order_by(JudgeQualification.id)
    )
    held: dict[int, list[JudgeQualification]] = {}
    for row in session.scalars(qualifications):
        held.setdefault(row.user_id, []).append(row)
    counted = select(Appointment.user_id, func.count()).where(Appointment.user_id.in_(ids))
    events = dict(session.execute(counted.group_by(Appointment.user_id)).all())
    return [Known(u, by_user.get(u.id), held.get(u.id, []), events.get(u.id, 0)) for u in users]
