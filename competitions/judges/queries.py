"""Read judges, their places, and who they are."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import Grant, OneTimeLink, User
from accounts.policy import ScopePath
from accounts.queries import list_held_grants
from competitions.entries.models import Entry
from competitions.entries.rules import COUNTED
from competitions.events.models import Competition, Event
from competitions.judges import rules
from competitions.judges.models import Appointment, Assignment
from competitions.judges.rules import ROLES, Seat
from competitions.organisations.models import Unit
from core.database import asked_once

USERS_OFFERED, SHORTEST_SEARCH = 20, 2
OVER = ("announced", "final", "archived", "cancelled")  # nobody judges there any more


def link_makers(session: Session, user_id: int) -> set[int | None]:
    """Return who has made one-time links for an account."""
    return set(session.scalars(select(OneTimeLink.created_by_id).where(OneTimeLink.user_id == user_id)))


def find_appointment(session: Session, event_id: int, appointment_id: int) -> Appointment | None:
    """Return the appointment with this number if it is one of this event and stands."""
    found = session.get(Appointment, appointment_id)
    stands = found is not None and found.event_id == event_id and found.dismissed_at is None
    return found if stands else None


def find_by_user(session: Session, event_id: int, user_id: int) -> Appointment | None:
    """Return a user's appointment in an event, also one that has ended."""
    return session.scalar(
        select(Appointment).where(Appointment.event_id == event_id, Appointment.user_id == user_id)
    )


def list_own(session: Session, user_id: int, event_id: int | None = None) -> list[Appointment]:
    """Return where somebody judges and nothing is over yet, the newest event first; or of one event alone."""
    statement = (
        select(Appointment)
        .join(Appointment.event)
        .options(contains_eager(Appointment.event).joinedload(Event.competition))
        .where(Appointment.user_id == user_id, Appointment.dismissed_at.is_(None), Event.state.not_in(OVER))
    )
    if event_id is not None:
        statement = statement.where(Appointment.event_id == event_id)
    return list(session.scalars(statement.order_by(Event.id.desc())))


@asked_once
def list_appointments(session: Session, event_id: int) -> list[Appointment]:
    """Return the judges of an event with their users and places, in the order of appointment."""
    statement = (
        select(Appointment)
        .where(Appointment.event_id == event_id, Appointment.dismissed_at.is_(None))
        .options(joinedload(Appointment.user), selectinload(Appointment.assignments))
        .order_by(Appointment.id)
    )
    return list(session.scalars(statement))


def list_codes(session: Session, event_id: int) -> list[str]:
    """Return every code ever given to a judge of an event."""
    return list(session.scalars(select(Appointment.code).where(Appointment.event_id == event_id)))


def seats_of(appointment: Appointment) -> set[Seat]:
    """Return the places that a judge was given."""
    return {Seat(row.stage, row.aspect, row.stations) for row in appointment.assignments}


def effective_seats(
    judges: Iterable[Appointment], known: Mapping[str, Collection[str]]
) -> dict[int, set[Seat]]:
    """Return where each judge marks, by appointment."""
    return {j.id: rules.effective_seats(seats_of(j), known, chief=j.chief) for j in judges}


def list_assignments(session: Session, appointment_id: int) -> list[Assignment]:
    """Return the rows of a judge's places."""
    return list(session.scalars(select(Assignment).where(Assignment.appointment_id == appointment_id)))


def judges_with_conflict(session: Session, event_id: int) -> dict[int, str]:
    """Return the name of the unit by appointment, for judges whose unit has sent somebody."""
    entered = select(Entry.unit_id).where(Entry.event_id == event_id, Entry.review.in_(COUNTED))
    rows = session.execute(
        select(Appointment.id, Unit.name)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(
            Appointment.event_id == event_id,
            Appointment.dismissed_at.is_(None),
            Appointment.unit_id.in_(entered),
        )
    )
    return dict(rows.all())


def list_unit_names(session: Session, unit_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these units."""
    rows = session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(unit_ids)))
    return dict(rows.all())


def list_units(session: Session) -> list[str]:
    """Return the names of units to choose from."""
    return list(session.scalars(select(Unit.name).order_by(Unit.name).limit(1000)))


def find_unit(session: Session, name: str) -> Unit | None:
    """Return the unit of this name."""
    return session.scalar(select(Unit).where(Unit.name == name))


def working_judges(session: Session, event_id: int, user_ids: Collection[int]) -> set[int]:
    """Return those of some users who hold the role of a judge in an event now."""
    held = select(Grant.user_id).where(
        Grant.user_id.in_(user_ids),
        Grant.role.in_(ROLES),
        Grant.scope_kind == "event",
        Grant.scope_id == event_id,
        Grant.withdrawn_at.is_(None),
    )
    return set(session.scalars(held))


def roles_on(session: Session, user_id: int, path: ScopePath) -> set[str]:
    """Return the roles that a user holds on any step of a scope path."""
    steps = set(path)
    return {g.role for g in list_held_grants(session, user_id) if (g.scope_kind, g.scope_id) in steps}


def find_users(session: Session, text: str) -> list[User]:
    """Return who can be meant by a text: the sign-in name exactly, otherwise the name, then a part of it.

    An organiser looks for people of any union, but is not to read the accounts of the installation: at most
    USERS_OFFERED are returned, and sign-in names are found by nobody who does not know them.
    """
    able = User.disabled_at.is_(None)
    part = User.name.icontains(text, autoescape=True)
    for fits in (User.login == text.casefold(), User.name == text, part):
        statement = select(User).where(fits, able).order_by(User.name, User.id).limit(USERS_OFFERED)
        found = list(session.scalars(statement))
        if found:
            return found
    return []


def list_same_days(session: Session, event: Event, user_ids: Collection[int]) -> list[tuple[str, Event]]:
    """Return who of some users judges another event on the same days, as (name, the other event).

    Where an event has no days of its own, its competition's are taken; without any nobody is named.
    """
    starts = func.coalesce(Event.starts_on, Competition.starts_on)
    ends = func.coalesce(Event.ends_on, Competition.ends_on, starts)
    first = event.starts_on or event.competition.starts_on
    if first is None:
        return []
    last = event.ends_on or event.competition.ends_on or first
    rows = session.execute(
        select(User.name, Event)
        .join(Appointment, Appointment.event_id == Event.id)
        .join(User, User.id == Appointment.user_id)
        .join(Competition, Competition.id == Event.competition_id)
        .options(contains_eager(Event.competition))
        .where(
            Appointment.user_id.in_(user_ids),
            Appointment.dismissed_at.is_(None),
            Event.id != event.id,
            Event.state.not_in(OVER),
            starts <= last,
            ends >= first,
        )
        .order_by(User.name, Event.id)
    )
    return [(row[0], row[1]) for row in rows]


def list_known_units(session: Session, user_ids: Collection[int]) -> dict[int, str]:
    """Return the unit that each of some users was last appointed with."""
    rows = session.execute(
        select(Appointment.user_id, Unit.name)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(Appointment.user_id.in_(user_ids))
        .order_by(Appointment.id)
    )
    return {row.user_id: row.name for row in rows}


def find_user(session: Session, user_id: int) -> User | None:
    """Return a user who can sign in or has been invited."""
    user = session.get(User, user_id)
    return user if user is not None and user.disabled_at is None else None
