"""Builders of unions, units and their contacts."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from competitions.organisations.models import OrganisationContact, Union, Unit
from competitions.organisations.twins.models import UnitMerge

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


def build_unit_merge(session: Session, kept: Unit) -> UnitMerge:
    """Return a merge of a new unit of the same union into this one, with nothing that moved."""
    gone = build_unit(session, union_id=kept.union_id)
    said = {"name": "", "credit_code": None, "region_id": None, "industry_id": None, "ownership": ""}
    said |= {"union_id": kept.union_id, "retired_at": None, "retired_reason": ""}
    merge = UnitMerge(
        kept_id=kept.id, gone_id=gone.id, moved={"role_grant": []}, before={"kept": said, "gone": said},
        reason="同一执照", at=datetime(2026, 3, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    session.add(merge)
    session.flush()
    return merge


def build_contact(session: Session, **place: Any) -> OrganisationContact:
    """Return a new contact of a union or a unit, without phone and e-mail."""
    contact = OrganisationContact(ref=f"{next(_number):032x}", name="演示联系人", **place)
    session.add(contact)
    session.flush()
    return contact
