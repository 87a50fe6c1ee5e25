"""A computed report as one value: the page, the workbook, the PDF, CSV and JSON all say the same.

Every word in it is already in the language of the reader.
"""

from dataclasses import dataclass
from datetime import datetime

TINY = "<3"  # what stands for a figure about one or two people, who could be recognised
WITHHELD = "*"  # what stands for a figure from which such a one could be worked out
Value = int | str | None  # a figure, TINY, WITHHELD, or nothing where the figure does not exist for a row

# What a figure counts; figures of different kinds are never added and never mixed.
KINDS = ("number", "sittings", "participations", "people", "coverage")


@dataclass(frozen=True, slots=True)
class Measure:
    """One column: an indicator of the dictionary, and how far its figures can be trusted.

    `kind` is one of KINDS (场次 is sittings, 人次 participations, 人数 people, 覆盖 coverage). Rows may be
    added only where it is `additive`. `qualifier` is one of = ≈ > ≥.
    """

    code: str  # of the dictionary: "C05"
    name: str
    unit: str
    kind: str
    additive: bool
    definition: str
    source: str = "computed"  # or "declared"
    qualifier: str = "="
    complete: bool = True  # False: 不完全统计


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One value of the dimension with its figures, in the order of the report's columns.

    `key` is the value in addresses ("" for what is not stated); rows of a tree hold what stands below them,
    `before` are the figures of the period before.
    """

    key: str
    label: str
    values: tuple[Value, ...]
    code: str = ""  # the official code, where there is one
    before: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportTable:
    """The figures split by one dimension; `overlapping` rows hold some contests more than once."""

    dimension: str
    title: str
    head: str  # over the first column: "Trade"
    rows: tuple[ReportRow, ...]
    overlapping: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComputedReport:
    """Everything that a report says: whose contests, which filters, the figures, how they were counted.

    `totals` count everything once, so that rows of what is not additive do not add up to them; `before` are
    the totals of the period before, empty where there is none. `how` says in sentences how it was computed,
    `completeness` of how many of the events the results are announced, `nothing` why there would be no rows.
    """

    title: str
    scope: str
    period: str
    filters: tuple[tuple[str, str], ...]  # label and value, without the period
    columns: tuple[Measure, ...]
    totals: tuple[Value, ...]
    tables: tuple[ReportTable, ...]
    how: tuple[str, ...]
    computed_at: datetime
    whole: tuple[tuple[Measure, Value], ...] = ()  # figures that no row has, each with its value
    before: tuple[Value, ...] = ()
    period_before: str = ""
    notes: tuple[str, ...] = ()
    completeness: str = ""
    years: str = ""  # which ones the period is in
    nothing: str = ""
