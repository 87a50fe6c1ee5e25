"""Write a scheme of judgements and measurements as a marking scheme workbook, in the layout it is read in.

Sums are written as numbers, not as formulas, so that every program reads them, also without counting.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from openpyxl import Workbook

from scoring.rules.model import Aspect, Criterion, Scheme
from scoring.rules.numbers import ONE, format_short
from scoring.schemes import workbooks

HEADINGS = (
    "Sub\nCriterion\nID", "Sub Criterion\nName or Description", "Day of Marking",
    "Aspect\nType\nM = Meas\nJ = Judg", "Aspect - Description", "Judg Score",
    "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description (Judg only)",
    "Requirement\n(Measurement Only)", "WSOS Section", "Calculation Row \n(Export only)", "Max\nMark",
)  # fmt: skip
WIDTHS = (10, 24, 9, 9, 44, 7, 52, 22, 9, 11, 8, 13, 8, 8)
CODE = re.compile(r"([A-Z]{1,2}[0-9]{1,3})(?:\s+(.*))?", re.DOTALL)
NUMBERS = frozenset({3, 6, 9, 10, 11, 14})
LETTER = re.compile(r"[A-Z]{1,2}")


def obstacle(scheme: Scheme) -> str:
    """Return why a scheme cannot be written like this ("" where it can): stages, kinds, levels or codes."""
    if len(scheme.stages) != 1 or scheme.stages[0].attempts > 1:
        return "stages"
    for criterion in scheme.stages[0].criteria:
        if not LETTER.fullmatch(criterion.code):
            return "codes"
        for aspect in criterion.aspects:
            if not _is_plain(aspect):
                return "kinds"
    return ""


def _is_plain(aspect: Aspect) -> bool:
    if aspect.factor != ONE or not aspect.maximum or not aspect.title.strip():
        return False
    if aspect.kind == "judgement":
        return len(aspect.levels) == 4 and all(level.strip() for level in aspect.levels)
    return aspect.kind == "measurement" and aspect.entry != "value"


def workbook_of(scheme: Scheme) -> bytes:
    """Return the marking scheme of a scheme without an obstacle."""
    book = Workbook()
    sheet = book.active
    sheet.title = "CIS Marking Scheme Import"
    writer = Writer(sheet)
    writer.write(scheme)
    return workbooks.saved(book)


class Writer:
    """The sheet and the row that is written next."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.row = 1

    def write(self, scheme: Scheme) -> None:
        """Write the title, the standards sections, the criteria, then a block for each criterion."""
        self._title(scheme.title)
        self.row += 1
        self._sections(scheme)
        self._summary(scheme)
        for criterion in scheme.stages[0].criteria:
            self._block(criterion)
        self._line({12: "Competition", 13: "Total\nMark", 14: _sum(scheme.stages[0].aspects)})

    def _title(self, text: str) -> None:
        """Write a line that runs on over the cells beside it."""
        cell = workbooks.write(self.sheet, self.row, 1, text)
        cell.font, cell.alignment = workbooks.BOLD, workbooks.ALONG
        self.row += 1

    def _line(self, cells: dict[int, str], *, bold: bool = False) -> None:
        for column, text in cells.items():
            cell = workbooks.write(self.sheet, self.row, column, text, number=column in NUMBERS)
            if bold:
                cell.font = workbooks.BOLD
        self.row += 1

    def _sections(self, scheme: Scheme) -> None:
        sums: dict[str, int] = {}
        for aspect in scheme.stages[0].aspects:
            sums[aspect.section] = sums.get(aspect.section, 0) + (aspect.maximum or 0)
        if set(sums) <= {""}:
            return
        self._title("WorldSkills Occupational Standards")
        self._line({1: "Section", 9: "WSOS Marks", 10: "Aspect Marks", 11: "Variation"})
        for section in sorted(filter(None, sums)):
            marks = format_short(sums[section])
            self._line({1: section, 9: marks, 10: marks, 11: "0"})
        self.row += 1

    def _summary(self, scheme: Scheme) -> None:
        self._title("Criteria")
        self._line({1: "ID", 2: "Name", 11: "Mark"})
        for criterion in scheme.stages[0].criteria:
            self._line({1: criterion.code, 2: criterion.title, 11: _sum(criterion.aspects)})
        self.row += 1

    def _block(self, criterion: Criterion) -> None:
        named = (f"Criterion {criterion.code}", "Total\nMark", _sum(criterion.aspects))
        workbooks.write_head(self.sheet, self.row, (*HEADINGS, *named), WIDTHS)
        self.row += 1
        for code, name, aspects in _subs(criterion):
            self._line({1: code, 2: name, 3: aspects[0].day}, bold=True)
            for aspect in aspects:
                self._aspect(aspect)
        self.row += 1

    def _aspect(self, aspect: Aspect) -> None:
        judged = aspect.kind == "judgement"
        self._line(
            {
                4: "J" if judged else "M", 5: aspect.title, 7: aspect.description, 9: aspect.section,
                11: format_short(aspect.maximum or 0),
            }
        )  # fmt: skip
        for level, words in enumerate(aspect.levels):
            self._line({6: str(level), 7: words})


def _subs(criterion: Criterion) -> Iterator[tuple[str, str, list[Aspect]]]:
    """Yield the sub-criteria of a criterion; one without a code of its own gets the next free one."""
    groups = [(key, list(group)) for key, group in groupby(criterion.aspects, key=lambda a: (a.sub, a.day))]
    taken = {match[1] for (sub, _day), _group in groups if (match := CODE.fullmatch(sub))}
    number = 0
    for (sub, _day), aspects in groups:
        match = CODE.fullmatch(sub)
        if match and match[1].rstrip("0123456789") == criterion.code:
            yield match[1], match[2] or "", aspects
            continue
        number = next(n for n in range(number + 1, 1000) if f"{criterion.code}{n}" not in taken)
        yield f"{criterion.code}{number}", sub or criterion.title, aspects


def _sum(aspects: Any) -> str:
    return format_short(sum(aspect.maximum or 0 for aspect in aspects))
