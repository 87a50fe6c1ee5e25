"""The form of a return as a workbook: handed out with what is known, read back by its headings."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from competitions.fields import tidy
from competitions.indicators.labels import name_of, unit_of
from competitions.lists import tabling
from competitions.lists.grid import Grid
from competitions.lists.headings import letter, plain_heading
from competitions.lists.reading import Looked, read_sheet
from competitions.lists.table import Line, Table
from competitions.lists.workbook import (
    FACE,
    HEAD,
    HEAD_FILL,
    INK,
    MIDDLE,
    RULE,
    choice_of,
    fit_to_page,
    saved,
    text_cell,
    width_of,
    write_notes,
)
from competitions.returns import rows
from competitions.returns.figures import PLACES
from competitions.returns.labels import COMPLETE
from competitions.returns.rules import QUALIFIERS, Figure
from competitions.returns.services import Filled
from core.i18n import LOCALES, listed
from core.refusals import Refusal

COLUMNS: Mapping[str, Any] = {
    "key": _l("Code"), "name": _l("Indicator"), "unit": _l("Unit"), "computed": _l("Computed by the system"),
    "below": _l("Accepted returns below"), "before": _l("Same period last year"),
    "own": _l("Own level"), "value": _l("Total"), "qualifier": _l("Exactness"),
    "complete": _l("Completeness"), "remark": _l("Remark"),
}  # fmt: skip
WIDTHS = {"key": 8, "name": 38, "unit": 19, "remark": 36}
HEADED: Mapping[str, Any] = {
    "union": _l("Reporting union"), "head": _l("Head of the union"), "filler": _l("Filled in by"),
    "days": _l("Reporting period"), "number": _l("Form number"),
}  # fmt: skip
# Without one of these columns its figures would be lost.
READ = {"key", "own", "value", "qualifier", "complete", "remark"}
FIRST = 8  # row of the headings
LINE_MOST = 120


class Head(NamedTuple):
    """What stands above the figures; `number` says which return the form belongs to."""

    title: str
    union: str
    head: str
    filler: str
    days: str
    number: str  # of the period and the union: number_of


class Brought(NamedTuple):
    """A filled-in form as it was read: what stands above its figures, what it says, what is wrong in it.

    Shape: `unread` are the STAT_LOGIC of texts that are no figures, `found` what is wrong besides, `rows`
    where each figure stands.
    """

    head: Head
    filled: Filled
    unread: list[Refusal]
    found: list[Refusal]
    rows: Mapping[str, int]


def number_of(period_ref: str, union_id: int) -> str:
    """Return the number by which a form is known again."""
    return f"{period_ref}-{union_id}"


def build(head: Head, lines: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the form; `lines` are those of the page of the return."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Statistical return")
    text_cell(sheet, 1, 1, head.title).font = Font(name=FACE, bold=True, size=14, color=INK)
    for row, name in enumerate(HEADED, start=2):
        text_cell(sheet, row, 1, str(HEADED[name])).font = HEAD
        text_cell(sheet, row, 2, getattr(head, name))
    for index, (name, heading) in enumerate(COLUMNS.items(), start=1):
        cell = text_cell(sheet, FIRST, index, str(heading))
        cell.font, cell.fill, cell.border = HEAD, HEAD_FILL, RULE
        above = HEADED.values() if index == 1 else ()
        words = max(width_of(str(word)) for word in (heading, *above))
        sheet.column_dimensions[get_column_letter(index)].width = max(WIDTHS.get(name, 13), words + 2)
    for row, line in enumerate(lines, start=FIRST + 1):
        _write(sheet, row, line)
    sheet.freeze_panes = f"C{FIRST + 1}"
    sheet.print_title_rows = f"{FIRST}:{FIRST}"
    _offer(sheet, "qualifier", QUALIFIERS, FIRST + len(lines))
    _offer(sheet, "complete", [str(word) for word in COMPLETE.values()], FIRST + len(lines))
    fit_to_page(sheet)
    write_notes(book, _notes())
    return saved(book)


def _write(sheet: Any, row: int, line: Mapping[str, Any]) -> None:
    one, figure = line["one"], line["figure"]
    values = (
        one.key, name_of(one), unit_of(one), line["computed"], line["below"], line["before"], figure.own,
        figure.value, figure.qualifier, str(COMPLETE[figure.complete]), figure.remark,
    )  # fmt: skip
    digits = "#,##0" + ("." + "0" * one.places if one.places else "")
    for index, value in enumerate(values, start=1):
        if isinstance(value, str):
            text_cell(sheet, row, index, value)
            continue
        beside = value if isinstance(value, Figure) else Figure(value)
        cell = sheet.cell(row, index, beside.value)
        cell.number_format, cell.alignment = _signed(beside, digits), MIDDLE


def _signed(figure: Figure, digits: str) -> str:
    """Return the format that shows a number with its sign, and a star where it is incomplete."""
    sign = "" if figure.qualifier == "=" else f'"{figure.qualifier} "'
    return f"{sign}{digits}" + ("" if figure.complete else '" *"')


def _offer(sheet: Any, name: str, offered: Sequence[str], last: int) -> None:
    column = get_column_letter(list(COLUMNS).index(name) + 1)
    rule = choice_of(offered)
    rule.add(f"{column}{FIRST + 1}:{column}{last}")
    sheet.add_data_validation(rule)


def _notes() -> list[tuple[str, str]]:
    return [
        (_("Total"), _("The whole union with every union below it, in digits such as 25000.")),
        (
            _("Own level"),
            _("What stands in no return below. Left empty, it is the total without those below."),
        ),
        (_("Exactness"), _("= exactly, ≈ about, > more than, ≥ at least.")),
        ("*", _("A figure beside it that is incomplete.")),
        (_("Completeness"), _("Incomplete where not everybody below has reported.")),
        (_("Computed by the system"), _("To compare with; it is not read and never added.")),
        (_("Form number"), _("Says which return the form belongs to. Leave it as it is.")),
        (
            _("Upload"),
            _("Every error is listed at once, and then nothing is taken over. Otherwise what changes is "
              "shown before it is saved."),
        ),
    ]


def read(filename: str, data: bytes) -> Brought:
    """Return what a filled-in form says, with everything that is wrong in it.

    Raises: Refused for a file that cannot be read.
    """
    known = {heading: name for name in COLUMNS for heading in _headings(COLUMNS[name])}

    def header(looked: Looked) -> int | None:
        for number, cells in looked.head:
            named = {known.get(plain_heading(cell.text)) for cell in cells}
            if named >= READ:
                return number
        return None

    grid = read_sheet(filename, data, [header], listed(COLUMNS[name] for name in COLUMNS if name in READ))
    fields = {
        index: known[plain_heading(text)] for index, text in grid.headings if plain_heading(text) in known
    }
    typed, places, found = _rows(tabling.table_of(grid, fields))
    figures, unread = rows.read(typed)
    head = Head(_title(grid), *(_above(grid, name) for name in HEADED))
    filled = Filled(figures, head.head[:80], head.filler[:80])
    return Brought(head, filled, unread, [*_uncounted(grid, fields), *found], places)


def _title(grid: Grid) -> str:
    row, cells = grid.rows[0]
    return tidy(cells[0].text)[:LINE_MOST] if row < grid.header else ""


def _uncounted(grid: Grid, fields: Mapping[int, str]) -> list[Refusal]:
    """Return the formulas without a saved value: what they count is not in the file."""
    return [
        Refusal("RETURN_FORMULA", "file", {"cell": f"{letter(index)}{line.row}", "row": line.row})
        for line in grid.below()
        for index, cell in enumerate(line.cells)
        if cell.formula and not cell.text and fields.get(index) in READ
    ]


def _headings(heading: Any) -> set[str]:
    """Return how a heading may be written: in either language."""
    return {plain_heading(word) for word in _in_both(heading)}


def _above(grid: Grid, name: str) -> str:
    wanted = _headings(HEADED[name])
    for row, cells in grid.rows:
        if row < grid.header and len(cells) > 1 and plain_heading(cells[0].text) in wanted:
            return tidy(cells[1].text)[:LINE_MOST]
    return ""


def _rows(table: Table) -> tuple[dict[str, rows.Row], dict[str, int], list[Refusal]]:
    typed: dict[str, rows.Row] = {}
    places: dict[str, int] = {}
    found: list[Refusal] = []
    for line in table.lines:
        key = tidy(line.cell("key").text)
        if key not in PLACES or key in typed:
            found.append(Refusal("RETURN_ROW", "file", {"row": line.row, "key": key[:20]}))
            continue
        typed[key], places[key] = _row(line), line.row
        if typed[key].incomplete == "?":
            cell = f"{table.columns['complete'].letter}{line.row}"
            words = {"value": line.cell("complete").text[:40], "cell": cell, "row": line.row}
            found.append(Refusal("RETURN_COMPLETE", "file", words))
    return typed, places, found


def _row(line: Line) -> rows.Row:
    value, own, qualifier, complete, remark = (
        line.cell(name).text for name in ("value", "own", "qualifier", "complete", "remark")
    )
    return rows.Row(value, own, qualifier or "=", _incomplete(complete), remark)


def _incomplete(text: str) -> str:
    word = tidy(text).casefold()
    if not word or word in _said(COMPLETE[True]):
        return ""
    return "1" if word in _said(COMPLETE[False]) else "?"


def _said(word: Any) -> set[str]:
    return {said.casefold() for said in _in_both(word)}


def _in_both(word: Any) -> Iterator[str]:
    """Yield a word in each language: a form may come back to a page in the other one."""
    for locale in LOCALES:
        with force_locale(locale):
            yield str(word)
