"""How one sheet stands and what a judge is asked before signing. Pure; knows blind codes alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.rules.model import Aspect, Stage
from scoring.sheets.rules import CLOSED, COMPETING, MarkKey


@dataclass(frozen=True)
class Field:
    """One place for a value on a sheet."""

    aspect: Aspect
    number: int
    attempt: int
    value: str

    @property
    def key(self) -> MarkKey:
        """Return where the value stands."""
        return MarkKey(self.aspect.code, self.attempt)


def fields(stage: Stage, mine: Sequence[str], marks: Mapping[MarkKey, str]) -> list[Field]:
    """Return the places of a sheet in order: attempt by attempt, aspect by aspect."""
    aspects = [aspect for aspect in stage.aspects if aspect.code in set(mine)]
    return [
        Field(aspect, number, attempt, marks.get(MarkKey(aspect.code, attempt), ""))
        for attempt in range(1, stage.attempts + 1)
        for number, aspect in enumerate(aspects, start=1)
    ]


def progress_state(state: str, entry_status: str, marked: int) -> str:
    """Return how a sheet is shown: absent, signed, returned, progress or waiting."""
    if entry_status not in COMPETING:
        return "absent"
    if state in CLOSED:
        return "signed"
    if state == "returned":
        return "returned"
    return "progress" if marked else "waiting"


def questions(sheet: Iterable[Field]) -> list[str]:
    """Return what a careful colleague would ask before signing; nothing here forbids anything.

    "same_level": every judgement has the same level; "all_zero" and "all_full": so have all points.
    """
    marked = [field for field in sheet if field.value]
    found = []
    levels = [field.value for field in marked if field.aspect.kind == "judgement"]
    if len(levels) > 2 and len(set(levels)) == 1:
        found.append("same_level")
    points = [field for field in marked if field.aspect.kind == "score" and field.aspect.maximum]
    if len(points) > 1 and all(set(field.value) <= set("0.") for field in points):
        found.append("all_zero")
    return found
