"""What can be done to a mark sheet, and where it leads: states × acts × profile, the one table. Pure.

    draft ─ sign ─ signed ─ confirm ─ confirmed ─ lock ─ locked ─ correct ─ corrected

A profile has some of the three closing acts; the last one that it has locks. Until then a sheet can be given
back; what is locked is changed by a correction alone, but where signing locks it can be given back instead,
for nobody else has relied on it. Source: DESIGN.md section 4, DOMAIN.md section 8.2.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

PASSED = "passed"  # on to another judge, who has a sheet of the own
EDITABLE = frozenset({"draft", "returned"})
UNSIGNED = EDITABLE | {PASSED}
CLOSED = frozenset({"locked", "corrected"})
PUBLISHED = frozenset({"announced", "final"})  # states of an event in which marks change by release alone
STATES = ("draft", "returned", "signed", "confirmed", "locked", "corrected", PASSED)
# What each closing act makes of a sheet; the last one of a profile locks, whichever it is.
GIVES = {"sign": "signed", "confirm": "confirmed", "lock": "locked"}


class Act(NamedTuple):
    """From which states of a sheet an act is possible, where it leads (None: nowhere else)."""

    sources: frozenset[str]
    target: str | None


# The states of the event in which each act is possible at all.
EVENT_STATES: Mapping[str, frozenset[str]] = {
    "save": frozenset({"scoring"}),
    "sign": frozenset({"scoring"}),
    "confirm": frozenset({"scoring"}),
    "lock": frozenset({"scoring"}),
    "return": frozenset({"scoring"}),
    "pass_on": frozenset({"scoring"}),
    "correct": frozenset({"scoring", "tabulated"}) | PUBLISHED,  # with names open by release alone
}


def acts(closing: Sequence[str]) -> dict[str, Act]:
    """Return the acts of a profile; `closing` are its closing acts in order (events.profiles)."""
    reached = [*(GIVES[name] for name in closing[:-1]), "locked"]
    found = {"sign": Act(EDITABLE, reached[0])}
    for name, (before, after) in zip(closing[1:], pairwise(reached), strict=True):
        found[name] = Act(frozenset({before}), after)
    return {
        "save": Act(EDITABLE, None),
        **found,
        "return": Act(frozenset(reached[:-1]) or frozenset({"locked"}), "returned"),
        "correct": Act(CLOSED, "corrected"),
        "pass_on": Act(EDITABLE, PASSED),
    }


def after(act: str, state: str, closing: Sequence[str], event_state: str) -> str | None:
    """Return where an act leads from a state, or None where it is not possible."""
    found = acts(closing).get(act)
    if found is None or state not in found.sources or event_state not in EVENT_STATES[act]:
        return None
    return found.target or state


def closing_act(state: str, closing: Sequence[str]) -> str | None:
    """Return the act that a signed sheet waits for, or None for an unsigned or a closed one."""
    known = acts(closing)
    return next((act for act in closing[1:] if state in known[act].sources), None)
