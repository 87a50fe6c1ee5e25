"""From the call to the start line: three units send their lists, the field is drawn, printed, and begins.

Six hundred people in three lists of different shapes with thirty faults of fifteen kinds: each is shown at
its cell, in the preview and in the copy that comes back; the lists are corrected in that copy.
"""

from io import BytesIO
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page, expect
from sqlalchemy import func, select

from competitions.draw.models import EntryCode
from competitions.entries.models import ImportBatch
from competitions.events.models import Event
from competitions.lists.workbook import TYPE
from competitions.organisations.models import Unit
from core.database import db
from scoring.sheets.models import Sheet
from tests.browser import lists
from tests.browser.lists import EACH, SHAPES, UNITS
from tests.browser.steps import confirm, downloaded, open_tab, pdf_text, sign_in, take_step, text_of
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import PASSWORD, build_user, password_hash
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_union
from tests.factories.scoring import build_scheme

pytestmark = pytest.mark.browser
ALL = EACH * len(UNITS)
RED, ROSE = "00A9231F", "00FBE3E1"


@pytest.fixture
def place(app):
    """A contest of welders that is open, its scheme and its judges; nobody is registered."""
    with app.app_context():
        session = db.session
        union = build_union(session, name="演示机械冶金工会")
        event = build_event(
            session, "registration", name="焊工",
            competition=build_competition(session, profile="standard", union=union),
        )  # fmt: skip
        build_scheme(session, event)
        known = {"password_hash": password_hash()}
        build_user(session, "organiser", [("organiser", "union", union.id)], **known)
        build_user(session, "draw", [("draw_officer", "event", event.id)], **known)
        for number in (1, 2, 3):
            judge = build_user(session, f"judge{number}", **known)
            build_appointment(session, event, ["T", "P"], user=judge, chief=number == 1)
        session.commit()
        return SimpleNamespace(event=event.id, path=f"/events/{event.id}")


@POSTGRESQL_IN_DEEP
def test_from_three_units_lists_to_the_start_of_scoring(app, open_page, place, tmp_path):
    organiser = open_page()
    sign_in(organiser, "organiser", PASSWORD)
    register_units(organiser)
    give_registrars(app)
    for unit in range(len(UNITS)):
        registrar = open_page()
        sign_in(registrar, f"unit{unit}", PASSWORD)
        import_list(registrar, place, unit, tmp_path)
        registrar.context.close()
    assert counted(app, ImportBatch) == len(UNITS)

    vet(organiser, place)
    take_step(organiser, "截止报名")
    officer = open_page()
    sign_in(officer, "draw", PASSWORD)
    draw(officer, place)
    read_papers(app, organiser, place, tmp_path)
    take_step(organiser, "开始评分")
    # The theory has one paper for the whole panel, the practice one for each of three judges.
    assert counted(app, Sheet) == ALL * (1 + 3)
    with app.app_context():
        assert db.session.get(Event, place.event).state == "scoring"
        db.session.rollback()
    judge = open_page(tablet=True)
    sign_in(judge, "judge2", PASSWORD)
    expect(judge.get_by_text(f"已签 0 / {ALL} 份")).to_have_count(1)


# ------------------------------------------------------------- the units and their registrars


def register_units(page: Page) -> None:
    for name, code in zip(UNITS, lists.CODES, strict=True):
        page.goto("/organisations/units/new")
        page.locator("#name").fill(name)
        page.locator("#credit_code").fill(code)
        page.locator("#union_id").select_option(index=1)  # the first is: choose one
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_text(f"“{name}”已新增。")).to_be_visible()


def give_registrars(app) -> None:
    """Let somebody sign in for each unit, as an administrator has arranged it."""
    with app.app_context():
        for number, name in enumerate(UNITS):
            unit = db.session.scalars(select(Unit).where(Unit.name == name)).one()
            grants = [("registrar", "unit", unit.id)]
            build_user(db.session, f"unit{number}", grants, password_hash=password_hash())
        db.session.commit()


