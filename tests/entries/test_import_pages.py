"""From the template to the entries in the browser: checked, previewed, confirmed; all of it or nothing."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from competitions.entries import services
from competitions.entries.models import Entry, ImportBatch, Person
from competitions.organisations.models import Unit
from tests.client import visible
from tests.entries.hostile import CORPUS
from tests.entries.tables import FIELDS, HEADINGS, asked, id_number, saved, table, workbook
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_union, build_unit

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
        values = [number, name, "演示甲厂", id_number(number), "13800000000", "焊工", "技师"]
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


def test_the_template_offers_the_units_in_scope_alone(session, browser, event):
    union = event.competition.union_id
    below = build_union(session, parent_id=union)
    build_unit(session, name="演示下级厂", union_id=below.id)
    build_unit(session, name="演示外会厂", union_id=build_union(session).id)
    own = build_unit(session, name="演示本级厂", union_id=union)
    registrar = build_user(session, grants=[("registrar", "unit", own.id)])
    session.commit()
    path = f"/events/{event.id}/entries/template.xlsx"
    offered = {}
    for user in (event.organiser, registrar):
        book = openpyxl.load_workbook(io.BytesIO(browser(user).get(path).data))
        assert book["units"].sheet_state == "hidden"
        offered[user] = {cell.value for cell in book["units"]["A"]}
    # 演示甲厂 belongs to no union, so that any contest may enter it.
    assert offered == {event.organiser: {"演示下级厂", "演示本级厂", "演示甲厂"}, registrar: {"演示本级厂"}}


def test_every_fault_is_shown_with_its_place_and_nothing_is_written(session, browser, event):
    page = browser(event.organiser)
    before = numbers(session, Entry, Person, Unit, ImportBatch)
    rows = [("张三", "演示甲厂", "110105194912310021"), ("", "演示甲厂"), ("李四", "演示新厂", "", "12345")]
    page.get(upload(page, event, workbook(rows), 302).location)
    shown = visible(page.page)
    for text in ("可导入 0", "有错误 3", "名单.xlsx", "C 身份证号", "A 姓名", "D 手机号", "校验码不符"):
        assert text in shown
    assert "110*************21" in shown
    assert "110105194912310021" not in page.page
    assert numbers(session, Entry, Person, Unit, ImportBatch) == before
    kept = list(Path(page.client.application.instance_path).glob("uploads/*"))
    assert kept
    assert not any("张三".encode() in file.read_bytes() for file in kept)


def test_an_unknown_unit_is_asked_about_once_for_all_its_rows(session, browser, event):
    page = browser(event.organiser)
    rows = [("张三", "演示甲工厂"), ("李四", "演示甲厂"), ("王五", "演示甲工厂"), ("赵六", "演示新公司")]
    preview = upload(page, event, workbook(rows), 302).location
    page.get(preview)
    shown = visible(page.page)
    assert "可导入 1" in shown
    assert "有错误 3" in shown
    assert "您是不是要填：演示甲厂？" in shown
    page.post(preview, status=422)
    assert "共 3 处错误" in visible(page.page)
    assert numbers(session, Entry, Unit) == [0, 1]
    said = {"units-0-name": "演示甲工厂", "units-0-meant": "演示甲厂", "units-1-name": "演示新公司"}
    page.post(f"{preview}/units", said | {"units-1-meant": "演示无此单位"})
    page.get(preview)
    assert "可导入 3" in visible(page.page)
    page.post(f"{preview}/units", {"units-0-name": "演示新公司", "units-0-meant": "", "all_new": "y"})
    page.post(preview)
    assert numbers(session, Entry, Unit) == [4, 2]
    units = list(session.scalars(select(Unit.name).join(Entry, Entry.unit_id == Unit.id)))
    assert sorted(units) == ["演示新公司", "演示甲厂", "演示甲厂", "演示甲厂"]


def test_the_right_rows_can_be_imported_and_the_wrong_ones_left(session, browser, event):
    page = browser(event.organiser)
    rows = [("张三", "演示甲厂"), ("李四", "演示甲厂", "123"), ("张三", "演示甲厂"), ("王五", "演示甲厂")]
    preview = upload(page, event, workbook(rows), 302).location
    page.get(preview)
    for text in ("可导入 2", "有错误 1", "重复 1", "有变化 0", "只导入正确的 2 行"):
        assert text in visible(page.page)
    page.get(f"{preview}?group=double")
    assert "与第 2 行重复" in visible(page.page)
    page.post(preview, {"mode": "right"})
    assert list(session.scalars(select(Entry.name).order_by(Entry.number))) == ["张三", "王五"]


def test_a_preview_that_is_no_longer_true_is_not_confirmed(session, browser, event):
    page = browser(event.organiser)
    preview = upload(page, event, workbook([("张三", "演示甲厂"), ("李四", "演示甲厂")]), 302).location
    page.get(preview)
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page.page)[1]
    other = upload(page, event, workbook([("李四", "演示甲厂")]), 302).location
    page.post(other)
    page.post(preview, {"mode": "right", "seen": seen}, 422)
    assert "预览之后情况有变" in visible(page.page)
    assert numbers(session, Entry) == [1]
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page.page)[1]
    page.post(preview, {"mode": "right", "seen": seen})
    assert numbers(session, Entry) == [2]


@pytest.fixture
def entered(session, event, request):
    """The contest for entries of a kind, with one team or unit, or four people, of 演示甲厂; and 演示乙厂."""
    event.entry_kind = request.param
    build_unit(session, name="演示乙厂")
    numbered = enumerate(NAMES if request.param != "unit" else NAMES[:1], start=1)
    rows = [("一队", name, "演示甲厂", id_number(place), "13800000000", "技师") for place, name in numbered]
    data = table(*rows, fields=("group", *FIELDS))
    services.add_entries(session, event, data, asked(event), actor_id=None, now=MOMENT)
    session.commit()
    return event


KINDS = pytest.mark.parametrize("entered", ["person", "team", "unit"], indirect=True)
ROWS_OF = {"person": 4, "team": 4, "unit": 1}


@KINDS
@pytest.mark.parametrize(("locale", "word"), [("zh", "无变化"), ("en", "Unchanged")])
def test_the_list_that_was_exported_comes_back_unchanged(session, browser, entered, locale, word):
    page = browser(entered.organiser, locale=locale)
    exported = page.get(f"/events/{entered.id}/entries/list.xlsx").data
    preview = upload(page, entered, exported, 302).location
    page.get(preview)
    assert f"{word} {ROWS_OF[entered.entry_kind]}" in visible(page.page)
    page.post(preview, status=422)
    assert numbers(session, ImportBatch) == [0]


@KINDS
def test_what_was_changed_in_the_exported_list_is_shown_and_applied(session, browser, entered):
    page, rows = browser(entered.organiser), ROWS_OF[entered.entry_kind]
    exported = page.get(f"/events/{entered.id}/entries/list.xlsx").data
    book = openpyxl.load_workbook(io.BytesIO(exported))
    column = next(cell.column for cell in book.active[1] if cell.value == "单位")
    for row in range(2, rows + 2):
        book.active.cell(row, column).value = "演示乙厂"
    preview = upload(page, entered, saved(book), 302).location
    page.get(preview)
    assert f"有变化 {rows}" in visible(page.page)
    assert re.search("演示甲厂.*演示乙厂", visible(page.page))
    page.post(preview, {"apply_changes": "y"})
    units = session.scalars(select(Unit.name).join(Entry, Entry.unit_id == Unit.id))
    assert list(units) == ["演示乙厂"] * {"person": 4, "team": 1, "unit": 1}[entered.entry_kind]


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


def test_how_far_the_work_has_come_is_told_to_whoever_sent_the_list_alone(session, browser, event):
    other = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    page, token = browser(event.organiser), "0" * 31 + "7"
    rows = [(f"选手{'甲' * (1 + n // 50)}{'乙' * (1 + n % 50)}", "演示甲厂") for n in range(600)]
    path = f"/events/{event.id}/entries/import"
    page.get(path)
    assert f'data-progress="{path}/' in page.page
    sent = {"file": (io.BytesIO(workbook(rows)), "名单.xlsx"), "token": token}
    preview = page.post(path, sent, 302, content_type="multipart/form-data").location
    assert preview.endswith(token)
    # 500 of 601 rows read is 5/6 of the first 60 hundredths; 500 of 600 checked is 5/6 of the next 35.
    assert page.get(f"{preview}/progress").json == {"stage": "read", "percent": 49}
    page.get(preview)
    assert page.get(f"{preview}/progress").json == {"stage": "check", "percent": 89}
    assert browser(other).get(f"{preview}/progress").json == {"stage": "", "percent": 0}
    page.post(preview)
    assert page.get(f"{preview}/progress").json == {"stage": "", "percent": 0}


def test_a_closed_registration_takes_no_confirmation(session, browser, event):
    page = browser(event.organiser)
    preview = upload(page, event, workbook([("张三", "演示甲厂")], HEADINGS), 302).location
    event.state = "ready"
    session.commit()
    page.post(preview, status=409)
    assert numbers(session, Entry) == [0]
