"""The whole path as three people walk it through the pages, from a new competition to its statistics."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from core.database import db
from tests.browser.steps import confirm, downloaded, open_tab, pdf_text, sign_in, take_step
from tests.factories import catalogue
from tests.factories.accounts import PASSWORD, build_user, password_hash
from tests.factories.organisations import build_union

pytestmark = [
    pytest.mark.browser,
    # The other long ways through the product (start line, appeal, kinds) are gone on SQLite from day to day.
    pytest.mark.parametrize(
        "app", [pytest.param("sqlite", marks=pytest.mark.deep), "postgresql"], indirect=True
    ),
]

COMPETITION = "2026年机械冶金系统职业技能竞赛"
STEEL, MINE, POWER = "演示钢铁公司", "演示黄金矿业", "演示供电公司"


@dataclass(frozen=True)
class Competitor:
    """An entrant, what the judge gives, and what the library's scheme 理论 30% + 实操 70% makes of it."""

    name: str
    unit: str
    paper: str  # 卷面分, of 100
    practice: dict[str, str]  # by aspect: 操作规范 of 20, faults of 2 points from 10, 尺寸 of 40, 外观 of 30
    total: str
    prize: str = ""


def practice(conduct: str, faults: str, size: str, looks: str, minutes: str, seconds: str) -> dict[str, str]:
    """Return the values of a practice sheet by the names of its fields."""
    return {
        "A1-1-a": conduct, "A2-1-a": faults, "B1-1-a": size, "B2-1-a": looks,
        "C1-1-a": minutes, "C1-1-b": seconds,
    }  # fmt: skip


# Six who came: 10 % are 0.6, so one first prize; 20 % are 1.2, one second; 30 % are 1.8, two third prizes.
# 阿卜杜拉·买买提 and 赵一 have the same total; the higher practice score (90 against 87) goes first.
FIELD = (
    # 0.3 × 96 + 0.7 × (19 + 10 + 40 + 29.5 = 98.5) = 28.8 + 68.95
    Competitor("李䶮", STEEL, "96", practice("19", "0", "40", "29.5", "92", "30"), "97.75", "一等奖"),
    # 0.3 × 90 + 0.7 × (18 + 8 + 38 + 28 = 92) = 27 + 64.4
    Competitor("王𬭎", MINE, "90", practice("18", "1", "38", "28", "95", "0"), "91.40", "二等奖"),
    # 0.3 × 91.5 + 0.7 × (17.5 + 8 + 37.5 + 27 = 90) = 27.45 + 63
    Competitor(
        "阿卜杜拉·买买提", POWER, "91.5", practice("17.5", "1", "37.5", "27", "99", "5"), "90.45", "三等奖"
    ),
    # 0.3 × 98.5 + 0.7 × (17 + 10 + 33 + 27 = 87) = 29.55 + 60.9
    Competitor("演示赵一", STEEL, "98.5", practice("17", "0", "33", "27", "90", "0"), "90.45", "三等奖"),
    # 0.3 × 80.5 + 0.7 × (15 + 6 + 30 + 24 = 75) = 24.15 + 52.5
    Competitor("演示钱二", MINE, "80.5", practice("15", "2", "30", "24", "88", "59.5"), "76.65"),
    # 0.3 × 60 + 0.7 × (12 + 4 + 25 + 19 = 60) = 18 + 42
    Competitor("演示孙三", STEEL, "60", practice("12", "3", "25", "19", "110", "0"), "60.00"),
)
WINNERS = [competitor.name for competitor in FIELD if competitor.prize]
FIGURES = {
    "竞赛数": 1, "竞赛项数": 1, "竞赛场次": 2, "参赛人次": 6, "参赛人数": 6, "参赛单位数": 3, "获奖数": 4,
    "其中一等奖": 1, "举办单位数": 1, "晋升等级人次": 0, "已公布成绩": 1,
}  # fmt: skip


@pytest.fixture
def person(app, open_page):
    """Return a maker of people with a browser each; whatever leaves this machine fails the test."""
    with app.app_context():
        union = build_union(db.session, name="演示机械冶金工会")
        for login, role in (("organiser", "organiser"), ("analyst", "analyst")):
            build_user(db.session, login, [(role, "union", union.id)], password_hash=password_hash())
        build_catalogue(db.session)
        db.session.commit()
    asked = set()

    def make(*, tablet: bool = False) -> Page:
        page = open_page(tablet=tablet)
        page.context.on("request", lambda request: asked.add(urlsplit(request.url).hostname))
        return page

    yield make
    assert asked == {"127.0.0.1"}


