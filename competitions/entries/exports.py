"""The list of entries as a workbook has it: a row for each person, under headings that the import knows."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.entries import identity, roles
from competitions.entries.labels import REVIEWS, ROLES, field_word

PERSONAL = ("name", "role", "own_unit", "id_number", "phone", "trade", "skill_level")
# The columns in their order; the review and its reason follow.
COLUMNS: dict[str, tuple[str, ...]] = {
    "person": ("number", "name", "unit", "id_number", "phone", "trade", "skill_level"),
    "unit": ("number", "unit"),
    "team": ("number", "group", "unit", "role", "name", "id_number", "phone", "trade", "skill_level"),
    "work": (
        "number", "group", "category", "unit", "name", "own_unit", "id_number", "phone", "trade",
        "skill_level", "summary",
    ),
}  # fmt: skip


def headings(kind: str) -> list[str]:
    """Return the headings of the list of one kind of entry."""
    return [*(field_word(name, kind) for name in COLUMNS[kind]), _("Review"), _("Reason")]


def rows(entries: Sequence[Any], kind: str) -> list[list[str | int]]:
    """Return the rows; ID numbers and phones masked."""
    return [
        [*(said[name] for name in COLUMNS[kind]), str(REVIEWS[entry.review][1]), entry.status_reason]
        for entry in entries
        for said in _said(entry)
    ]


def _said(entry: Any) -> list[dict[str, Any]]:
    whole = {
        "number": entry.number, "group": entry.name, "unit": entry.unit.name, "category": entry.category,
        "summary": entry.summary,
    }  # fmt: skip
    nobody = dict.fromkeys(PERSONAL, "")
    people = [whole | _person(member, entry.kind) for member in entry.members]
    return people or [whole | nobody]


def _person(member: Any, kind: str) -> dict[str, str]:
    masked = identity.masked_contact(member.person)
    role = roles.shown(member.role, leads=member.position == 1)
    return {
        "name": member.person.name, "role": str(ROLES[role]) if kind == "team" else "",
        "own_unit": member.unit_name, "id_number": masked.id_number, "phone": masked.phone,
        "trade": name_of(member.trade) if member.trade is not None else "",
        "skill_level": member.person.skill_level,
    }  # fmt: skip
