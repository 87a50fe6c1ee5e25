"""The integrity profiles: which steps an event of each has, and how many people they take. Data. Pure.

Source: DESIGN.md section 5, DOMAIN.md section 7. Nobody is asked for a step that the profile does not have.
"""

from typing import NamedTuple


class Recheck(NamedTuple):
    """What a second person compares after tabulating, in per cent; at least `least` entries from the top.

    More than `errors` per cent of the chosen sheets that differ: every sheet is compared.
    """

    top: int
    least: int
    sample: int
    errors: int


class Profile(NamedTuple):
    """One profile.

    `closing` are the acts that close a sheet, in order: the judge signs, the head of the panel confirms, the
    chief judge locks. `separate`: who draws, judges and keys in marks are different people, and the draw is
    made by hand. `chief_marks`: the chief judge may sit on a panel. `unblinding` are the roles that open each
    layer of the draw together, different people; with none, names need no opening. `apart` are roles beside
    which nobody does that. `appeal_minutes` and `notice_days` are proposed for a new event: two hours, as
    rule books have it, and the calendar days that hold five working days.
    """

    name: str
    closing: tuple[str, ...]
    separate: bool
    chief_marks: bool
    recheck: Recheck | None
    unblinding: tuple[str, ...]
    apart: tuple[str, ...]
    appeal_minutes: int
    notice_days: int


BOTH = ("draw_officer", "supervisor")
SIMPLE = Profile("simple", ("sign",), False, True, None, (), (), 0, 0)
STANDARD = Profile("standard", ("sign", "lock"), True, True, Recheck(30, 3, 0, 5), BOTH, (), 120, 7)
STRICT = Profile(
    "strict", ("sign", "confirm", "lock"), True, False, Recheck(30, 3, 15, 5), BOTH, ("organiser",), 120, 7
)
PROFILES = {profile.name: profile for profile in (SIMPLE, STANDARD, STRICT)}


def get(name: str) -> Profile:
    """Return the profile of this name. Raises KeyError: a programmer's error."""
    return PROFILES[name]


# Kinds of activity whose units report of themselves, period by period: no name can be hidden from whoever
# checks that, so the profile has to be one with open names.
ASSESSED = frozenset({"LABOUR_PROJECT", "LABOUR_INDUSTRY", "SAFETY_CUP"})


def is_assessed(kind: str, profile: str) -> bool:
    """Say whether the units of a competition of this kind of activity and profile report of themselves."""
    return kind in ASSESSED and not get(profile).unblinding