def build_catalogue(session):
    catalogue.build_activity_kind(session)
    catalogue.build_level(session)
    catalogue.build_industry(session)
    catalogue.build_region(session)
    catalogue.build_trade(session)


def test_from_a_new_competition_to_its_statistics(app, person, tmp_path):
    organiser = person()
    sign_in(organiser, "organiser", PASSWORD)
    create_competition(organiser)
    create_event(organiser)
    take_scheme(organiser)
    take_step(organiser, "开放报名")
    import_entrants(organiser, tmp_path)
    approve_entrants(organiser)
    link = invite_judge(organiser)

    judge = person(tablet=True)
    accept_invitation(judge, link)

    take_step(organiser, "截止报名")
    take_step(organiser, "开始评分")
    mark_everything(judge, competitors_by_code(app))

    see_ranking(organiser)
    take_step(organiser, "统分")
    record_sittings(organiser)
    take_step(organiser, "公布成绩")
    take_step(organiser, "确认成绩")
    see_ranking(organiser)
    issue_certificates(organiser, tmp_path)

    analyst = person()
    sign_in(analyst, "analyst", PASSWORD)
    read_statistics(analyst, tmp_path)


# ------------------------------------------------------------- the organiser


def create_competition(page: Page) -> None:
    page.goto("/competitions/")
    page.get_by_role("link", name="新建竞赛").first.click()
    page.get_by_label("竞赛名称").fill(COMPETITION)
    page.get_by_label("年度").fill("2026")
    page.get_by_label("活动类别").select_option("职业技能竞赛（按工种）")
    page.get_by_label("级别与类别").select_option("省级")
    page.get_by_label("所属工会").select_option("演示机械冶金工会")
    page.get_by_label("机械", exact=True).check()
    page.get_by_label("地区").select_option("山东省")
    page.get_by_label("开始日期").fill("2026-05-20")
    page.get_by_label("结束日期").fill("2026-05-22")
    page.get_by_label("主办").fill("演示机械冶金工会")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(COMPETITION)


def create_event(page: Page) -> None:
    page.get_by_role("link", name="新增赛项").first.click()
    page.get_by_label("赛项名称").fill("焊工决赛")
    page.get_by_label("工种").fill("6-18-02-04")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("焊工决赛")


def take_scheme(page: Page) -> None:
    open_tab(page, "评分方案")
    page.get_by_role("link", name="从方案库开始").click()
    page.get_by_role("button", name="选用此方案：理论 + 实操").click()
    expect(page.locator("main")).to_contain_text("卷面分")


def import_entrants(page: Page, folder: Path) -> None:
    open_tab(page, "参赛名单")
    page.get_by_role("link", name="导入名单").first.click()
    template = downloaded(page, "下载模板", folder)
    page.get_by_label("Excel 工作簿").set_input_files(filled(template, folder / "参赛名单.xlsx"))
    page.get_by_role("button", name="检查文件").click()
    expect(page.get_by_role("table", name="尚未登记的单位")).to_contain_text(STEEL)
    page.get_by_role("button", name="其余全部登记").click()
    page.get_by_role("button", name="确认登记 6 项").click()
    expect(page.get_by_text("第 1 批：新增 6 条报名，改动 0 条，未导入 0 行。")).to_be_visible()


def filled(template: Path, target: Path) -> Path:
    """Write the entrants below the example of the template, as somebody would in Excel."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    column = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for row, competitor in enumerate(FIELD, start=3):
        sheet.cell(row, column["姓名"], competitor.name)
        sheet.cell(row, column["单位"], competitor.unit)
    book.save(target)
    return target


def approve_entrants(page: Page) -> None:
    page.get_by_role("button", name="全部通过").click()
    confirm(page)
    expect(page.get_by_text("6 项报名已通过。")).to_be_visible()


def invite_judge(page: Page) -> str:
    """Appoint somebody who has no account yet; return the link to hand over."""
    open_tab(page, "裁判")
    page.get_by_role("link", name="聘请裁判").first.click()
    form = page.locator("form", has=page.get_by_role("button", name="新建账号并聘请"))
    form.get_by_label("姓名").fill("演示裁判周")
    form.get_by_label("登录名").fill("judge.zhou")
    form.get_by_role("button", name="新建账号并聘请").click()
    return page.get_by_label("链接").input_value()


def record_sittings(page: Page) -> None:
    """Record what was held: nothing was planned, but a paper and a practice were marked, in one batch."""
    open_tab(page, "日程")
    page.get_by_role("button", name="全部登记为已举行").click()
    expect(page.get_by_text("2 场已登记为已举行。")).to_be_visible()
    open_tab(page, "概况")


def see_ranking(page: Page) -> None:
    """Look at everybody's place, total and prize."""
    open_tab(page, "成绩")
    rows = page.get_by_role("table", name="按名次排列的成绩").locator("tbody tr")
    expect(rows).to_have_count(len(FIELD))
    for place, (row, competitor) in enumerate(zip(rows.all(), FIELD, strict=True), start=1):
        expect(row.get_by_role("rowheader")).to_have_text(str(place))
        expect(row).to_contain_text(competitor.total)
        expect(row).to_contain_text(competitor.prize)
        expect(row).to_contain_text(competitor.name)


