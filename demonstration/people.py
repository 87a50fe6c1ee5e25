"""What is known of made-up people: ID numbers, whose address code no place has, and skill levels."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries.identity import Contact, sealed_columns
from competitions.entries.models import Person, PersonIdentity
from competitions.entries.rules import check_character
from demonstration import chance

MADE_UP, NOWHERE = "演示", "990000"
FIRST_BIRTHDAY, BIRTHDAYS = date(1968, 1, 1), 36 * 365
WOMEN_OF_TEN, WITHOUT_OF_TEN = 3, 1
LEVELS = ("中级工", "高级工", "高级工", "技师")


def load(session: Session) -> None:
    """Give nine of ten made-up people an ID number and a skill level; of the others nothing is said."""
    known = select(PersonIdentity.person_id)
    people = select(Person).where(Person.name.startswith(MADE_UP), Person.id.not_in(known))
    for number, person in enumerate(session.scalars(people.order_by(Person.id)).all()):
        if chance.below(10, number, "said") >= WITHOUT_OF_TEN:
            contact = Contact(id_number(number))
            session.add(PersonIdentity(person_id=person.id, **sealed_columns(person.ref, contact)))
            person.skill_level = person.skill_level or LEVELS[chance.below(len(LEVELS), number, "level")]
    session.flush()


def id_number(number: int) -> str:
    """Return a sound ID number of nobody; another one for each number."""
    born = FIRST_BIRTHDAY + timedelta(days=chance.below(BIRTHDAYS, number, "born"))
    woman = chance.below(10, number, "sex") < WOMEN_OF_TEN
    digits = f"{NOWHERE}{born:%Y%m%d}{number // 5 % 100:02d}{number % 5 * 2 + (not woman)}"
    return digits + check_character(digits)
