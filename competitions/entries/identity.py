"""ID numbers and phones: sealed under the installation's key, bound to the person, found by a digest."""

from typing import Any, NamedTuple

from competitions.entries import rules
from competitions.entries.models import Person
from core.own_keys import keys as keys
from core.secrets import Unreadable


class Contact(NamedTuple):
    """A person's ID number and phone, whole or masked; empty where there is none."""

    id_number: str = ""
    phone: str = ""


def id_digest(id_number: str) -> str:
    """Return what a person is found by: the same for the same ID number in every event."""
    return keys().digest(f"id_number:{id_number}")


def sealed_columns(ref: str, contact: Contact) -> dict[str, Any]:
    """Return the columns of person_identity for the person with this reference; only those given."""
    columns: dict[str, Any] = {}
    if contact.id_number:
        columns["id_number"] = keys().seal(contact.id_number, f"{ref}:id_number")
        columns["id_digest"] = id_digest(contact.id_number)
    if contact.phone:
        columns["phone"] = keys().seal(contact.phone, f"{ref}:phone")
    return columns


def whole_contact(person: Person) -> Contact:
    """Return a person's ID number and phone.

    Raises: Unreadable where they were sealed with a key that this installation no longer has.
    """
    sealed = person.identity
    if sealed is None:
        return Contact()
    return Contact(
        keys().open(sealed.id_number, f"{person.ref}:id_number") if sealed.id_number else "",
        keys().open(sealed.phone, f"{person.ref}:phone") if sealed.phone else "",
    )


def masked_contact(person: Person) -> Contact:
    """Return a person's ID number and phone as lists show them; a question mark where the key is missing."""
    try:
        whole = whole_contact(person)
    except Unreadable:
        return Contact("?", "?")
    return Contact(rules.mask_id(whole.id_number), rules.mask_phone(whole.phone))
