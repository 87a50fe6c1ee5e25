"""A contest of each kind of activity, set up from its template with few acts, run to papers and figures.

Awards for innovations are in test_innovation.py, contests held elsewhere in test_declared.py.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from core.database import db
from scoring.desk.queries import aspects_by_place
from scoring.schemes.queries import get_scheme
from scoring.sheets.queries import list_sheets
from scoring.sheets.states import EDITABLE
from tests.browser.hands import MOST, counted
from tests.browser.starting import STARTS, Start
from tests.browser.steps import confirm, open_tab, pdf_text, take_step
from tests.factories import catalogue
from tests.factories.accounts import build_user
from tests.factories.marking import mark
from tests.factories.organisations import build_union, build_unit

pytestmark = [
    pytest.mark.browser,
    # What is stored is tested on both databases where it is stored; this is about the pages.
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]
UNITS = ("演示甲厂", "演示乙厂")
DEEP = ("industry", "trade", "worldskills")  # made of what the others have been gone through with
KEYS = [pytest.param(key, marks=pytest.mark.deep if key in DEEP else ()) for key in STARTS]


@pytest.fixture
def organiser(app):
    """An organiser of a union that has two units."""
    with app.app_context():
        db.session().expire_on_commit = False
        union = build_union(db.session, name="演示产业工会")
        for name in UNITS:
            build_unit(db.session, name=name, union_id=union.id)
        for start in STARTS.values():
            catalogue.build_activity_kind(db.session, start.kind)
        catalogue.build_level(db.session)
        catalogue.build_industry(db.session)
        catalogue.build_trade(db.session)
        for number in range(1, 6):
            build_user(db.session, f"judge{number}")
        found = build_user(db.session, "organiser", [("organiser", "union", union.id)])
        db.session.commit()
        return found


@pytest.mark.parametrize("key", KEYS)
def test_from_a_template_to_certificates_and_figures(app, organiser, open_page, tmp_path: Path, key):
    start, page = STARTS[key], open_page(organiser)
    with counted() as hands:
        set_up(page, start)
    assert (0 < hands.clicks <= MOST, 0 < hands.fields <= MOST) == (True, True), hands
    event = page.url.rstrip("/").split("/")[-1]
    if start.checks:
        check_first_period(page, start)
    give_values(app, int(event), start)
    for step in ("统分", "公布成绩", "确认成绩"):
        take_step(page, step)
    open_tab(page, "成绩")
    for name, total in zip(names(start), start.totals, strict=True):
        expect(page.locator("tbody tr", has_text=name).first).to_contain_text(total)
    open_tab(page, "证书")
    page.get_by_role("button", name="颁发证书").click()
    confirm(page)
    text = pdf_text(page, "全部证书（PDF）", tmp_path)
    assert (names(start)[0] in text, start.prize in text) == (True, True)
    if start.standings:
        see_standings(page, start)
    page.goto("/statistics/")
    cells = page.locator("main tfoot td")
    expect(cells.nth(3)).to_have_text("2" if start.people else "0")  # 参赛人次
    expect(cells.nth(5)).to_have_text("2")  # 参赛单位数


def names(start: Start) -> tuple[str, str]:
    return ("演示张一", "演示李二") if start.people else UNITS


def set_up(page: Page, start: Start) -> None:
    """Everything that has to be done until marks can be given."""
    page.goto("/competitions/")
    page.get_by_role("link", name="从模板新建").first.click()
    page.get_by_role("link", name=f"选择：{start.template}").click()
    page.get_by_label("竞赛名称").fill("2026年演示竞赛")
    page.get_by_label("级别与类别").select_option("省级")
    page.get_by_label("所属工会").select_option("演示产业工会")
    page.get_by_label("机械", exact=True).check()
    if start.trade:
        page.get_by_label("工种").fill("焊工")
    if start.periods:
        page.get_by_role("textbox", name="考核期").fill(start.periods)
    page.get_by_role("button", name="建立").click()
    take_step(page, "开放报名")
    enter(page, start)
    take_step(page, "截止报名")
    take_step(page, "开始评分")


def enter(page: Page, start: Start) -> None:
    """Enter who takes part and who marks."""
    for name, unit in zip(names(start), UNITS, strict=True):
        open_tab(page, "参赛名单")
        page.get_by_role("link", name="新增报名").first.click()
        page.get_by_label("单位", exact=True).fill(unit)
        if start.people:
            page.get_by_label("姓名").fill(name)
        page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="全部通过").click()
    confirm(page)
    for number in range(1, start.judges + 1):
        open_tab(page, "裁判")
        page.get_by_role("link", name="聘请裁判").first.click()
        page.locator("#old-who").fill(f"judge{number}")
        page.get_by_role("button", name="聘请", exact=True).click()


def check_first_period(page: Page, start: Start) -> None:
    """Enter what the office has checked of the first unit in the first period."""
    open_tab(page, "各期考核")
    page.locator("main table a[href*='/periods/']").first.click()
    page.get_by_role("link", name=UNITS[0]).click()
    for code, value in next(iter(start.first.values())).items():
        page.locator(f"[name=checked-{code}]").fill(value)
    page.get_by_role("button", name="核定").click()
    confirm(page)
    expect(page.get_by_text(f"{UNITS[0]}：已核定")).to_be_visible()


def see_standings(page: Page, start: Start) -> None:
    """Look at the first standing: the unit of the first is first."""
    page.get_by_role("link", name="2026年演示竞赛").first.click()
    links = page.locator("main a[href*='/standings/']:not([href$='new'])")
    expect(links).to_have_count(start.standings)
    links.first.click()
    expect(page.locator("main tbody tr").first).to_contain_text(start.leader)


def give_values(app, event_id: int, start: Start) -> None:
    """Give the rest through the door of the sheets, where all judges of a panel agree."""
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        found = select(EntryCode.code, Entry.name).join(Entry, Entry.id == EntryCode.entry_id)
        values = {
            code: start.first if name == names(start)[0] else start.second
            for code, name in db.session.execute(found).all()
        }
        scheme = get_scheme(db.session, event_id)
        own = {one.code: aspects_by_place(db.session, event_id, scheme, one) for one in scheme.stages}
        for row in list_sheets(db.session, event_id):
            if row.state in EDITABLE:
                said = values[row.entry][row.stage]
                marks = {code: said[code] for code in own[row.stage][row.entry, row.judge]}
                mark(db.session, event, row.judge, row.entry, row.stage, marks)
        db.session.commit()
