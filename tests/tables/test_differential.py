"""Whatever openpyxl reads of a workbook, our own reader reads: the same sheets, rows, texts and days."""

import io
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.eligibility.queries import AskedOfPeople
from competitions.entries import files
from competitions.entries.preview import Fault
from competitions.entries.reading import read_grid
from competitions.lists.errorcopy import error_copy
from core.tables.archive import COLUMNS
from core.tables.cells import EMPTY, Cell
from core.tables.workbook import open_sheets
from scoring.schemes.template import writing
from tests.entries.tables import saved

GOLDEN = sorted((Path(__file__).parents[1] / "golden").rglob("*.xlsx"))


def read(data):
    """Return what our reader finds: of each visible sheet its name and its rows."""
    with open_sheets("a.xlsx", data) as sheets:
        return {sheet.name: [(number, plain(cells)) for number, cells in sheet.rows] for sheet in sheets}


def plain(cells):
    """Return a row without saying which cells are formulas."""
    return trimmed(Cell(cell.text, cell.kind) for cell in cells)


def formulas(data):
    """Return the places of the cells that our reader takes for formulas."""
    with open_sheets("a.xlsx", data) as sheets:
        return {
            (sheet.name, number, index)
            for sheet in sheets
            for number, cells in sheet.rows
            for index, cell in enumerate(cells)
            if cell.formula
        }


def formulas_by_openpyxl(data):
    """Return the same as openpyxl finds it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.row, cell.column - 1)
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for row in sheet.iter_rows(max_col=COLUMNS)
        for cell in row
        if cell.data_type == "f"
    }


def read_by_openpyxl(data):
    """Return the same as openpyxl finds it, in its streaming mode with the values last saved."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found = {}
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()
            rows = enumerate(sheet.iter_rows(max_col=COLUMNS), start=1)
            found[sheet.title] = [(number, trimmed(map(cell_of, row))) for number, row in rows]
    return found


def cell_of(cell):
    value = cell.value
    if value is None or value == "":
        return EMPTY
    if isinstance(value, str):
        return Cell(value, "error" if cell.data_type == "e" else "text")
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE")
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), "date")
    if isinstance(value, date | time):
        return Cell(value.isoformat(), "date")
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e30
    return Cell(str(int(value) if whole else value), "number")


def trimmed(cells):
    cells = list(cells)
    while cells and not cells[-1].text:
        cells.pop()
    return cells


def same(data):
    ours, theirs = read(data), read_by_openpyxl(data)
    assert ours.keys() == theirs.keys()
    for name, rows in ours.items():
        for mine, other in zip_longest(rows, theirs[name]):
            assert mine == other, name
    return ours


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_workbooks_that_others_made(path):
    data = path.read_bytes()
    assert sum(map(len, same(data).values())) > 20
    assert formulas(data) == formulas_by_openpyxl(data)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_workbooks_that_we_hand_out(app):
    with app.test_request_context("/"):
        assert same(writing.template())
        form = files.template("person", ["甲厂", "乙厂"], AskedOfPeople(frozenset()))
        assert list(same(form)) == ["参赛名单", "填写说明"]  # without the hidden sheet of units
        fault = Fault(2, "A 姓名", "", "VALUE_MISSING", "没有填写。", "请补填。")
        copy = error_copy(read_grid("a.xlsx", form, "person"), {"name": "A"}, [("name", fault)])
        assert len(same(copy)["参赛名单"]) > 1


# Whatever XML may hold but control characters; as numbers: a list of all characters takes seconds to make.
POINTS = [(0x20, 0x7E), (0xA0, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
TEXTS = st.lists(st.one_of(*[st.integers(*span).map(chr) for span in POINTS]), max_size=60).map("".join)
VALUES = st.one_of(
    st.none(),
    TEXTS.filter(lambda text: "_x" not in text and "x005F_" not in text),
    st.sampled_from(["#N/A", " 前后有空格 ", "李䶮", "阿卜杜拉·买买提", "<&>\"'", "]]>", "=", "370102"]),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)),  # noqa: DTZ001 - a workbook knows no zones
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=3000)),
)
SHEETS = st.lists(st.lists(st.lists(VALUES, max_size=6), max_size=8), min_size=1, max_size=3)
FORMS = st.sampled_from(["General", "0.00", "@", "yyyy-mm-dd", "[h]:mm", '"d"0', "h:mm"])


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date")
@settings(max_examples=60)
@given(SHEETS, st.booleans(), FORMS)
def test_workbooks_of_any_values(sheets, streamed, form):
    book = openpyxl.Workbook(write_only=streamed)
    if not streamed:
        book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            cells = row
            if streamed:
                cells = [formatted(sheet, value, form) for value in row]
            sheet.append(cells)
    same(saved(book))


def formatted(sheet, value, form):
    cell = openpyxl.cell.WriteOnlyCell(sheet, value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        cell.number_format = form
    return cell
