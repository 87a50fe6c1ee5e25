"""The kinds of honours, and the shares that a list of recommendations is held against. Pure.

Source of the shares of May Day honours: the award notices of the All-China Federation of Trade Unions as
they were reported with the results of 2022 and 2024. Leaders have a quota that is a number set each year, and
no published share: theirs is told and not judged. The sex of people is not kept in this system.
"""

import hashlib
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

LEVELS = ("national", "provincial", "municipal", "industrial", "enterprise")
PERSON, TEAM, UNIT = "person", "team", "unit"
RECOMMENDED, GRANTED, DECLINED, REVOKED = "recommended", "granted", "declined", "revoked"
STATES = (RECOMMENDED, GRANTED, DECLINED, REVOKED)
LIVE = frozenset({RECOMMENDED, GRANTED})
ALLOWED = {RECOMMENDED: (GRANTED, DECLINED), GRANTED: (REVOKED,)}
EVER, EACH_CONTEST = "ever", "contest"
GROUPS = ("industrial", "frontline", "science", "leader", "other")
TEAM_GROUPS = ("shift", "larger")
NON_PUBLIC = frozenset({"private", "hmt", "foreign"})


@dataclass(frozen=True)
class Check:
    """One share of a list: `what` it counts, at least how many of a hundred (None: told, not judged)."""

    name: str
    what: str
    least: int | None
    source: str = "notice"


@dataclass(frozen=True)
class Kind:
    """One kind of honour: whom it is for, how often it is given at one level, which shares are checked."""

    name: str
    whom: str
    once: str = EVER
    checks: tuple[Check, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Return the groups that the recommended are told apart by, for the checks."""
        found = {PERSON: GROUPS, TEAM: TEAM_GROUPS}.get(self.whom, ())
        return found if any(check.what in found for check in self.checks) else ()


_NON_PUBLIC = Check("non_public", "non_public", 35)
KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "medal", PERSON,
            checks=(
                Check("industrial", "industrial", 35), Check("frontline", "frontline", 20),
                Check("science", "science", 20), Check("migrant", "migrant", 10), _NON_PUBLIC,
                Check("leader", "leader", None, "quota"),
            ),
        ),
        Kind("certificate", UNIT, checks=(_NON_PUBLIC,)),
        Kind("pioneer", TEAM, checks=(Check("shift", "shift", 70), _NON_PUBLIC)),
        Kind("expert", PERSON),
        Kind("champion", PERSON, EACH_CONTEST),
        Kind("craftsman", PERSON),
        Kind("ankang_unit", UNIT, EACH_CONTEST),
        Kind("ankang_model", UNIT, EACH_CONTEST),
        Kind("ankang_team", TEAM, EACH_CONTEST),
        Kind("ankang_body", UNIT, EACH_CONTEST),
        Kind("ankang_person", PERSON, EACH_CONTEST),
    )
}  # fmt: skip


class Fact(NamedTuple):
    """What the checks ask of one recommended: the group ("" unsaid), migrant worker, the unit's ownership."""

    group: str
    migrant: bool | None
    ownership: str


class Outcome(NamedTuple):
    """One check of a list: counted, of how many, how many are not known, and `lacking` until it is met.

    `state` is met, missed, open (what is not known decides) or told (no share is asked).
    """

    check: Check
    counted: int
    unknown: int
    total: int
    lacking: int
    state: str

    @property
    def share(self) -> Fraction:
        """Return the share that is known of."""
        return Fraction(self.counted, self.total)


def checked(kind: Kind, facts: Sequence[Fact]) -> list[Outcome]:
    """Return how a list of recommendations stands to the shares of its kind; nothing for an empty list."""
    return [_outcome(check, facts) for check in kind.checks] if facts else []


def _outcome(check: Check, facts: Sequence[Fact]) -> Outcome:
    answers = [_answer(check.what, fact) for fact in facts]
    total, counted, unknown = len(answers), answers.count(True), answers.count(None)
    if check.least is None:
        return Outcome(check, counted, unknown, total, 0, "told")
    needed = math.ceil(Fraction(check.least * total, 100))
    state = "met" if counted >= needed else "missed" if counted + unknown < needed else "open"
    return Outcome(check, counted, unknown, total, max(0, needed - counted), state)


def _answer(what: str, fact: Fact) -> bool | None:
    if what == "migrant":
        return fact.migrant
    if what == "non_public":
        return fact.ownership in NON_PUBLIC if fact.ownership else None
    return fact.group == what if fact.group else None


def plain(text: str) -> str:
    """Return what counts of a name: one width, one case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def once_key(kind: Kind, level: str, who: str, contest: str) -> str:
    """Return the digest of what may stand once among the honours that count; `who` is the recipient."""
    whole = f"{kind.name}:{level}:{who}" + (f":{contest}" if kind.once == EACH_CONTEST else "")
    return hashlib.sha256(whole.encode()).hexdigest()


def by_name(unit: str, recipient: str) -> str:
    """Return how somebody is told apart who is not known as a person: by name and unit."""
    return f"n:{plain(unit)}:{plain(recipient)}"


def by_ref(ref: str) -> str:
    """Return how a known person is told apart."""
    return f"p:{ref}"
