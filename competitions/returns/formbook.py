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
from competitions.lists.headings import plain_heading
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
    write_notes,
)
from competitions.returns import rows
from competitions.returns.figures import PLACES
from competitions.returns.labels import COMPLETE
from competitions.returns.rules import QUALIFIERS, Figure
from competitions.returns.services import Filled
from core.i18n import LOCALES
from core.refusals import Refusal, Refused

COLUMNS: Mapping[str, Any] = {
    "key": _l("Code"), "name": _l("Indicator"), "unit": _l("Unit"), "computed": _l("Computed by the system"),
    "below": _l("Accepted returns below"), "own": _l("Own level"), "value": _l("Total"),
    "qualifier": _l("Exactness"), "complete": _l("Completeness"), "remark": _l("Remark"),
}  # fmt: skip
WIDTHS = {"key": 8, "name": 30, "unit": 10, "remark": 36}
HEADED: Mapping[str, Any] = {"head": _l("Head of the union"), "filler": _l("Filled in by")}
FIRST = 6  # row of the headings


class Head(NamedTuple):
    """What stands above the figures."""

    title: str
    union: str
    head: str
    filler: str


def build(head: Head, lines: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the form; `lines` are those of the page of the return."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Statistical return")
    text_cell(sheet, 1, 1, head.title).font = Font(name=FACE, bold=True, size=14, color=INK)
    pairs = [(_("Reporting union"), head.union)]
    pairs += [(str(HEADED[name]), getattr(head, name)) for name in HEADED]
    for row, (label, value) in enumerate(pairs, start=2):
        text_cell(sheet, row, 1, label).font = HEAD
        text_cell(sheet, row, 2, value)
    for index, (name, heading) in enumerate(COLUMNS.items(), start=1):
        cell = text_cell(sheet, FIRST, index, str(heading))
        cell.font, cell.fill, cell.border = HEAD, HEAD_FILL, RULE
        sheet.column_dimensions[get_column_letter(index)].width = WIDTHS.get(name, 15)
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
    below = line["below"].value if line["below"] else None
    values = (
        one.key, name_of(one), unit_of(one), line["computed"], below, figure.own, figure.value,
        figure.qualifier, str(COMPLETE[figure.complete]), figure.remark,
    )  # fmt: skip
    for index, value in enumerate(values, start=1):
        if isinstance(value, str):
            text_cell(sheet, row, index, value)
            continue
        cell = sheet.cell(row, index, value)
        cell.number_format, cell.alignment = "#,##0" + ("." + "0" * one.places if one.places else ""), MIDDLE


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
        (_("Completeness"), _("Incomplete where not everybody below has reported.")),
        (_("Computed by the system"), _("To compare with; it is not read and never added.")),
        (_("Upload"), _("Every error is shown with its cell before anything is written.")),
    ]


def read(filename: str, data: bytes) -> Filled:
    """Return what a filled-in form says.

    Raises: Refused for a file that cannot be read, or with a RETURN_CELL for each wrong cell.
    """
    known = {heading: name for name in COLUMNS for heading in _headings(COLUMNS[name])}

    def header(looked: Looked) -> int | None:
        for number, cells in looked.head:
            named = {known.get(plain_heading(cell.text)) for cell in cells}
            if {"key", "value"} <= named:
                return number
        return None

    grid = read_sheet(filename, data, [header], f"{COLUMNS['key']}、{COLUMNS['value']}")
    fields = {
        index: known[plain_heading(text)] for index, text in grid.headings if plain_heading(text) in known
    }
    table = tabling.table_of(grid, fields)
    figures, found = _figures(table)
    if found:
        raise Refused(*found)
    return Filled(figures, _above(grid, "head"), _above(grid, "filler"))


def _headings(heading: Any) -> set[str]:
    """Return how a heading may be written: in either language."""
    return {plain_heading(word) for word in _in_both(heading)}


def _above(grid: Grid, name: str) -> str:
    wanted = _headings(HEADED[name])
    for row, cells in grid.rows:
        if row < grid.header and len(cells) > 1 and plain_heading(cells[0].text) in wanted:
            return tidy(cells[1].text)[:80]
    return ""


def _figures(table: Table) -> tuple[dict[str, Figure], list[Refusal]]:
    typed: dict[str, rows.Row] = {}
    places: dict[str, Line] = {}
    found: list[Refusal] = []
    for line in table.lines:
        key = tidy(line.cell("key").text)
        if key not in PLACES or key in typed:
            found.append(Refusal("RETURN_ROW", "file", {"row": line.row, "key": key[:20]}))
            continue
        typed[key], places[key] = _row(line), line
        if typed[key].incomplete == "?":
            cell = f"{table.columns['complete'].letter}{line.row}"
            words = {"value": line.cell("complete").text[:40], "cell": cell}
            found.append(Refusal("RETURN_COMPLETE", "file", words))
    figures, unread = rows.read(typed)
    for refusal in unread:
        found.append(Refusal("RETURN_LINE", "file", {"row": places[refusal.where].row, "fault": refusal}))
    return figures, found


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
