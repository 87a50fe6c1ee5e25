"""Workbooks that leave this slice: the template to fill in, and the list of entries.

Every text is stored as text: what begins with "=" stays what somebody typed and never becomes a formula.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from competitions.eligibility.queries import AskedOfPeople
from competitions.entries.columns import OFFERED, REQUIRED, SKILL_LEVELS
from competitions.entries.labels import ROLES, field_word, listed

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT, LAST_ROW, OFFERED_MOST, NOTE_WIDTH = "@", 5000, 1000, 84
LATIN = 0x2E7F  # the last character before the Chinese ones and their signs
WIDTHS = {"mark": 8, "group": 22, "name": 20, "unit": 34, "id_number": 24, "phone": 18}
WIDTHS |= {"trade": 16, "skill_level": 16, "role": 12, "category": 18, "own_unit": 28, "summary": 48}
INK, SAND, PAPER, SOFT, LINE = "1C1F26", "E9E6DD", "FAF9F6", "6B7079", "D8D6CF"
FACE = "微软雅黑"
HEAD = Font(name=FACE, bold=True, color=INK)
HEAD_FILL, FILL = PatternFill("solid", fgColor=SAND), PatternFill("solid", fgColor=PAPER)
RULE = Border(bottom=Side("thin", color=LINE))
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="center")


def template(kind: str, units: Sequence[str], asked: AskedOfPeople) -> bytes:
    """Return the workbook to fill in for one kind of entry, with what there is to choose from."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("List of entries")
    fields = OFFERED[kind]
    needed = {*REQUIRED[kind], *asked.fields}
    headings = [f"{field_word(name, kind)}{'*' if name in needed else ''}" for name in fields]
    _write_head(sheet, headings, [WIDTHS[name] for name in fields])
    for index, name in enumerate(fields, start=1):
        sheet.column_dimensions[get_column_letter(index)].number_format = TEXT
        cell = _text(sheet, 2, index, _example(name, kind, asked))
        cell.font, cell.fill, cell.border = Font(name=FACE, size=10, color=SOFT), FILL, RULE
    _write_choices(book, "units", units)
    _write_choices(book, "trades", asked.trades)
    _offer_choices(sheet, fields, {"unit": ("units", len(units)), "trade": ("trades", len(asked.trades))})
    _write_notes(book, kind, asked)
    return _saved(book)


def list_workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a list as a workbook: heading frozen, numbers as numbers, texts as texts."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    widths = [max(8, 2 * len(heading) + 2) for heading in headings]
    for number, row in enumerate(rows, start=2):
        for index, value in enumerate(row, start=1):
            if isinstance(value, int):
                sheet.cell(number, index, value).alignment = MIDDLE
            else:
                _text(sheet, number, index, value)
            widths[index - 1] = max(widths[index - 1], min(40, 2 * len(str(value)) + 2))
    _write_head(sheet, headings, widths)
    sheet.auto_filter.ref = sheet.dimensions
    return _saved(book)


def _write_head(sheet: Any, headings: Sequence[str], widths: Sequence[int]) -> None:
    for index, heading in enumerate(headings, start=1):
        cell = _text(sheet, 1, index, heading)
        cell.font, cell.fill, cell.border = HEAD, HEAD_FILL, RULE
        sheet.column_dimensions[get_column_letter(index)].width = widths[index - 1]
    sheet.row_dimensions[1].height = 28
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 21, True
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    fit_to_page(sheet)


