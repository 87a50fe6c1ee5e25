"""Builders of unions, units and their contacts."""

from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from competitions.organisations.models import OrganisationContact, Union, Unit

_number = count(1)


def build_union(session: Session, **overrides: Any) -> Union:
    """Return a new union without a parent; its name is its own."""
    union = Union(**({"name": f"演示机械冶金工会{next(_number)}", "kind": "industrial"} | overrides))
    session.add(union)
    session.flush()
    return union


def build_unit(session: Session, **overrides: Any) -> Unit:
    """Return a new unit; its name is its own."""
    unit = Unit(**({"name": f"演示重型机械厂{next(_number)}"} | overrides))
    session.add(unit)
    session.flush()
    return unit


def build_contact(session: Session, **place: Any) -> OrganisationContact:
    """Return a new contact of a union or a unit, without phone and e-mail."""
    contact = OrganisationContact(ref=f"{next(_number):032x}", name="演示联系人", **place)
    session.add(contact)
    session.flush()
    return contact
