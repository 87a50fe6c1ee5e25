"""The words for entries: fields, states of review, statuses, and lists of words."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.i18n import current_locale
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
    "trade": _l("Own trade"),
    "event": _l("Event"),
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
ENTRANTS = {"person": _l("Entrant"), "team": _l("Team"), "work": _l("Work"), "unit": _l("Entered unit")}
ONE_MEMBER = {"person": _l("Entrant"), "team": _l("Team member"), "work": _l("Author")}
REVIEWS: dict[str, tuple[str, Any]] = {
    "draft": ("off", _l("Draft of the unit")),
    "returned": ("bad", _l("Returned to the unit")),
    "submitted": ("warn", _l("To be decided")),
    "approved": ("ok", _l("Approved")),
    "rejected": ("bad", _l("Rejected")),
    "withdrawn": ("off", _l("Withdrawn")),
}
HAPPENED: dict[str, Any] = {
    "submitted": _l("Handed in"),
    "passed": _l("Approved, to the next level"),
    "approved": _l("Approved"),
    "returned": _l("Returned"),
    "rejected": _l("Rejected"),
    "withdrawn": _l("Withdrawn"),
}
EXCEPTIONS: dict[str, Any] = {
    "AGE_OUT_OF_RANGE": _l("Age"),
    "OWN_TRADE": _l("Own trade"),
    "OWN_TRADE_UNKNOWN": _l("Own trade"),
    "SKILL_LEVEL": _l("Skill level"),
    "SKILL_LEVEL_UNKNOWN": _l("Skill level"),
    "PREVIOUS_WINNER": _l("Winner of earlier years"),
    "UNIT_QUOTA": _l("Places of the unit"),
    "TEAM_SIZE": _l("Size of the team"),
    "TEAM_SUBSTITUTES": _l("Substitutes"),
    "TEAM_NO_SUBSTITUTES": _l("Substitutes"),
    "DUPLICATE_ENTRY": _l("Second event of the competition"),
}
ATTENDANCE: dict[str, tuple[str, Any]] = {
    "": ("off", _l("Not checked in yet")),
    "present": ("ok", _l("Present")),
    "absent": ("bad", _l("Stays away")),
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


def clauses(sentences: Iterable[str]) -> str:
    """Return several short sentences as one line in the language of the request."""
    return ("；" if current_locale() == "zh" else "; ").join(sentences)


def people_in_words(entry: Any) -> str:
    """Return who is in an entry as one line: of a team its members and leader, then substitutes, coaches."""
    if entry.kind != "team":
        return listed(member.person.name for member in entry.members)
    parts = [with_role(m.person.name, "leader" if m.position == 1 else "") for m in _of(entry, "member")]
    said = [listed(parts)]
    for role in ("substitute", "coach"):
        names = [member.person.name for member in _of(entry, role)]
        if names:
            said.append(_("%(role)s: %(names)s", role=ROLES[role], names=listed(names)))
    return _("; ").join(part for part in said if part)


def _of(entry: Any, role: str) -> list[Any]:
    return [member for member in entry.members if member.role == role]


def with_role(name: str, role: str) -> str:
    """Return a name with the role in a team, where it is not simply that of a member."""
    return _("%(name)s (%(role)s)", name=name, role=ROLES[role]) if role not in ("", "member") else name


def field_word(name: str, kind: str) -> str:
    """Return the word for a field of a table of this kind of entry."""
    return str(GROUPS[kind] if name == "group" and kind in GROUPS else FIELDS[name])
