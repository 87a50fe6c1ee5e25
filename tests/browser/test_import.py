"""A list with fifteen kinds of faults is corrected from the copy that names them, and then imported."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, expect
from sqlalchemy import func, select

from competitions.entries.models import Entry, ImportBatch
from competitions.lists.workbook import TYPE
from core.database import db
from tests.databases import POSTGRESQL_IN_DEEP
from tests.entries.tables import id_number, saved, workbook
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]

HEADINGS = ("姓名", "单位", "身份证号", "手机号", "技能等级", "性别")
LETTERS = "ABCDEF"
ROWS = range(2, 62)
# row: (column, what stands there, what is wrong with it)
FAULTS = {
    3: ("A", "", "没有填写"),
    5: ("B", "演示第一机械", "没有登记过这家单位"),
    7: ("A", "13812345678", "这不像姓名"),
    9: ("A", "张\u200b三", "看不见的字符"),
    11: ("C", "123", "身份证号应为 18 位"),
    13: ("C", "110105194912310021", "校验码不符"),
    15: ("C", "110105199902300015", "其中的出生日期不存在"),
    17: ("C", "11010519491231O02X", "前 17 位"),
    19: ("C", 370102198501100110, "已被 Excel 转成数字"),
    21: ("C", "370101190102039973", "小于 14 岁或大于 100 岁"),
    23: ("D", "12345", "这不是电话号码"),
    25: ("D", "13812345678/13912345678", "多个电话号码"),
    27: ("C", id_number(26), "与第 26 行重复"),
    29: ("E", "级" * 21, "最多 20"),
    31: ("F", "女", "身份证号对应的性别"),
}
# The fault of a doubled ID number stands at the person, and a contradicted sex at the ID number.
SHOWN_AT = {27: "A", 31: "C"}


def sound(row: int) -> list[object]:
    """Return the row of a man of the unit without a fault; the 17th digit of a man's number is odd."""
    return [f"演示选手{'甲乙丙丁戊己庚辛壬癸'[row % 10]}{'一二三四五六七'[row // 10]}", "演示第一机械厂",
            id_number(2 * row + 1), f"139{row:08d}", "高级工", "男"]  # fmt: skip


def faulty() -> bytes:
    rows = {row: sound(row) for row in ROWS}
    for row, (column, value, _why) in FAULTS.items():
        rows[row][LETTERS.index(column)] = value
    rows[26][2] = id_number(26)
    rows[26][5] = rows[27][5] = "女"
    return workbook(rows.values(), HEADINGS)


def test_a_list_with_fifteen_kinds_of_faults_is_corrected_from_its_copy(app, open_page):
    with app.app_context():
        event = build_event(db.session, "registration")
        build_unit(db.session, name="演示第一机械厂")
        user = build_user(db.session, grants=[("organiser", "union", event.competition.union_id)])
        db.session.commit()
        path = f"/events/{event.id}/entries/import"
        db.session.refresh(user)
        db.session.expunge(user)
        db.session.rollback()
    page = open_page(user)
    send(page, path, faulty())
    for tab in ("可导入 45", "有错误 14", "重复 1"):
        expect(page.get_by_role("link", name=tab, exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载带错误说明的名单").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    corrected(book.active)
    send(page, path, saved(book))
    expect(page.get_by_role("link", name="可导入 60", exact=True)).to_be_visible()
    page.get_by_role("button", name="确认登记 60 项").click()
    expect(page.get_by_text("第 1 批：新增 60 条报名，改动 0 条，未导入 0 行。")).to_be_visible()
    with app.app_context():
        counts = [db.session.scalar(select(func.count()).select_from(m)) for m in (Entry, ImportBatch)]
        db.session.rollback()
    assert counts == [60, 1]


def send(page, path, data):
    """Upload a list and wait for its preview."""
    page.goto(path)
    page.locator("#file").set_input_files(FilePayload(name="名单.xlsx", mimeType=TYPE, buffer=data))
    page.get_by_role("button", name="检查").click()
    page.wait_for_url("**/import/*")


def corrected(sheet):
    """Look at each note of the copy, and put the row right."""
    notes = {cell.row: cell.value for cell in sheet["G"][1:] if cell.value}
    assert notes.keys() == FAULTS.keys()
    for row, (column, _value, why) in FAULTS.items():
        assert why in notes[row], (row, notes[row])
        assert notes[row].startswith(f"{SHOWN_AT.get(row, column)} "), (row, notes[row])
        for place, value in enumerate(sound(row), start=1):
            sheet.cell(row, place).value = value
