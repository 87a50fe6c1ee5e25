"""An appeal as its people walk it: announcement, appeal, decision, correction, second version, final."""

import re
from datetime import timedelta
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from accounts.models import User
from competitions.events.models import Event
from core import clock
from core.database import db
from demonstration.appealing import SAID
from tests.browser.steps import confirm
from tests.factories.accounts import build_user
from tests.factories.marking import entry_of
from tests.factories.scoring import sheet_of
from tests.factories.trust import build_tabulated

pytestmark = pytest.mark.browser


class Contest(NamedTuple):
    """The event, its people by role, the sheet that is appealed against."""

    event: int
    users: dict[str, User]
    sheet: str


@pytest.fixture
def contest(session):
    """A tabulated event of four, with two hours for appeals, and its people with passwords."""
    found = build_tabulated(session, "simple")
    found.event.appeal_minutes = 120
    unit = entry_of(session, found.event, "A02").unit_id
    found.users["arbitrator"] = build_user(session, grants=[("arbitrator", "event", found.event.id)])
    found.users["registrar"] = build_user(session, grants=[("registrar", "unit", unit)])
    ref = sheet_of(session, found.event, "J2", "A02", "P").ref
    session.commit()
    return Contest(found.event.id, found.users, ref)


def done(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()
    confirm(page)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_an_appeal_is_upheld_and_ends_in_a_second_version_that_is_final(app, open_page, contest):
    where = f"/events/{contest.event}"
    pages = {role: open_page(user) for role, user in contest.users.items()}
    organiser = pages["organiser"]
    organiser.goto(f"{where}/results")
    done(organiser, "公布成绩")
    expect(organiser.get_by_text("已公布").first).to_be_visible()
    uphold(pages["arbitrator"], file(pages["registrar"], where))
    correct(pages, f"{where}/progress/sheets/{contest.sheet}/corrections")
    organiser.goto(f"{where}/results")
    expect(organiser.get_by_text("请先发布更正公告").first).to_be_visible()
    organiser.get_by_label("更正内容及理由").fill("申诉成立，更正 A02 实操评分")
    done(organiser, "发布更正公告")
    expect(organiser.get_by_role("heading", name="第 2 版")).to_be_visible()
    two_hours_go_by(app, contest.event)
    organiser.goto(f"{where}/results")
    done(organiser, "确认成绩")
    expect(organiser.get_by_text("已确认").first).to_be_visible()
    organiser.goto(f"{where}/results")
    organiser.get_by_role("link", name="打开公开页面").click()
    expect(organiser.get_by_text("第 1 号申诉成立。")).to_be_visible()
    expect(organiser.get_by_text("取代第 1 版").first).to_be_visible()


def file(page, where):
    """File an appeal for the own entrant and return the address of its receipt."""
    page.goto(f"{where}/appeals/")
    page.get_by_role("link", name=re.compile("提出申诉")).first.click()
    page.get_by_label("实操 全部评分").check()
    page.get_by_label("事实和理由").fill(SAID.grounds)
    page.get_by_label("领队").fill(SAID.name)
    page.get_by_label("电话或电子邮箱").fill(SAID.contact)
    done(page, "提交申诉")
    expect(page.get_by_role("heading", name=re.compile("SS"))).to_be_visible()
    return page.url


def uphold(page, address):
    """Take an appeal up and uphold it about the sheet of the second judge."""
    page.goto(address)
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_label("成立：更正下列各项", exact=True).check()
    page.get_by_label("实操 · J2").check()
    page.get_by_label("理由").fill("录像显示第二名裁判多扣八分")
    done(page, "作出裁决")
    expect(page.get_by_text("已放开，待更正").first).to_be_visible()


def correct(pages, address):
    """Correct what was opened, as chief judge and supervisor."""
    chief, supervisor = pages["chief_judge"], pages["supervisor"]
    chief.goto(address)
    chief.locator("input[name='mark-A1/1']").fill("58")
    chief.get_by_label("理由").first.fill("按裁决更正")
    done(chief, "提交监督员见证")
    expect(chief.get_by_role("button", name="提交监督员见证")).to_be_hidden()
    supervisor.goto(address)
    done(supervisor, "见证")
    expect(supervisor.get_by_text("评分表已更正").first).to_be_visible()


def two_hours_go_by(app, event_id):
    """Let the announcement have been three hours ago."""
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        event.announced_at = clock.now() - timedelta(hours=3)
        db.session.commit()
