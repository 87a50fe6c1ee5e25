"""What an appeal needs, and where each act leads. Pure.

    filed ─ accept ─ accepted ─ decide ─ upheld | partly | dismissed
       └ refuse ─ refused          (until it is decided: withdraw ─ withdrawn)

The decision is final: there is no second instance, and no rule book found asks for a fee.
Source: DOMAIN.md sections 7 and 8.4 and 14 (32): in writing, within the time, by the entrant's own unit.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

STATES = ("filed", "accepted", "refused", "withdrawn", "upheld", "partly", "dismissed")
OPEN = frozenset({"filed", "accepted"})
DECISIONS = ("upheld", "partly", "dismissed")
GRANTED = frozenset({"upheld", "partly"})
SOURCES = {
    "accept": frozenset({"filed"}),
    "refuse": frozenset({"filed"}),
    "withdraw": OPEN,
    "attach": OPEN,
    "decide": frozenset({"accepted"}),
}
# What an appeal can be about: marks of a whole stage or of one aspect, a penalty, or beside the marks.
MARKED, PENALTY, STATUS, RANKING = "marks", "penalty", "status", "ranking"
KINDS = (MARKED, PENALTY, STATUS, RANKING)
NAME_MAXIMUM, CONTACT_MAXIMUM, WANTED_MAXIMUM = 80, 120, 500
GROUNDS_LEAST, GROUNDS_MAXIMUM, REASONS_MAXIMUM = 10, 3000, 3000
MOST_FILES, MOST_OPEN = 5, 3


class Said(NamedTuple):
    """Who speaks for the entrant, how to reach them, why, and what they want."""

    name: str
    contact: str
    grounds: str
    wanted: str


def form_faults(said: Said, about: Collection[Sequence[str]], *, reachable: bool) -> list[tuple[str, str]]:
    """Return (field, code) for what an appeal in writing lacks."""
    faults = [] if about else [("about", "APPEAL_ABOUT")]
    if len(said.grounds) < GROUNDS_LEAST:
        faults.append(("grounds", "APPEAL_FORM"))
    if not said.name:
        faults.append(("name", "APPEAL_NAME"))
    if not reachable:
        faults.append(("contact", "APPEAL_CONTACT"))
    return faults


def decision_faults(
    decision: str, reasons: str, about: Sequence[Sequence[str]], opened: int
) -> list[tuple[str, str]]:
    """Return (field, code) for what a decision lacks; `opened` is how much it names to be corrected."""
    faults = [] if decision in DECISIONS else [("decision", "APPEAL_DECISION")]
    if not reasons or len(reasons) > REASONS_MAXIMUM:
        faults.append(("reasons", "APPEAL_REASONS"))
    correctable = any(kind in (MARKED, PENALTY) for kind, _code in about)
    if decision == "dismissed" and opened:
        faults.append(("sheets", "APPEAL_OPENS"))
    if decision in GRANTED and correctable and not opened:
        faults.append(("sheets", "APPEAL_OPENS_NOTHING"))
    return faults
