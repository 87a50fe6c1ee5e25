"""A contest held elsewhere is declared through the pages, and stands beside what is computed, never in it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page, expect

from core.database import db
from tests.browser.hands import MOST, counted
from tests.browser.steps import downloaded
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories import catalogue
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


def test_a_declared_contest_makes_the_years_complete(app, open_page, tmp_path: Path):
    with app.app_context():
        db.session().expire_on_commit = False
        union = build_union(db.session, name="演示行业工会")
        analyst = build_user(db.session, "analyst", [("analyst", "union", union.id)])
        catalogue.build_activity_kind(db.session)
        catalogue.build_level(db.session)
        db.session.commit()
    page = open_page(analyst)
    page.goto("/statistics/")
    with counted() as hands:
        declare(page)
    assert (0 < hands.clicks <= MOST, 0 < hands.fields <= MOST) == (True, True), hands
    expect(page.locator("main")).to_contain_text("≈ 25,000 人次")
    page.goto("/statistics/declared-years/")
    expect(page.locator("tbody tr")).to_contain_text("≈ 25,000")
    book = load_workbook(downloaded(page, "下载 Excel", tmp_path))
    cells = {cell.value for sheet in book for row in sheet for cell in row}
    assert {"≈ 25,000", 310} <= cells
    page.goto("/statistics/")
    expect(page.locator("main")).not_to_contain_text("25,000")


def declare(page: Page) -> None:
    page.get_by_role("link", name="申报竞赛").click()
    page.get_by_role("link", name="申报竞赛", exact=True).last.click()
    page.get_by_label("竞赛名称").fill("2022年行业电工技能竞赛")
    page.get_by_label("活动类别").select_option("职业技能竞赛（按工种）")
    page.get_by_label("级别与类别").select_option("省级")
    page.get_by_label("开始日期").fill("2022-05-10")
    page.get_by_label("结束日期").fill("2022-05-12")
    page.get_by_label("C05 数值").fill("2.5万")
    page.get_by_label("C05 准确程度").select_option("≈")
    page.get_by_label("C09 数值").fill("310")
    page.get_by_label("获奖名单").fill("一等奖，演示张一，演示甲厂\n二等奖，演示李二")
    page.get_by_role("button", name="保存").click()
    page.get_by_label("文件").set_input_files(
        FilePayload(name="名单.txt", mimeType="text/plain", buffer="名单".encode())
    )
    page.get_by_role("button", name="添加").click()
