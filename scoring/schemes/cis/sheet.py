"""A marking scheme as its sheet states it, and what is wrong with it row by row. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

LEVELS = range(4)


class Fault(NamedTuple):
    """Something about one row of the sheet; `variant` names its sentence."""

    level: Literal["error", "warning"]
    code: str
    variant: str
    row: int
    params: Mapping[str, str] = {}


@dataclass
class Aspect:
    """One aspect; `mark` is its maximum in millionths once it was read."""

    row: int
    type: str
    title: str
    mark: int | None = None
    section: str = ""
    said: list[str] = field(default_factory=list)
    levels: dict[int, str] = field(default_factory=dict)


@dataclass
class SubCriterion:
    """A group of aspects that is marked on one day."""

    row: int
    code: str
    name: str
    day: str = ""
    aspects: list[Aspect] = field(default_factory=list)


@dataclass
class Criterion:
    """A letter with its sub-criteria; `declared` holds each mark that a row states for it."""

    row: int
    letter: str
    name: str = ""
    declared: dict[int, int] = field(default_factory=dict)
    subs: list[SubCriterion] = field(default_factory=list)

    @property
    def aspects(self) -> list[Aspect]:
        """Return the aspects of all sub-criteria."""
        return [aspect for sub in self.subs for aspect in sub.aspects]

    @property
    def mark(self) -> int:
        """Return what the aspects add up to."""
        return sum(aspect.mark or 0 for aspect in self.aspects)


@dataclass
class Section:
    """A section of the occupational standards and the marks that it is to get."""

    row: int
    code: str
    name: str
    declared: int


@dataclass
class MarkingScheme:
    """Everything one sheet states."""

    title: str = ""
    criteria: dict[str, Criterion] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    total: tuple[int, int] | None = None  # row, declared millionths
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, variant: str, row: int, **params: str) -> None:
        """Note something for which the sheet is refused."""
        self.faults.append(Fault("error", "SCHEME_INVALID", variant, row, params))

    def warn(self, code: str, variant: str, row: int, **params: str) -> None:
        """Note something that people should look at."""
        self.faults.append(Fault("warning", code, variant, row, params))

    @property
    def refused(self) -> bool:
        """Say whether the sheet cannot become a scheme."""
        return any(fault.level == "error" for fault in self.faults)
