"""Rows 36 and 37: what stands in the files that people send, and the names in them."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from competitions.entries.models import Entry
from tests.entries import hostile
from tests.entries.tables import id_number, saved, workbook
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit
from tests.section14.conftest import text_of

UNIT = "演示甲厂"
ROWS = (("演示张三", UNIT, id_number(1)),)
HEADINGS = ("姓名", "单位", "身份证号")


@pytest.fixture
def event(session):
    event = build_event(session, "registration")
    build_unit(session, name=UNIT)
    event.organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    return event


def send(page, event, data, status=302, name="名单.xlsx"):
    """Upload a file; return the address of its preview."""
    form = {"file": (io.BytesIO(data), name)}
    path = f"/events/{event.id}/entries/import"
    return page.post(path, form, status, content_type="multipart/form-data").location


def names(session):
    session.rollback()
    found = list(session.scalars(select(Entry.name).order_by(Entry.number)))
    session.rollback()
    return found


def merged_header():
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROWS, HEADINGS)))
    book.active.merge_cells("B1:C1")
    return saved(book)


def a_million_rows():
    head = hostile.HEADER_ROW
    return hostile.sheet(head + '<row r="1000000"><c r="A1000000"><v>1</v></c></row>')


REFUSED = (
    ("名单.xlsx", hostile.macro, "FILE_MACRO", {}),
    ("名单.xlsm", lambda: workbook(ROWS, HEADINGS), "FILE_MACRO", {}),
    ("名单.xlsx", merged_header, "HEADER_MERGED", {"place": "B1:C1", "sheet": "名单"}),
    ("名单.xlsx", a_million_rows, "FILE_ROWS", {"rows": 60_000}),
)


@pytest.mark.parametrize(("name", "make", "code", "params"), REFUSED, ids=[f"{r[2]} {r[0]}" for r in REFUSED])
def test_row_36_a_file_that_is_not_read(browser, event, sentence, stored, name, make, code, params):
    page, before = browser(event.organiser), stored()
    send(page, event, make(), 422, name)
    assert sentence(code, **params) in text_of(page)
    assert stored() == before


def test_row_36_a_formula_counts_by_its_last_value_and_this_is_said(session, browser, event, sentence):
    cells = "".join(f'<c t="str"><f>A9</f><v>{text}</v></c>' for text in ROWS[0])
    head = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in HEADINGS)
    page = browser(event.organiser)
    preview = send(page, event, hostile.sheet(f"<row>{head}</row><row>{cells}</row>"))
    page.get(preview)
    assert sentence("FORMULAS_READ") in text_of(page)
    page.post(preview)
    assert names(session) == ["演示张三"]


def test_row_36_a_hidden_sheet_is_not_read(session, browser, event):
    book = openpyxl.load_workbook(io.BytesIO(workbook(ROWS, HEADINGS)))
    hidden = book.create_sheet("旧", 0)
    for row in (HEADINGS, ("演示不该在此", UNIT, id_number(2))):
        hidden.append(list(row))
    hidden.sheet_state = "hidden"
    page = browser(event.organiser)
    page.post(send(page, event, saved(book)))
    assert names(session) == ["演示张三"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig"])
def test_row_36_csv_in_gbk_and_in_utf8_with_its_mark_are_both_read(session, browser, event, encoding):
    lines = "\r\n".join([",".join(HEADINGS), f"阿卜杜拉·买买提,{UNIT},{id_number(1)}"])
    page = browser(event.organiser)
    page.post(send(page, event, lines.encode(encoding), name="名单.csv"))
    assert names(session) == ["阿卜杜拉·买买提"]


DANGEROUS = ("=1+1|'cmd'!A0演", "+1演示", "-2演示", "@SUM(1)演示")


def test_row_36_what_a_spreadsheet_would_calculate_is_neutral_in_every_file_given_back(
    session, browser, event
):
    page = browser(event.organiser)
    rows = [(name, UNIT, id_number(n)) for n, name in enumerate(DANGEROUS, start=1)]
    page.post(send(page, event, as_text(rows)))
    assert names(session) == list(DANGEROUS)
    given_back = page.get(f"/events/{event.id}/entries/list.xlsx").data
    rows = openpyxl.load_workbook(io.BytesIO(given_back)).active.iter_rows()
    kinds = {cell.value: cell.data_type for row in rows for cell in row}
    assert {name: kinds[name] for name in DANGEROUS} == dict.fromkeys(DANGEROUS, "s")


def as_text(rows):
    book = openpyxl.Workbook()
    for number, row in enumerate((HEADINGS, *rows), start=1):
        for column, value in enumerate(row, start=1):
            cell = book.active.cell(number, column)
            cell.value, cell.data_type = value, "s"
    return saved(book)


NAMES = (
    # (as typed, as kept)
    ("张 三", "张 三"),  # a space inside stays
    ("\u3000 李四 ", "李四"),  # spaces of any width at the ends do not
    ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
    ("古丽・努尔", "古丽·努尔"),
    ("艾合买提．江", "艾合买提·江"),
    ("張學良", "張學良"),  # no character is ever exchanged
    ("王䶮𬭎", "王䶮𬭎"),
)


def test_row_37_names_are_kept_as_typed_but_for_the_ends_and_the_dot(session, browser, event, sentence):
    page = browser(event.organiser)
    rows = [(typed, UNIT, id_number(n)) for n, (typed, _kept) in enumerate(NAMES, start=1)]
    preview = send(page, event, as_text(rows))
    page.get(preview)
    assert sentence("NAME_DOT") in text_of(page)
    page.post(preview)
    assert names(session) == [kept for _typed, kept in NAMES]
