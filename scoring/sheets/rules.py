"""Mark sheets, decided: who marks what, when a sheet is complete, which operations it takes. Pure.

Knows blind codes and judges' codes, never a name. Source: SCHEME.md sections 3 and 4, DESIGN.md section 4.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from scoring.rules.model import Scheme, Stage

LEDGER_DOMAIN = "jiangsai-ledger/1"
WITH_ANSWER = "sha256+answer"  # how an operation is hashed; before there was "sha256", without the answer
COMPETING = frozenset({"valid", "exhibition", "ineligible"})


class Seat(NamedTuple):
    """One judge's place: a stage, or one aspect of it (empty: all); the head enters agreed values.

    `stations` as the judges' slice stores them; empty means all. scoring.sheets.seating says who marks whom.
    """

    judge: str
    stage: str
    aspect: str
    head: bool
    stations: str = ""


class MarkKey(NamedTuple):
    """Where on a sheet a mark stands."""

    aspect: str
    attempt: int


def marked_by(scheme: Scheme, seats: Sequence[Seat]) -> dict[tuple[str, str], list[str]]:
    """Return which judges mark each (stage, aspect).

    What a panel hands in as one agreed value is entered by its head alone; where no head is named, by the
    first judge, so that every value has one author.
    """
    return {
        place: _authors(panel, agreed=_is_agreed(scheme, *place))
        for place, panel in _seated(scheme, seats).items()
    }


def panels(scheme: Scheme, seats: Sequence[Seat]) -> dict[tuple[str, str], list[str]]:
    """Return who sits on the panel of each (stage, aspect): the assignments of a recount.

    Wider than `marked_by`: whoever of a panel hands in its agreed value, it is the panel's value.
    """
    return {place: _authors(panel, agreed=False) for place, panel in _seated(scheme, seats).items()}


def _seated(scheme: Scheme, seats: Sequence[Seat]) -> dict[tuple[str, str], list[Seat]]:
    """Return the seats of each aspect; one without an aspect is one on every panel of its stage.

    Source: SCHEME.md section 7, assignments.csv.
    """
    found: dict[tuple[str, str], list[Seat]] = {}
    for stage in scheme.stages:
        here = [seat for seat in seats if seat.stage == stage.code]
        for aspect in stage.aspects:
            found[stage.code, aspect.code] = [s for s in here if s.aspect in ("", aspect.code)]
    return found


def _is_agreed(scheme: Scheme, stage: str, aspect: str) -> bool:
    found = scheme.find_aspect(stage, aspect)
    return found is not None and found.panel.method == "agreed"


def _authors(panel: Sequence[Seat], *, agreed: bool) -> list[str]:
    judges = sorted({seat.judge for seat in panel}, key=judge_order)
    if not agreed or len(judges) < 2:
        return judges
    heads = sorted({seat.judge for seat in panel if seat.head}, key=judge_order)
    return (heads or judges)[:1]


def judge_order(code: str) -> tuple[int, str]:
    """Sort J2 before J10."""
    digits = "".join(character for character in code if character.isascii() and character.isdigit())
    return (int(digits) if digits else 0, code)


class Absence(NamedTuple):
    """A decision that a judge is absent for an entry in a whole stage (empty: in all stages)."""

    entry: str
    judge: str
    stage: str


def is_excused(absences: Collection[Absence], entry: str, judge: str, stage: str) -> bool:
    """Say whether a written decision has taken the need of a sheet away."""
    return Absence(entry, judge, stage) in absences or Absence(entry, judge, "") in absences


def judges_aspects(scheme: Scheme, seats: Sequence[Seat], judge: str, stage: str) -> list[str]:
    """Return the codes of the aspects on one judge's sheet of a stage, in sheet order."""
    places = marked_by(scheme, seats)
    return [aspect for (where, aspect), judges in places.items() if where == stage and judge in judges]


def missing_marks(stage: Stage, aspects: Iterable[str], marks: Mapping[MarkKey, str]) -> list[MarkKey]:
    """Return what a sheet still needs before it can be signed.

    The first attempt must be complete; every further attempt is either empty or complete.
    """
    mine = set(aspects)
    required = [a.code for a in stage.aspects if a.code in mine and a.required]
    begun = {1} | {key.attempt for key in marks if key.aspect in mine}
    wanted = (MarkKey(code, attempt) for attempt in sorted(begun) for code in required)
    return [key for key in wanted if key not in marks]


def outside_sheet(stage: Stage, aspects: Iterable[str], keys: Iterable[MarkKey]) -> list[MarkKey]:
    """Return the marks that a sheet has no place for: another aspect, or an attempt that does not exist."""
    mine = set(aspects)
    return [key for key in keys if key.aspect not in mine or not 1 <= key.attempt <= stage.attempts]
