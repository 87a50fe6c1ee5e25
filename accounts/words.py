"""The names of roles, scopes and account states, and the sentences of refusals, in both languages."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

ROLE_NAMES = {
    "admin": _l("Administrator"),
    "organiser": _l("Organiser"),
    "registrar": _l("Registrar"),
    "draw_officer": _l("Draw officer"),
    "chief_judge": _l("Chief judge"),
    "judge": _l("Judge"),
    "tabulator": _l("Tabulator"),
    "supervisor": _l("Supervisor"),
    "arbitrator": _l("Arbitrator"),
    "analyst": _l("Analyst"),
    "participant": _l("Participant"),
}
ROLE_DUTIES = {
    "admin": _l("accounts and settings; sees neither marks nor codes"),
    "organiser": _l("sets up competitions, leads them through their steps, publishes results"),
    "registrar": _l("enters the people and teams of a unit"),
    "draw_officer": _l("draws the codes and keeps the list of codes and names"),
    "chief_judge": _l("leads the judges of an event, sends mark sheets back"),
    "judge": _l("marks the entries that were assigned"),
    "tabulator": _l("keys in paper mark sheets and adds up"),
    "supervisor": _l("looks on and sees the record of everything that was done"),
    "arbitrator": _l("decides appeals"),
    "analyst": _l("reads the statistics of a union"),
    "participant": _l("hands in the own work or paper"),
}
SCOPE_NAMES = {
    "site": _l("Whole site"),
    "union": _l("Union with all below it"),
    "unit": _l("Unit"),
    "competition": _l("Competition"),
    "event": _l("Event"),
}
STATE_NAMES = {"active": _l("Active"), "invited": _l("Invited"), "disabled": _l("Disabled")}
STATE_CHIPS = {"active": "ok", "invited": "info", "disabled": "off"}


def scope_words(kind: str, number: int, names: dict[tuple[str, int], str]) -> str:
    """Return how a page names a scope: its own name, or its kind and number."""
    if kind == "site":
        return str(SCOPE_NAMES["site"])
    name = names.get((kind, number))
    return name or _("%(kind)s no. %(number)s", kind=SCOPE_NAMES[kind], number=number)


def role_list(roles: Iterable[str]) -> str:
    """Return the names of roles in the order of the policy table, as one enumeration."""
    chosen = set(roles)
    return _(", ").join(str(name) for role, name in ROLE_NAMES.items() if role in chosen)
