"""How often the pages of people, unions and units ask the database does not hang on how much they show."""

import pytest

from tests.factories.accounts import build_user
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_contact, build_union, build_unit
from tests.people.people import add, enter, id_number
from tests.statements import statements_of

MOST = 20  # a unit's page asks for its registrars and for units like it, too
one_backend = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # the statements are the same on both


def build(session, size):
    """Return the pages of a union with so many lower unions, units, contacts, people and entries."""
    union = build_union(session, kind="provincial")
    competition = build_competition(session, union=union)
    unit = build_unit(session, union_id=union.id)
    for number in range(size):
        build_unit(session, union_id=build_union(session, kind="county", parent_id=union.id).id)
        build_contact(session, unit_id=unit.id)
        add(session, unit, f"演示{size}")
        add(session, unit, f"演示甲{number}")
    person = add(session, unit, "演示乙", number=id_number(900 + size))
    for _number in range(size):
        enter(session, person, build_event(session, "registration", competition=competition))
        add(session, unit, "演示乙")
    session.commit()
    user = build_user(session, grants=[("organiser", "union", union.id)])
    session.commit()
    paths = ("/organisations/", f"/organisations/unions/{union.id}", f"/organisations/units/{unit.id}")
    return user, (*paths, "/people/", "/people/twins", f"/people/{person.id}")


@one_backend
def test_a_page_asks_as_often_for_few_as_for_many(app, session, browser):
    counts = []
    for size in (2, 7):
        user, paths = build(session, size)
        page = browser(user)
        found = [sum(statements_of(app, page.get, path).values()) for path in paths]
        assert max(found) <= MOST, dict(zip(paths, found, strict=True))
        counts.append(found)
    assert counts[0] == counts[1]
