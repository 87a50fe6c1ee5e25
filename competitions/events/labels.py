"""The words for states, steps, profiles, kinds of entry and roles of bodies."""

from collections.abc import Iterable
from typing import Any, Literal

from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

ALL: Any = _l("All")
COMPETITIONS: Any = _l("Competitions")
STATES: dict[str, Any] = {
    "draft": _l("Draft"),
    "registration": _l("Registration open"),
    "ready": _l("Entries settled"),
    "scoring": _l("In scoring"),
    "tabulated": _l("Tabulated"),
    "announced": _l("Announced"),
    "final": _l("Confirmed"),
    "archived": _l("Archived"),
    "cancelled": _l("Cancelled"),
}
# The states as the stations of a life, passed or still to come.
LIFE: dict[str, Any] = {
    "draft": _l("Draft"),
    "registration": _l("Registration"),
    "ready": _l("Entries settled"),
    "scoring": _l("Scoring"),
    "tabulated": _l("Tabulation"),
    "announced": _l("Publication"),
    "final": _l("Confirmation"),
    "archived": _l("Archive"),
    "cancelled": _l("Cancelled"),
}
# The kind of chip that shows a state.
STATE_CHIPS = {
    "draft": "off", "registration": "info", "ready": "info", "scoring": "info", "tabulated": "warn",
    "announced": "warn", "final": "ok", "archived": "off", "cancelled": "bad",
}  # fmt: skip
STEPS: dict[str, Any] = {
    "open_registration": _l("Open registration"),
    "close_registration": _l("Close registration"),
    "start_scoring": _l("Start scoring"),
    "tabulate": _l("Tabulate"),
    "announce": _l("Announce the result"),
    "finalise": _l("Confirm the result"),
    "archive": _l("Archive"),
    "reopen_draft": _l("Back to draft"),
    "reopen_registration": _l("Open registration again"),
    "reopen_scoring": _l("Open scoring again"),
    "cancel": _l("Cancel the event"),
}
# What each step brings about, said before it is taken.
CONSEQUENCES: dict[str, Any] = {
    "open_registration": _l("Units can enter. Trade and kind of entry can no longer be changed."),
    "close_registration": _l("The list of entries is settled. Nobody can be added or exchanged."),
    "start_scoring": _l("Judges can mark. Entries, judges and the scheme stay as they are now."),
    "tabulate": _l("Totals and ranks are computed from the locked mark sheets and kept as a result version."),
    "announce": _l("The result becomes known, and the time for appeals begins."),
    "finalise": _l("The result is confirmed. Certificates can be issued."),
    "archive": _l(
        "Everything stays readable; nothing can be changed any more, and the result is corrected no more."
    ),
    "reopen_draft": _l("Registration closes, and the event can be planned anew. Entries stay."),
    "reopen_registration": _l("Entries can be added and changed again."),
    "reopen_scoring": _l("Mark sheets can be corrected; the result has to be tabulated anew."),
    "cancel": _l("The event ends here. Everything recorded so far stays readable."),
}
PROFILES: dict[str, Any] = {
    "simple": _l("Simple profile"),
    "standard": _l("Standard profile"),
    "strict": _l("Strict profile"),
}
ENTRY_KINDS: dict[str, Any] = {
    "person": _l("Individuals"),
    "team": _l("Teams"),
    "unit": _l("Units"),
    "work": _l("Works of innovation"),
}
PROFILE_CHOICES: dict[str, Any] = {
    "simple": _l(
        "Simple: one person may hold several roles, a judge's signature locks the sheet, and codes are "
        "drawn by themselves where nobody draws."
    ),
    "standard": _l(
        "Standard: a draw officer draws, the chief judge locks every sheet, a second person compares the "
        "best 30 % of the ranking, and the names are opened by two different people before the announcement."
    ),
    "strict": _l(
        "Strict, for provincial and national contests: besides, the head of each panel confirms its sheets, "
        "the chief judge marks none, 15 % of the other sheets are compared by lot, and no organiser opens "
        "the names."
    ),
}
# The fields of an event, as the form and the list of what is frozen call them.
EVENT_FIELDS: dict[str, Any] = {
    "name": _l("Name of the event"),
    "name_en": _l("English name"),
    "trade": _l("Trade"),
    "role": _l("Post or role"),
    "group_name": _l("Group"),
    "entry_kind": _l("Who enters"),
    "minimum_field": _l("Smallest field"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "venue": _l("Venue"),
    "appeal_minutes": _l("Time for appeals"),
    "notice_days": _l("Public notice"),
    "signing": _l("Judges sign with"),
}
SIGNINGS: dict[str, Any] = {
    "card": _l("PIN where the judge came with a card, otherwise a confirmation"),
    "pin": _l("PIN of the judge card, always"),
    "drawing": _l("Handwriting (or the PIN instead)"),
    "both": _l("PIN and handwriting"),
    "none": _l("Confirmation alone"),
}
BODY_ROLES: dict[str, Any] = {
    "organiser": _l("Organising bodies"),
    "host": _l("Host bodies"),
    "co_organiser": _l("Co-organising bodies"),
}
# Why something does not fit the kind of activity (KIND_FIELD).
KIND_REASONS: dict[str, Any] = {
    "trade_missing": _l("“%(kind)s” is held by trade: name the trade of this event."),
    "trade_given": _l("“%(kind)s” has no trade: leave the trade empty."),
    "role_missing": _l("“%(kind)s” is held for a post or role: name it, for example 班组长."),
    "role_given": _l("A post or role is named in a contest for a role alone: leave it empty in “%(kind)s”."),
    "entry_kind": _l("In “%(kind)s”, those who enter are: %(allowed)s."),
    "event": _l("The event “%(event)s” does not fit this kind: change the event first."),
}


def state_chip(state: str) -> tuple[str, Any]:
    """Return the kind and the word of the chip for a state."""
    return STATE_CHIPS[state], STATES[state]


def kind_reason(reason: str, kind: str, allowed: Iterable[str] = (), event: str = "") -> str:
    """Return why something does not fit a kind of activity."""
    entrants = listing(ENTRY_KINDS[name] for name in allowed)
    return str(KIND_REASONS[reason]) % {"kind": kind, "allowed": entrants, "event": event}


def nearest(names: list[str]) -> str:
    """Return what to try instead of a name that is not known."""
    if not names:
        return str(_l("Look for it in the catalogue; what stands in no classification is added there."))
    return str(_l("Did you mean %(names)s?", names=listing(names, "or")))


def listing(words: Iterable[Any], style: Literal["standard", "or"] = "standard") -> str:
    """Return words as a list in a sentence of the request's language."""
    return str(format_list([str(word) for word in words], style=style, locale=get_locale() or "zh"))
