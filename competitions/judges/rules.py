"""Judges, decided: their codes, their panels, who may not judge. Pure.

Source: DOMAIN.md section 11 (hard separations) and section 14, numbers 5 and 8.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

ROLES = ("judge", "chief_judge")
APPOINTED_IN = frozenset({"draft", "registration", "ready"})
DISMISSED_IN = APPOINTED_IN | {"scoring"}
# Nobody who knows codes and names, or keys in marks, judges in the same event.
SEPARATE_ROLES = frozenset({"draw_officer", "tabulator"})
PROFILE_WITHOUT_SEPARATION = "simple"
CODE = re.compile(r"J([0-9]{1,9})")


class Seat(NamedTuple):
    """One judge's place: a stage, or one aspect of it (empty: all of them)."""

    stage: str
    aspect: str = ""


class Panel(NamedTuple):
    """A stage, how many judges it needs, and which it has."""

    stage: str
    needed: int
    judges: tuple[int, ...]

    @property
    def short(self) -> bool:
        """Say whether judges are missing."""
        return len(self.judges) < self.needed


def next_code(codes: Iterable[str]) -> str:
    """Return the code of the next judge: J1, J2, …; the code of a dismissed judge is not given again."""
    numbers = [int(found[1]) for code in codes if (found := CODE.fullmatch(code))]
    return f"J{max(numbers, default=0) + 1}"


def effective_seats(
    seats: Collection[Seat], known: Mapping[str, Collection[str]], *, chief: bool
) -> set[Seat]:
    """Return where a judge marks: seats that still exist; without any, every stage.

    A chief judge need not mark, and marks only where somebody has said so.
    Shape: `known` holds the codes of the aspects by stage.
    """
    here = {seat for seat in seats if seat.stage in known and seat.aspect in ("", *known[seat.stage])}
    return here if here or chief else {Seat(stage) for stage in known}


def panels(needed: Mapping[str, int], effective: Mapping[int, Collection[Seat]]) -> list[Panel]:
    """Return the panel of each stage; a judge of one aspect belongs to the panel of its stage.

    Shape: `needed` by stage in order; `effective` seats by judge.
    """
    return [
        Panel(stage, count, tuple(j for j, held in effective.items() if any(s.stage == stage for s in held)))
        for stage, count in needed.items()
    ]


def conflicting_roles(profile: str, roles: Collection[str]) -> list[str]:
    """Return the roles beside which nobody judges in an event of this profile."""
    return [] if profile == PROFILE_WITHOUT_SEPARATION else sorted(SEPARATE_ROLES & set(roles))