def issue_certificates(page: Page, folder: Path) -> None:
    open_tab(page, "证书")
    page.get_by_role("button", name="颁发证书").click()
    confirm(page)
    expect(page.get_by_role("table", name="获奖名单")).to_be_visible()
    together = pdf_text(page, "全部证书（PDF）", folder)
    assert [name for name in WINNERS if name not in together] == []
    assert "演示钱二" not in together
    alone = pdf_text(page, "打开 PDF 阿卜杜拉·买买提", folder)
    assert [name for name in WINNERS if name in alone] == ["阿卜杜拉·买买提"]
    for words in (COMPETITION, "焊工", "三等奖", "演示机械冶金工会"):
        assert words in alone, words


# ------------------------------------------------------------- the judge


def accept_invitation(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("新密码", exact=True).fill("four quiet lamps burning")
    page.get_by_label("再次输入新密码").fill("four quiet lamps burning")
    page.get_by_role("button", name="设置密码").click()
    expect(page.get_by_text("密码已设置")).to_be_visible()
    sign_in(page, "judge.zhou", "four quiet lamps burning")
    expect(page.get_by_text("评分尚未开始")).to_be_visible()


def competitors_by_code(app) -> dict[str, Competitor]:
    """Look up who has which blind code, which no page tells a judge: each shall get the marks meant here."""
    with app.app_context():
        names = dict(
            db.session.execute(
                select(EntryCode.code, Entry.name).join(Entry, Entry.id == EntryCode.entry_id)
            ).all()
        )
    by_name = {competitor.name: competitor for competitor in FIELD}
    return {code: by_name[name] for code, name in sorted(names.items())}


def mark_everything(page: Page, competitors: dict[str, Competitor]) -> None:
    for stage in ("理论知识", "实际操作"):
        page.goto("/marking/")
        expect(page.locator(".codes__code")).to_have_text(["理论知识", "实际操作"])
        page.get_by_role("link", name=stage).click()
        page.get_by_role("link", name="下一位").click()
        for code, competitor in competitors.items():
            paper = {"Q1-1-a": competitor.paper}
            mark_sheet(page, code, paper if stage == "理论知识" else competitor.practice)
    page.goto("/marking/")
    expect(page.get_by_text("已签 6 / 6 份")).to_have_count(2)  # all of them confirmed by the server


def mark_sheet(page: Page, code: str, values: dict[str, str]) -> None:
    expect(page.locator(".identity__code")).to_have_text(code)
    expect(page.locator(".aspect--now")).to_be_visible()  # the script has taken over
    expect(page.locator("body")).not_to_contain_text("演示")
    for field, value in values.items():
        page.locator(f"#{field}").fill(value)
        page.locator(f"#{field}").press("Enter")
    page.get_by_role("link", name="核对并签名").click()
    expect(page.locator("[data-sign]")).to_be_visible()
    for question in page.get_by_label("已复核，确认无误").all():
        question.check()
    page.get_by_role("button", name="确认并锁定").click()
    expect(page.locator("#told")).to_have_text(f"{code} 已签名。")  # on the device now: the page may be left


# ------------------------------------------------------------- the analyst


def read_statistics(page: Page, folder: Path) -> None:
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="统计").click()
    book = load_workbook(downloaded(page, "下载 Excel", folder))
    found = {row[0]: row[1] for row in book["主要指标"].iter_rows(min_row=6, values_only=True) if row[0]}
    assert {name: found[name] for name in FIGURES} == FIGURES
    welders = next(row for row in book["按工种"].iter_rows(values_only=True) if row[0] == "焊工")
    assert welders == ("焊工", "6-18-02-04", *FIGURES.values())