def fit_to_page(sheet: Any) -> None:
    """Print on A4, as wide as the page and as long as it must be."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _text(sheet: Any, row: int, column: int, value: str) -> Any:
    cell = sheet.cell(row, column)
    cell.value = value
    cell.data_type, cell.number_format, cell.alignment = "s", TEXT, MIDDLE
    return cell


def _example(name: str, kind: str, asked: AskedOfPeople) -> str:
    return {
        "mark": _("Example"),
        "group": _("Demo welding team") if kind == "team" else _("Demo improvement of a fixture"),
        "name": _("Zhang San (demo)"),
        "unit": _("Demo Heavy Machinery Works"),
        "id_number": "11010519491231002X",
        "phone": "13800000000",
        "trade": asked.trades[0] if asked.trades else "",
        "skill_level": SKILL_LEVELS[3],
        "role": str(ROLES["leader"]),
        "category": _("Technical innovation"),
        "own_unit": "",
        "summary": _("What it is for, and what it has brought."),
    }[name]


def _write_choices(book: Workbook, title: str, words: Sequence[str]) -> None:
    """Write words onto a hidden sheet, for a list to choose from."""
    sheet = book.create_sheet(title)
    sheet.sheet_state = "hidden"
    for number, word in enumerate(words[:OFFERED_MOST], start=1):
        _text(sheet, number, 1, word)


def _offer_choices(sheet: Any, fields: Sequence[str], offered: Mapping[str, tuple[str, int]]) -> None:
    for index, name in enumerate(fields, start=1):
        letter = get_column_letter(index)
        rule = _rule(name, *offered.get(name, ("", 0)))
        if rule is not None:
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)


def _rule(name: str, source: str, offered: int) -> DataValidation | None:
    if offered:
        last = min(offered, OFFERED_MOST)
        rule = DataValidation("list", formula1=f"{source}!$A$1:$A${last}", allow_blank=True)
        rule.showErrorMessage = False  # what is not there yet may be written, too
        return rule
    choices = {"skill_level": SKILL_LEVELS, "role": tuple(str(word) for word in ROLES.values())}.get(name)
    if choices:
        rule = DataValidation("list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        rule.showErrorMessage = False
        return rule
    if name == "id_number":
        rule = DataValidation("textLength", operator="equal", formula1="18", allow_blank=True)
        rule.errorTitle, rule.error = _("ID number"), _("An ID number has 18 characters.")
        rule.errorStyle = "warning"
        rule.showErrorMessage = True
        return rule
    return None


def _write_notes(book: Workbook, kind: str, asked: AskedOfPeople) -> None:
    sheet = book.create_sheet(_("How to fill in"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 20, NOTE_WIDTH
    title = _text(sheet, 1, 1, _("How to fill in"))
    title.font = Font(name=FACE, bold=True, size=14, color=INK)
    fit_to_page(sheet)
    for number, (word, words) in enumerate(_notes(kind, asked), start=3):
        first, second = _text(sheet, number, 1, word), _text(sheet, number, 2, words)
        first.font, first.alignment, second.alignment = HEAD, TOP, TOP
        second.font = Font(name=FACE, color=INK)
        sheet.row_dimensions[number].height = 36 if width_of(words) > NOTE_WIDTH else 20


def width_of(text: str) -> int:
    """Return how many columns of a letter a text takes: a Chinese character takes two."""
    return sum(2 if ord(character) > LATIN else 1 for character in text)


def _notes(kind: str, asked: AskedOfPeople) -> list[tuple[str, str]]:
    rows = _("One row for each person.")
    if kind in {"team", "work"}:
        rows = _("One row for each person; rows with the same name and the same unit belong together.")
    notes = [
        (_("Rows"), _("One row for each unit.") if kind == "unit" else rows),
        (_("Headings"), _("Columns with * are needed. Columns may be moved; the headings must stay.")),
        (_("Example"), _("The row marked as an example is not read. Delete it or leave it.")),
        (
            field_word("unit", kind),
            _("The full name, as on the seal. Choose it from the list if it is there."),
        ),
    ]
    if kind != "unit":
        notes += [
            (field_word("name", kind), _("As on the ID card; the dot of a name is written “·”.")),
            (
                field_word("id_number", kind),
                _(
                    "18 characters as text. It tells people of the same name apart and finds them again in "
                    "other events; it is stored encrypted and shown masked."
                ),
            ),
            (field_word("phone", kind), _("Optional. Stored encrypted, shown masked.")),
            *_notes_of_people(kind, asked),
        ]
    notes += _notes_of_kind(kind)
    notes += [
        (_("Upload"), _("Every error is shown with row and column before anything is written.")),
        (
            _("Corrections"),
            _("A list with errors comes back with a red column “Error notes”; correct it and upload it."),
        ),
    ]
    return notes


def _notes_of_people(kind: str, asked: AskedOfPeople) -> list[tuple[str, str]]:
    """Return what is to be said of the columns that the rules of entry may ask for."""
    trade = _("Optional. The trade in which the person works today, as the catalogue names it.")
    if asked.trades:
        trade = _("Needed here. Asked for is: %(trades)s.", trades=listed(asked.trades))
    level = _("Optional. The level held today.")
    if "skill_level" in asked.fields:
        level = _("Needed here. The level held today.")
    return [(field_word("trade", kind), trade), (field_word("skill_level", kind), level)]


def _notes_of_kind(kind: str) -> list[tuple[str, str]]:
    """Return what is to be said of the columns that teams or works alone have."""
    team = [
        (
            field_word("role", kind),
            _(
                "Team leader, team member, substitute or coach; empty means member. The organiser says how "
                "many substitutes a team may have."
            ),
        )
    ]
    work = [
        (field_word("own_unit", kind), _("Only where an author is of another unit than the work.")),
        (
            field_word("summary", kind),
            _("Once for each work, as the category. Files are added afterwards on the page of the entry."),
        ),
    ]
    return {"team": team, "work": work}.get(kind, [])


def no_author(book: Workbook) -> None:
    """Leave nobody's name in a file that goes to other units."""
    book.properties.creator = ""


def _saved(book: Workbook) -> bytes:
    no_author(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
