"""The words for entries: fields, states of review, statuses, and lists of words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from core.i18n import listed as listed

FIELDS: dict[str, Any] = {
    "number": _l("Registration No."),
    "mark": _l("Serial No."),
    "group": _l("Team"),
    "name": _l("Full name"),
    "unit": _l("Unit"),
    "id_number": _l("ID number"),
    "phone": _l("Mobile phone"),
    "skill_level": _l("Skill level"),
    "sex": _l("Sex"),
    "birth": _l("Birth date"),
    "trade": _l("Trade"),
    "role": _l("Role in the team"),
    "own_unit": _l("Author’s own unit"),
    "category": _l("Category of the work"),
    "summary": _l("Summary of the work"),
}
ROLES: dict[str, Any] = {
    "leader": _l("Team leader"),
    "member": _l("Team member"),
    "substitute": _l("Substitute"),
    "coach": _l("Coach"),
}
GROUPS = {"team": _l("Team"), "work": _l("Title of the work")}
MEMBERS = {"person": _l("Entrant"), "team": _l("Members"), "work": _l("Authors")}
REVIEWS: dict[str, tuple[str, Any]] = {
    "draft": ("off", _l("Draft of the unit")),
    "returned": ("bad", _l("Returned to the unit")),
    "submitted": ("warn", _l("To be decided")),
    "approved": ("ok", _l("Approved")),
    "rejected": ("bad", _l("Rejected")),
    "withdrawn": ("off", _l("Withdrawn")),
}
# The statuses of SCHEME.md section 5; most entries are simply valid, and then nothing is said.
STATUSES: dict[str, tuple[str, Any]] = {
    "valid": ("ok", _l("Valid")),
    "absent": ("off", _l("Absent")),
    "dnf": ("off", _l("Did not finish")),
    "ineligible": ("bad", _l("Not eligible")),
    "dsq": ("bad", _l("Disqualified")),
    "exhibition": ("info", _l("Out of competition")),
}


def field_word(name: str, kind: str) -> str:
    """Return the word for a field of a table of this kind of entry."""
    return str(GROUPS[kind] if name == "group" and kind in GROUPS else FIELDS[name])