def import_list(page: Page, place, unit: int, folder) -> None:
    """Send a list, read what is wrong with it, correct it in the copy that comes back, and enter it."""
    send(page, place, lists.workbook(unit))
    faults = {one.row: one.fault for one in lists.planted() if one.unit == unit}
    assert len(faults) == 10
    shown = shown_faults(page)
    assert {(row, cell) for row, cell, _why in shown} == {
        (row, address(unit, fault.field)) for row, fault in faults.items()
    }
    for row, _cell, why in shown:
        assert faults[row].why in why, (row, why)
    copy = load_workbook(downloaded(page, "下载带错误说明的名单", folder))
    correct(copy.active, unit, faults)
    target = BytesIO()
    copy.save(target)
    send(page, place, target.getvalue())
    page.get_by_role("button", name=f"确认登记 {EACH} 项").click()
    done = f"第 {unit + 1} 批：新增 {EACH} 条报名，改动 0 条，未导入 0 行。"
    expect(page.get_by_text(done)).to_be_visible()


def send(page: Page, place, data: bytes) -> None:
    """Upload a list and wait for its preview."""
    page.goto(f"{place.path}/entries/import")
    page.locator("#file").set_input_files(FilePayload(name="报名表.xlsx", mimeType=TYPE, buffer=data))
    page.get_by_role("button", name="检查").click()
    page.wait_for_url("**/import/*")


def address(unit: int, field: str) -> str:
    """Return a column as the preview names it: its letter, and the heading as the unit wrote it."""
    return f"{SHAPES[unit].letter_of(field)} {SHAPES[unit].heading_of(field)}"


def shown_faults(page: Page) -> list[tuple[int, str, str]]:
    """Return (row, column, why) of every fault in the tabs of what is wrong and what is double."""
    found = []
    tabs = page.get_by_role("navigation", name="按处理结果分组")
    for tab in ("有错误", "重复"):
        tabs.get_by_role("link", name=tab).click()
        expect(tabs.locator("[aria-current]")).to_contain_text(tab)
        for cells in page.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"
        ):
            found.append((int(cells[0]), cells[1], cells[3]))
    return found


def correct(sheet, unit: int, faults) -> None:
    """Read each red note, look at the cells that are tinted, and put the rows right."""
    shape = SHAPES[unit]
    (notes,) = [cell.column for cell in sheet[shape.header] if cell.value == "错误说明"]
    told = {row: sheet.cell(row, notes).value for row in range(shape.header + 1, sheet.max_row + 1)}
    assert {row for row, words in told.items() if words} == faults.keys()
    for row, fault in faults.items():
        assert told[row].startswith(f"{address(unit, fault.field)}："), told[row]
        assert fault.why in told[row]
        note, cell = sheet.cell(row, notes), sheet[f"{shape.letter_of(fault.field)}{row}"]
        assert (note.font.color.rgb, note.fill.start_color.rgb) == (RED, ROSE)
        assert cell.fill.start_color.rgb == ROSE
        lists.write(sheet, shape, row, lists.somebody(unit, row - shape.header - 1))


# ------------------------------------------------------------- the organiser and the draw officer


def vet(page: Page, place) -> None:
    page.goto(f"{place.path}/entries/")
    page.get_by_role("button", name="全部通过").click()
    confirm(page)
    expect(page.get_by_text(f"{ALL} 项报名已通过。")).to_be_visible()


def draw(page: Page, place) -> None:
    page.goto(f"{place.path}/draw/")
    for button in ("开始抽签", "确认抽签结果"):
        page.get_by_role("button", name=button).click()
        confirm(page)
        expect(page.get_by_role("button", name=button)).to_be_hidden()


def read_papers(app, page: Page, place, folder) -> None:
    """Print what the day needs: names without codes, codes without names."""
    names = [lists.somebody(unit, n).name for unit in range(len(UNITS)) for n in range(EACH)]
    with app.app_context():
        codes = list(db.session.scalars(select(EntryCode.code)))
        db.session.rollback()
    assert len(set(codes)) == len(set(names)) == ALL
    open_tab(page, "资料")
    for paper in ("PDF 参赛名册", "PDF 检录表（按单位）", "PDF 秩序册"):
        text = pdf_text(page, paper, folder)
        assert [name for name in names if name not in text] == [], paper
        assert [code for code in codes if code in text] == [], paper
    record = pdf_text(page, "PDF 抽签记录", folder)
    assert [code for code in codes if code not in record] == []
    assert [name for name in (*names, *UNITS) if name in record] == []
    sheets = page.request.get(f"{place.path}/papers/mark-sheets.pdf?stage=P&judge=J2").body()
    text = text_of(sheets, folder)
    assert [code for code in codes if code not in text] == []
    assert [name for name in (*names, *UNITS) if name in text] == []


def counted(app, model) -> int:
    with app.app_context():
        number = db.session.scalar(select(func.count()).select_from(model))
        db.session.rollback()
    return number
