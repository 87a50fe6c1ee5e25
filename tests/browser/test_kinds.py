"""A team with a substitute, a work with a file, a swap of persons, and the check-in desk, in the browser."""

import pytest
from playwright.sync_api import FilePayload, expect
from sqlalchemy import select

from competitions.eligibility.models import EntryRulesRow
from competitions.eligibility.rules import EntryRules, to_document
from competitions.entries.models import Entry
from core.database import db
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


def contest(app, kind, state="registration", entries=0):
    """Return an event of this kind, its organiser and its address."""
    with app.app_context():
        db.session().expire_on_commit = False
        unit = build_unit(db.session, name="演示甲厂")
        event = build_event(db.session, state, entry_kind=kind)
        document = to_document(EntryRules(substitutes=1))
        db.session.add(EntryRulesRow(event_id=event.id, document=document))
        for number in range(entries):
            build_entry(db.session, event, f"演示选手{'甲乙丙丁'[number]}", unit=unit)
        organiser = build_user(db.session, grants=[("organiser", "union", event.competition.union_id)])
        db.session.commit()
        return event, organiser, f"/events/{event.id}/entries"


def standing(app, event):
    """Return the people of the first entry with their roles."""
    with app.app_context():
        entry = db.session.scalars(select(Entry).where(Entry.event_id == event.id)).first()
        return [(member.person.name, member.role) for member in entry.members]


def test_a_team_with_a_substitute_who_takes_a_members_place(app, open_page):
    event, organiser, path = contest(app, "team")
    page = open_page(organiser)
    page.goto(f"{path}/new")
    page.get_by_label("队名").fill("演示一队")
    page.get_by_label("单位", exact=True).fill("演示甲厂")
    for row, (name, role) in enumerate((("钱一", "替补"), ("孙二", "队员"), ("李三", "队长"))):
        page.locator(f"#people-{row}-name").fill(name)
        page.locator(f"#people-{row}-role").select_option(label=role)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#entries")).to_contain_text("李三（队长）、孙二；替补：钱一")
    page.get_by_role("link", name="演示一队").click()
    page.get_by_role("link", name="换人…… 孙二").click()
    expect(page.get_by_role("radio", name="钱一")).to_be_checked()
    page.get_by_label("理由").fill("临时出差")
    page.get_by_role("button", name="换人").click()
    expect(page.get_by_role("region", name="换人记录")).to_contain_text("临时出差")
    assert standing(app, event) == [("李三", "member"), ("钱一", "member")]


def test_a_work_with_its_files(app, open_page):
    _event, organiser, path = contest(app, "work")
    page = open_page(organiser)
    page.goto(f"{path}/new")
    page.get_by_label("作品名称").fill("演示夹具改进")
    page.get_by_label("单位", exact=True).fill("演示甲厂")
    page.get_by_label("作品类别").fill("技术革新")
    page.locator("#people-0-name").fill("张三")
    page.locator("#people-1-name").fill("李四")
    page.locator("#people-1-own_unit").fill("演示研究院")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="演示夹具改进").click()
    expect(page.locator("#people")).to_contain_text("演示研究院")
    for name, text in (("说明.txt", "一"), ("数据.txt", "二")):
        if page.locator("#file-file").is_hidden():
            page.get_by_text("添加文件").click()
        page.locator("#file-file").set_input_files(
            FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
        )
        page.get_by_role("button", name="添加").click()
        expect(page.locator("#files")).to_contain_text(name)
    page.get_by_role("button", name="上移").click()
    expect(page.locator("#files .file__text .strong")).to_have_text(["数据", "说明"])
    with page.expect_download() as saved:
        page.locator("#files .file").filter(has_text="说明.txt").get_by_role("button", name="下载").click()
    assert saved.value.path().read_text(encoding="utf-8") == "一"


def test_a_person_is_replaced_after_the_closing(app, open_page):
    event, organiser, path = contest(app, "person", "ready", 1)
    page = open_page(organiser)
    page.goto(f"{path}/")
    page.get_by_role("link", name="演示选手甲").click()
    page.get_by_role("link", name="换人……").click()
    page.get_by_role("button", name="换人").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("姓名").fill("演示新人")
    page.get_by_label("理由").fill("生病")
    page.get_by_role("button", name="换人").click()
    expect(page.get_by_role("region", name="换人记录")).to_contain_text("演示选手甲")
    assert standing(app, event) == [("演示新人", "member")]


def test_the_desk_on_a_tablet(app, open_page):
    _event, organiser, path = contest(app, "person", "ready", 4)
    page = open_page(organiser, tablet=True)
    page.goto(f"{path}/check-in")
    rows, counts = page.locator("#desk tbody tr"), page.locator("[data-desk-counts]")
    expect(counts).to_have_text("检录 0 / 4")
    page.get_by_role("button", name="检录 演示选手甲").tap()
    expect(counts).to_have_text("检录 1 / 4")
    page.get_by_role("button", name="缺席 演示选手乙").tap()
    expect(page.locator("[data-desk-more]")).to_have_text("缺席 1 · 待检录 2")
    page.get_by_role("button", name="撤销 演示选手乙").tap()
    expect(page.locator("[data-desk-more]")).to_have_text("缺席 0 · 待检录 3")
    page.get_by_role("searchbox").fill("丙")
    expect(rows.locator("visible=true").filter(has_text="演示选手")).to_have_count(1)
    other = open_page(organiser)  # a second desk marks somebody whom the first still sees as expected
    other.goto(f"{path}/check-in")
    other.get_by_role("button", name="缺席 演示选手丙").click()
    expect(other.locator("[data-desk-more]")).to_contain_text("缺席 1")
    page.get_by_role("button", name="检录 演示选手丙").tap()
    expect(page.get_by_role("alert")).to_contain_text("缺席")
    expect(counts).to_have_text("检录 1 / 4")
