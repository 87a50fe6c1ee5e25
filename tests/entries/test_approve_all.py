"""Approving everything at once asks the database as often for many entries as for few."""

import pytest

from competitions.entries import deciding
from tests.factories.accounts import MOMENT
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.organisations import build_unit
from tests.statements import statements_of


def asked(app, session, entries):
    event, unit = build_event(session, "registration"), build_unit(session)
    for number in range(entries):
        build_entry(session, event, f"演示选手{number}", unit=unit, review="submitted")
    session.commit()
    found = statements_of(app, approve, session, event)
    session.commit()
    return sum(found.values())


def approve(session, event):
    decided = deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=None, now=MOMENT)
    assert decided.approved


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # the statements are the same on both
def test_many_entries_are_approved_with_as_few_statements_as_one(app, session):
    assert asked(app, session, 30) == asked(app, session, 2) < 25
