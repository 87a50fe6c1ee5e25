"""What a dispute needs and what its decision means. Pure.

    open ─ decide ─ dismissed: the work competes again
       │          ─ upheld: it is out of this contest
       │          ─ set_aside: not settled in time, it does not compete this time
       └ withdraw ─ withdrawn: the work competes again

Source: docs/innovation.md; rule books hold a work of disputed ownership back until the dispute is settled.
"""

from typing import NamedTuple

KINDS = ("ownership", "eligibility")
DECISIONS = ("dismissed", "upheld", "set_aside")
WITHDRAWN = "withdrawn"
OUT = frozenset({"upheld", "set_aside"})  # after these the work stays without a rank
# From the registration until the result is announced; then there are appeals and objections to the notice.
STATES = frozenset({"registration", "ready", "scoring", "tabulated"})
NAME_MAXIMUM, CONTACT_MAXIMUM, GROUNDS_LEAST, GROUNDS_MAXIMUM, REASONS_MAXIMUM = 80, 120, 10, 3000, 2000
MOST_FILES = 5


class Said(NamedTuple):
    """Who disputes, how to reach them, and why."""

    name: str
    contact: str
    grounds: str


def raise_faults(said: Said, kind: str) -> list[tuple[str, str]]:
    """Return (field, code) for what a dispute lacks."""
    asked = {
        ("kind", "DISPUTE_KIND"): kind in KINDS,
        ("grounds", "DISPUTE_GROUNDS"): len(said.grounds) >= GROUNDS_LEAST,
        ("name", "DISPUTE_NAME"): bool(said.name),
        ("contact", "DISPUTE_CONTACT"): bool(said.contact),
    }
    return [place for place, fits in asked.items() if not fits]


def decision_faults(decision: str, reasons: str) -> list[tuple[str, str]]:
    """Return (field, code) for what a decision lacks."""
    asked = {
        ("decision", "DISPUTE_DECISION"): decision in DECISIONS,
        ("reasons", "DISPUTE_REASONS"): 0 < len(reasons) <= REASONS_MAXIMUM,
    }
    return [place for place, fits in asked.items() if not fits]
