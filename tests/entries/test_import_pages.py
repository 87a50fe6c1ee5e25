"""From the template to the entries in the browser: checked, previewed, confirmed; all of it or nothing."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from competitions.entries.models import Entry, ImportBatch, Person
from competitions.organisations.models import Unit
from tests.client import visible
from tests.entries.hostile import CORPUS
from tests.entries.tables import HEADINGS, id_number, saved, workbook
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

NAMES = ("吴 䶮", "张𬭎", "阿卜杜拉·买买提", "=cmd|'/C calc'!A0")


@pytest.fixture
def event(session):
    """An open contest, its unit 演示甲厂 and its organiser as `event.organiser`."""
    event = build_event(session, "registration")
    build_unit(session, name="演示甲厂")
    event.organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    return event


def upload(page, event, data, status, name="名单.xlsx"):
    """Send a file and return the answer."""
    path = f"/events/{event.id}/entries/import"
    return page.post(path, {"file": (io.BytesIO(data), name)}, status, content_type="multipart/form-data")


def numbers(session, *models):
    session.rollback()
    found = [session.scalar(select(func.count()).select_from(model)) for model in models]
    session.rollback()
    return found


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_template_filled_in_becomes_entries(session, browser, event, locale):
    page = browser(event.organiser, locale=locale)
    template = page.get(f"/events/{event.id}/entries/template.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    assert sheet.column_dimensions["D"].number_format == "@"
    assert "units!$A$1:$A$1" in [rule.formula1 for rule in sheet.data_validations.dataValidation]
    for number, name in enumerate(NAMES, start=3):
        values = [number, name, "演示甲厂", id_number(number), "13800000000", "技师"]
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(number, column)
            cell.value = value
            cell.data_type = "n" if value == number else "s"
    preview = upload(page, event, saved(book), 302).location
    page.get(preview)
    shown = visible(page.page)
    assert all(name.replace("'", "&#39;") in shown for name in NAMES)
    assert id_number(3) not in page.page
    page.post(preview)
    assert list(session.scalars(select(Entry.name).order_by(Entry.number))) == list(NAMES)
    session.rollback()
    # The check is used up: a second press enters nobody again.
    page.post(preview, status=409)
    assert numbers(session, Entry, ImportBatch) == [4, 1]


def test_every_fault_is_shown_with_its_place_and_nothing_is_written(session, browser, event):
    page = browser(event.organiser)
    before = numbers(session, Entry, Person, Unit, ImportBatch)
    rows = [("张三", "演示甲厂", "110105194912310021"), ("", "演示甲厂"), ("李四", "演示新厂", "", "12345")]
    page.get(upload(page, event, workbook(rows), 302).location)
    shown = visible(page.page)
    for text in ("共 3 处错误", "3 行（名单.xlsx）", "C 身份证号", "A 姓名", "D 手机号", "校验码不符"):
        assert text in shown
    assert "110*************21" in shown
    assert "110105194912310021" not in page.page
    assert numbers(session, Entry, Person, Unit, ImportBatch) == before
    kept = list(Path(page.client.application.instance_path).glob("uploads/*"))
    assert kept
    assert not any("张三".encode() in file.read_bytes() for file in kept)


def test_units_that_nobody_registered_come_along_when_ticked(session, browser, event):
    page = browser(event.organiser)
    preview = upload(page, event, workbook([("张三", "演示甲工厂"), ("李四", "演示甲厂")]), 302).location
    page.get(preview)
    assert re.search(r"演示甲工厂.*演示甲厂", visible(page.page))
    page.post(preview, status=422)
    assert "没有登记过这家单位" in page.page
    assert numbers(session, Entry, Unit) == [0, 1]
    page.post(preview, {"register_units": "y"})
    assert numbers(session, Entry, Unit) == [2, 2]


def test_what_changed_since_the_check_is_told_at_the_confirmation(session, browser, event):
    page = browser(event.organiser)
    data = workbook([("张三", "演示甲厂")])
    first, second = (upload(page, event, data, 302).location for _again in range(2))
    page.post(first)
    page.get(second)
    assert "此文件已于" in page.page
    page.post(second, status=422)
    assert "已在本赛项登记，编号 1" in page.page
    assert numbers(session, Entry, ImportBatch) == [1, 1]


def test_a_check_belongs_to_whoever_made_it(session, browser, event):
    grants = [("organiser", "union", event.competition.union_id)]
    other = build_user(session, grants=grants)
    elsewhere = build_event(session, "registration", competition=event.competition)
    session.commit()
    preview = upload(browser(event.organiser), event, workbook([("张三", "演示甲厂")]), 302).location
    browser(other).get(preview, 409)
    browser(other).post(preview, status=409)
    browser(event.organiser).get(preview.replace(f"/{event.id}/", f"/{elsewhere.id}/"), 409)
    browser(event.organiser).get(preview[:-1] + ("0" if preview[-1] != "0" else "1"), 409)


def test_a_discarded_check_is_gone(session, browser, event):
    page = browser(event.organiser)
    preview = upload(page, event, workbook([("张三", "演示甲厂")]), 302).location
    page.post(f"{preview}/discard")
    page.get(preview, 409)
    assert numbers(session, Entry) == [0]


def test_whoever_registers_for_a_unit_imports_that_unit_alone(session, browser, event):
    unit = build_unit(session, name="演示乙厂")
    registrar = build_user(session, grants=[("registrar", "unit", unit.id)])
    draft = build_event(session, "draft")
    session.commit()
    page = browser(registrar)
    page.get(upload(page, event, workbook([("张三", "演示乙厂"), ("李四", "演示甲厂")]), 302).location)
    assert "您只能为本单位报名" in page.page
    page.post(upload(page, event, workbook([("张三", "演示乙厂")]), 302).location)
    assert numbers(session, Entry) == [1]
    page.get(f"/events/{draft.id}/entries/import", 403)


def test_columns_in_doubt_are_asked_about_and_remembered(session, browser, event):
    page = browser(event.organiser)
    headings = ("参赛者", "参赛者所在单位", "服装尺码")
    data = workbook([("张三", "演示甲厂", "大号"), ("李四", "演示甲厂", "中号")], headings)
    columns = upload(page, event, data, 302).location
    assert columns.endswith("/columns")
    page.get(columns)
    shown = visible(page.page)
    for text in ("B", "参赛者所在单位", "推测", "未识别", "大号、中号"):
        assert text in shown
    page.post(columns, {"columns-0": "name", "columns-1": "name", "columns-2": ""}, 422)
    assert "会读成同一项" in visible(page.page)
    page.post(columns, {"columns-0": "name", "columns-1": "shoe", "columns-2": ""}, 422)
    preview = page.post(columns, {"columns-0": "name", "columns-1": "unit", "columns-2": ""}).location
    page.get(preview)
    assert "李四" in page.page
    page.post(preview)
    assert numbers(session, Entry) == [2]
    # The next list of this shape needs no question, but the step can still be reached.
    again = upload(page, event, data, 302).location
    assert not again.endswith("/columns")
    page.get(again)
    assert f"{again}/columns" in page.page


def test_a_hostile_file_is_an_answer_and_no_fault(browser, event):
    page = browser(event.organiser)
    for name in ("zip bomb", "billion laughs in the strings", "password", "cut short", "empty file"):
        filename, make, _code = CORPUS[name]
        upload(page, event, make(), 422, filename)
        assert "field__error" in page.page


def test_without_a_file_the_page_asks_for_one(browser, event):
    page = browser(event.organiser)
    page.post(f"/events/{event.id}/entries/import", {}, 422)
    assert "请先选择文件" in page.page


def test_a_closed_registration_takes_no_confirmation(session, browser, event):
    page = browser(event.organiser)
    preview = upload(page, event, workbook([("张三", "演示甲厂")], HEADINGS), 302).location
    event.state = "ready"
    session.commit()
    page.post(preview, status=409)
    assert numbers(session, Entry) == [0]
