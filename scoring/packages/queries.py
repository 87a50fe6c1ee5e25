"""Read what an import needs to know of what is there already."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import User
from competitions.entries.models import Person, PersonIdentity
from competitions.events.models import Competition, Event
from competitions.organisations.models import Union, Unit
from core.audit.models import AuditRecord
from scoring.sheets.models import Sheet

IMPORTED = "package:import"


def find_imported(session: Session, sha256: str) -> Event | None:
    """Return the event that a package with this content was loaded as, the newest if there are several."""
    rows = session.execute(
        select(AuditRecord.subject, AuditRecord.detail)
        .where(AuditRecord.action == IMPORTED)
        .order_by(AuditRecord.id.desc())
    )
    for subject, detail in rows:
        if detail["sha256"] == sha256:
            return session.get(Event, int(subject.partition(":")[2]))
    return None


def find_competition(session: Session, name: str, year: int | None) -> Competition | None:
    """Return the newest competition of this name, in this year if one is given."""
    statement = select(Competition).where(Competition.name == name)
    if year is not None:
        statement = statement.where(Competition.year == year)
    return session.scalar(statement.order_by(Competition.id.desc()).limit(1))


def find_union(session: Session, name: str) -> Union | None:
    """Return the union of this name; without a name the first one there is."""
    statement = select(Union).where(Union.name == name) if name else select(Union)
    return session.scalar(statement.order_by(Union.id).limit(1))


def list_event_names(session: Session, competition: Competition) -> set[str]:
    """Return the names that the events of a competition have."""
    return set(session.scalars(select(Event.name).where(Event.competition_id == competition.id)))


def list_units(session: Session, names: set[str]) -> dict[str, Unit]:
    """Return the units of these names."""
    return {unit.name: unit for unit in session.scalars(select(Unit).where(Unit.name.in_(names)))}


def list_unnumbered_people(session: Session, units: set[int]) -> dict[tuple[str, int], Person]:
    """Return the people of these units who have no ID number, by name and unit."""
    people = session.scalars(
        select(Person)
        .outerjoin(Person.identity)
        .where(Person.unit_id.in_(units), PersonIdentity.id_digest.is_(None))
    )
    return {(person.name, person.unit_id): person for person in people}


def find_user(session: Session, login: str) -> User | None:
    """Return the user with this sign-in name."""
    return session.scalar(select(User).where(User.login == login))


def list_sheets(session: Session, event_id: int) -> dict[tuple[int, int, str], Sheet]:
    """Return the sheets of an event by (appointment, entry, stage)."""
    rows = session.scalars(select(Sheet).where(Sheet.event_id == event_id))
    return {(row.appointment_id, row.entry_id, row.stage): row for row in rows}
