"""The list comes back as it was sent, with what is wrong beside it; corrected, it is imported."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from competitions.entries.models import Entry
from tests.entries.tables import id_number, saved
from tests.entries.test_import_pages import upload
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

HEADINGS = ("序号", "姓名", "单位", "身份证号", "手机号", "备注")
ROWS = (
    ("1", "张三", "演示甲厂", id_number(1), 13800000000, "=1+1"),
    ("2", "李四", "演示甲厂", 370102198501100020, "12345", None),
    (),
    ("3", "", "演示乙厂", id_number(3), None, "\u4e00"),
)


@pytest.fixture
def event(session):
    """An open contest, its unit 演示甲厂 and its organiser as `event.organiser`."""
    event = build_event(session, "registration")
    build_unit(session, name="演示甲厂")
    event.organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    return event


def faulty():
    """A list with a title above its headings, an empty row, a text like a formula, and four faults."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "报名"
    sheet.append(["2026 年报名表"])
    sheet.append(list(HEADINGS))
    for row in ROWS:
        sheet.append(list(row))
    sheet["F3"].data_type = "s"
    return saved(book)


def returned(page, event, data, name="名单.xlsx"):
    preview = upload(page, event, data, 302, name).location
    return openpyxl.load_workbook(io.BytesIO(page.get(f"{preview}/errors.xlsx").data)), preview


def test_the_copy_keeps_every_cell_as_text_in_its_place(browser, event):
    book, _preview = returned(browser(event.organiser), event, faulty())
    sheet = book["报名"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(max_col=6)] == [
        ["2026 年报名表", None, None, None, None, None],
        list(HEADINGS),
        ["1", "张三", "演示甲厂", id_number(1), "13800000000", "=1+1"],
        ["2", "李四", "演示甲厂", "3.70102198501100E+17", "12345", None],
        [None] * 6,
        ["3", None, "演示乙厂", id_number(3), None, "\u4e00"],
    ]  # fmt: skip
    written = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.number_format for cell in written} == {"@"}
    assert {cell.data_type for cell in written} == {"s"}


def test_the_red_column_says_what_is_wrong_and_the_cells_are_tinted(browser, event):
    book, _preview = returned(browser(event.organiser), event, faulty())
    sheet = book["报名"]
    assert sheet["G2"].value == "错误说明"
    assert sheet["G2"].fill.fgColor.rgb == "00A9231F"
    assert [sheet[f"G{row}"].value for row in (1, 3, 5)] == [None] * 3
    second, last = sheet["G4"].value, sheet["G6"].value
    assert "D 身份证号：身份证号已被 Excel 转成数字" in second
    assert "E 手机号：这不是电话号码" in second
    assert "B 姓名：没有填写" in last
    assert "C 单位：没有登记过这家单位" in last
    tinted = {c.coordinate for row in sheet.iter_rows() for c in row if c.fill.fgColor.rgb == "00FBE3E1"}
    assert tinted == {"D4", "E4", "G4", "B6", "C6", "G6"}


def test_the_copy_corrected_is_imported_and_its_notes_are_not_read(session, browser, event):
    page = browser(event.organiser)
    book, _preview = returned(page, event, faulty())
    sheet = book["报名"]
    for place, value in (("D4", id_number(2)), ("E4", "13900000000"), ("B6", "王五"), ("C6", "演示甲厂")):
        sheet[place].value = value
    preview = upload(page, event, saved(book), 302).location
    assert not preview.endswith("/columns")
    page.post(preview)
    assert list(session.scalars(select(Entry.name).order_by(Entry.number))) == ["张三", "李四", "王五"]


def test_a_number_that_was_rounded_stays_refused_in_the_copy(browser, event):
    """The number nearest to 370102198001030000 is …030016, an ID number that somebody else may have."""
    page = browser(event.organiser)
    book = openpyxl.Workbook()
    book.active.append(["姓名", "单位", "身份证号"])
    book.active.append(["张三", "演示甲厂", 370102198001030000])
    book, _preview = returned(page, event, saved(book))
    assert book.active["C2"].value == "3.70102198001030E+17"
    _book, preview = returned(page, event, saved(book))
    assert "已被 Excel 转成数字" in page.get(preview).text


def test_the_notes_of_a_second_round_stand_in_the_place_of_the_first(browser, event):
    page = browser(event.organiser)
    book, _preview = returned(page, event, faulty())
    book["报名"]["B6"].value = "王五"
    again, _preview = returned(page, event, saved(book))
    assert [cell.value for cell in again["报名"][2]] == [*HEADINGS, "错误说明"]
    assert "B 姓名" not in again["报名"]["G6"].value


def test_a_csv_comes_back_as_a_workbook_to_its_owner_alone(session, browser, event):
    data = "姓名,单位,身份证号\n张三,演示甲厂,123\n".encode("gb18030")
    book, preview = returned(browser(event.organiser), event, data, "名单.csv")
    assert book["CSV"]["C2"].value == "123"
    assert "18 位" in book["CSV"]["D2"].value
    other = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    browser(other).get(f"{preview}/errors.xlsx", 409)
