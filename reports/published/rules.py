"""One line of a published report, and what it must fulfil. Pure.

A published figure keeps how it was printed (余, 约, 近, 超过, 据不完全统计): never is it shown as exact,
and it is added to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

QUALIFIERS = ("", "=", "≈", ">", "≥")
KINDS = (
    "sittings", "participations", "people", "coverage", "number", "amount", "hours", "unclear", "text",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One figure, or a statement without one.

    Shape: texts of two languages; `printed` are the words of the source; `value` is None for a statement;
    `complete` is "no" where the source says so, "" where it says nothing; `lead` puts the figure on top;
    `chart` names the chart in which it stands beside others.
    """

    section_zh: str
    section_en: str
    name_zh: str
    name_en: str
    printed: str = ""
    value: Decimal | None = None
    qualifier: str = ""
    unit_zh: str = ""
    unit_en: str = ""
    kind: str = "text"
    complete: str = ""
    lead: str = ""
    chart: str = ""
    note_zh: str = ""
    note_en: str = ""


def faults(lines: Sequence[Line]) -> list[str]:
    """Return what is wrong with the lines of a report, a text for each fault."""
    found = [] if lines else ["there are no lines"]
    for number, line in enumerate(lines, start=1):
        found += [f"line {number}: {fault}" for fault in _faults_of(line)]
    return found


def _faults_of(line: Line) -> list[str]:
    asked = {
        "a text is missing": bool(line.section_zh and line.section_en and line.name_zh and line.name_en),
        "unknown kind": line.kind in KINDS,
        "unknown qualifier": line.qualifier in QUALIFIERS,
        "a figure without its unit": line.value is None or bool(line.unit_zh and line.unit_en),
        "a figure without its kind": (line.value is None) == (line.kind == "text"),
        "a figure without its words": line.value is None or bool(line.printed),
    }
    return [fault for fault, holds in asked.items() if not holds]
