"""The template as a workbook: headings, an example to write over, lists to choose from."""

from collections.abc import Sequence

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scoring.schemes import workbooks
from scoring.schemes.template.columns import COLUMNS, NEEDED
from scoring.schemes.wording.aspects import KINDS, METHODS

LAST_ROW = 500
NUMBERS = frozenset({"weight", "max", "step", "per", "drop", "min_judges"})


def template() -> bytes:
    """Return the workbook to fill in."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Scheme")
    headings = [f"{column[0]}*" if name in NEEDED else str(column[0]) for name, column in COLUMNS.items()]
    workbooks.write_head(sheet, 1, headings, [width for _label, _words, width in COLUMNS.values()])
    for number, row in enumerate(_example(), start=2):
        for index, name in enumerate(COLUMNS, start=1):
            workbooks.write(sheet, number, index, row.get(name, ""), number=name in NUMBERS)
    _offer(sheet, "kind", [str(word) for word in KINDS.values()])
    _offer(sheet, "method", [str(word) for word in METHODS.values()])
    return workbooks.saved(book)


def _offer(sheet: Worksheet, name: str, words: Sequence[str]) -> None:
    letter = get_column_letter(list(COLUMNS).index(name) + 1)
    rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
    rule.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def _example() -> list[dict[str, str]]:
    kinds = {kind: str(word) for kind, word in KINDS.items()}
    return [
        {
            "stage": "T", "stage_title": _("Theory"), "weight": "0.3", "criterion": "Q",
            "criterion_title": _("Written paper"), "code": "Q1", "title": _("Marks of the paper"),
            "kind": kinds["score"], "max": "100", "step": "0.5", "method": str(METHODS["agreed"]),
        },
        {
            "stage": "P", "stage_title": _("Practice"), "weight": "0.7", "criterion": "A",
            "criterion_title": _("Quality"), "code": "A1", "title": _("Finish"), "kind": kinds["score"],
            "max": "60", "step": "0.5", "method": str(METHODS["trimmed_mean"]), "drop": "1",
            "min_judges": "5",
        },
        {"code": "A2", "title": _("Undercut"), "kind": kinds["deduction"], "max": "40", "per": "5"},
    ]  # fmt: skip
