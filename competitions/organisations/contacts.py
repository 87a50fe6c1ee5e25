"""Whom one reaches at a union or a unit: kept sealed, shown masked, opened by an act of its own."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.organisations import rules
from competitions.organisations.models import OrganisationContact
from core import clock
from core.audit import services as audit
from core.own_keys import keys
from core.refusals import Refusal, Refused
from core.secrets import Unreadable


class ContactValues(NamedTuple):
    """What somebody says about a contact; an empty phone or e-mail of a known one stays as it is."""

    name: str
    duty: str = ""
    phone: str = ""
    email: str = ""


class At(NamedTuple):
    """Where a contact is reached: at a union or at a unit."""

    union_id: int | None = None
    unit_id: int | None = None


class Reached(NamedTuple):
    """A contact as a page shows it; `opened` says that its phone and e-mail are whole."""

    id: int
    name: str
    duty: str
    phone: str
    email: str
    opened: bool


def add_contact(
    session: Session, at: At, values: ContactValues, *, actor_id: int | None, now: datetime
) -> OrganisationContact:
    """Add a contact to a union or a unit.

    Raises: Refused CONTACT_PHONE, CONTACT_EMAIL, CONTACT_UNREACHED.
    """
    values = _checked(values)
    if not values.phone and not values.email:
        raise Refused(Refusal("CONTACT_UNREACHED", "phone"))
    contact = OrganisationContact(ref=clock.new_ref(), union_id=at.union_id, unit_id=at.unit_id)
    _say(contact, values)
    session.add(contact)
    session.flush()
    _record(session, "contact:add", contact, actor_id, now)
    return contact


def change_contact(
    session: Session, contact: OrganisationContact, values: ContactValues, *, actor_id: int, now: datetime
) -> None:
    """Change a contact; a phone or an e-mail that is not given stays.

    Raises: Refused CONTACT_PHONE, CONTACT_EMAIL.
    """
    _say(contact, _checked(values))
    session.flush()
    _record(session, "contact:change", contact, actor_id, now)


def remove_contact(
    session: Session, contact: OrganisationContact, *, actor_id: int, now: datetime
) -> None:
    """Delete a contact: nobody needs the number of somebody who does not do this any more."""
    _record(session, "contact:remove", contact, actor_id, now)
    session.delete(contact)
    session.flush()


def open_contact(
    session: Session, contact: OrganisationContact, *, actor_id: int, now: datetime
) -> Reached:
    """Return a contact whole; who opened it is recorded."""
    _record(session, "contact:open", contact, actor_id, now)
    return Reached(
        contact.id, contact.name, contact.duty, _opened(contact, "phone"), _opened(contact, "email"), True
    )


def masked(contact: OrganisationContact) -> Reached:
    """Return a contact as lists show it; a question mark where the key of this installation is missing."""
    try:
        phone, email = _opened(contact, "phone"), _opened(contact, "email")
    except Unreadable:
        phone = email = "?"
    hidden = rules.mask_phone(phone), rules.mask_email(email)
    return Reached(contact.id, contact.name, contact.duty, *hidden, opened=False)


def _checked(values: ContactValues) -> ContactValues:
    phone, found = rules.tidy_number(values.phone), []
    if phone and not rules.is_phone(phone):
        found.append(Refusal("CONTACT_PHONE", "phone"))
    if values.email and not rules.is_email(values.email):
        found.append(Refusal("CONTACT_EMAIL", "email"))
    if found:
        raise Refused(*found)
    return values._replace(phone=phone)


def _say(contact: OrganisationContact, values: ContactValues) -> None:
    contact.name, contact.duty = values.name, values.duty
    for name in ("phone", "email"):
        text = getattr(values, name)
        if text:
            setattr(contact, name, keys().seal(text, f"{contact.ref}:{name}"))


def _opened(contact: OrganisationContact, name: str) -> str:
    sealed = getattr(contact, name)
    return keys().open(sealed, f"{contact.ref}:{name}") if sealed else ""


def _record(
    session: Session, action: str, contact: OrganisationContact, actor_id: int | None, now: datetime
) -> None:
    """Record an act; the trail names a contact by its number, for it is never erased and people may be."""
    place = f"unit:{contact.unit_id}" if contact.unit_id is not None else f"union:{contact.union_id}"
    detail = {"contact": contact.id}
    audit.record(session, action, actor_id=actor_id, subject=place, now=now, detail=detail)
