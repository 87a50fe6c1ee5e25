"""From `ready` to `final` where people check each other, by the hands of each of them on the real pages.

`standard`: two layers of codes, a slip that the re-check finds. `strict`: three layers, heads of panels, a
seeded sample, an appeal that is upheld, a second version. What comes before `ready` is built, not clicked.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from competitions.draw import services as draw
from competitions.draw.rules.settings import Settings
from competitions.events.models import Event
from core import clock
from core.database import db
from demonstration.appealing import SAID
from scoring.results.statements import list_statements
from scoring.sheets.queries import list_marked_entries
from tests.browser.marking import fill, synced
from tests.browser.steps import confirm, open_tab, take_step
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment
from tests.factories.marking import entry_of, scheme, score, stage
from tests.factories.scoring import build_scheme, sheet_of

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
WORK = scheme(
    [stage("P", "实操", [score("P1", "作品")])],
    awards={"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 1}]},
)
HELPERS = ("organiser", "draw_officer", "supervisor", "tabulator", "arbitrator")
GIVEN = ("90", "80", "70", "60")  # by code, from both judges


class Contest:
    """An event with a browser for each of its people; `codes` are those that the judges see, in order."""

    def __init__(self, app, event: Event, users: dict[str, User], open_page: Callable[..., Page]) -> None:
        self.app, self.event_id, self.open_page = app, event.id, open_page
        self.pages = {
            role: open_page(user, tablet=role.startswith("judge")) for role, user in users.items()
        }
        self.codes: list[str] = []

    def goto(self, role: str, path: str = "/") -> Page:
        """Open a page of the event as somebody."""
        page = self.pages[role]
        page.goto(f"/events/{self.event_id}{path}")
        return page

    def change(self, act: Callable[[Any, Event], Any]) -> Any:
        """Do something that has no page, and look things up."""
        with self.app.app_context():
            found = act(db.session, db.session.get_one(Event, self.event_id))
            db.session.commit()
            return found

    def comes_next(self, said: str) -> None:
        """See on the event's page what comes next, or why it is not yet possible."""
        page = self.goto("organiser")
        box = page.locator("section").filter(has=page.locator("#next-title"))
        expect(box).to_contain_text(said)


def press(page: Page, name: str) -> None:
    """Press a button, answer yes, and wait until it is done."""
    page.get_by_role("button", name=name, exact=True).first.click()
    with page.expect_navigation():
        confirm(page)


def build(session, profile: str, entries: int, layers: int) -> tuple[Event, dict[str, User]]:
    """Return an event in `ready` with its people by role; nothing is drawn."""
    competition = build_competition(session, profile=profile)
    event = build_event(session, "ready", competition=competition, name="焊工决赛")
    event.appeal_minutes, event.notice_days = 120, 7
    build_scheme(session, event, WORK)
    for _number in range(entries):
        build_entry(session, event)
    users = {role: build_user(session, grants=[(role, "event", event.id)]) for role in HELPERS}
    users |= {role: build_user(session) for role in ("judge1", "judge2", "chief_judge")}
    build_appointment(session, event, "P", user=users["judge1"], head=True)
    build_appointment(session, event, "P", user=users["judge2"])
    build_appointment(session, event, user=users["chief_judge"], chief=True)
    drawn_in = Settings(layers=layers)
    draw.save_settings(session, event, drawn_in, actor_id=users["draw_officer"].id, now=MOMENT)
    session.commit()
    return event, users


@pytest.fixture
def contest(app, session, open_page, request):
    """Return such an event in front of its people."""
    event, users = build(session, *request.param)
    return Contest(app, event, users, open_page)


# ------------------------------------------------------------- the way that both profiles share


def draw_and_start(contest: Contest) -> None:
    page = contest.goto("draw_officer", "/draw/")
    press(page, "开始抽签")
    press(page, "确认抽签结果")
    take_step(contest.goto("organiser"), "开始评分")
    contest.codes = sorted(contest.change(codes_of).values())


def codes_of(session: Any, event: Event) -> dict[int, str]:
    return {entry.id: code for entry, code in list_marked_entries(session, event.id)}


def sign_everything(contest: Contest) -> None:
    for judge in ("judge1", "judge2"):
        page = contest.pages[judge]
        page.goto(f"/marking/{contest.event_id}/P/")
        page.get_by_role("link", name="下一位").click()
        for code, value in zip(contest.codes, GIVEN, strict=False):
            expect(page.locator("#code")).to_have_text(code)
            fill(page, {"P1-1-a": value})
            page.get_by_role("link", name="核对并签名").click()
            page.get_by_role("button", name="确认并锁定").click()
            expect(page.locator("#told")).to_have_text(f"{code} 已签名。")
        synced(page)


def lock_and_tabulate(contest: Contest) -> None:
    press(contest.goto("chief_judge", "/progress/lock"), "锁定所选评分表")
    take_step(contest.goto("tabulator"), "统分")


def compare(contest: Contest, role: str, differs: str = "") -> None:
    """Compare every sheet that waits; the first one `differs`."""
    page = contest.goto(role, "/recheck")
    left = page.get_by_role("button", name="相符", exact=True)
    if differs:
        page.get_by_placeholder("不同之处").first.fill(differs)
        with page.expect_navigation():
            page.get_by_role("button", name="不符", exact=True).first.click()
    for _sheet in range(left.count() - bool(differs)):
        with page.expect_navigation():
            left.last.click()


def open_layers(contest: Contest, layers: int) -> None:
    """Let both people open every layer, the last one first; nobody does it alone."""
    for _layer in range(layers):
        press(contest.goto("draw_officer", "/draw/"), "同意解密")
        press(contest.goto("supervisor", "/draw/"), "同意解密")
    expect(contest.pages["supervisor"].get_by_role("button", name="同意解密")).to_be_hidden()


def announce(contest: Contest) -> None:
    take_step(contest.goto("organiser"), "公布成绩")
    contest.comes_next("申诉")


def nine_days_go_by(contest: Contest) -> None:
    """Let the announcement have been before the notice of seven days."""

    def act(_session: Any, event: Event) -> None:
        event.announced_at = clock.now() - timedelta(days=9)

    contest.change(act)


def confirm_and_issue(contest: Contest) -> None:
    take_step(contest.goto("organiser"), "确认成绩")
    page = contest.pages["organiser"]
    open_tab(page, "证书")
    press(page, "颁发证书")
    expect(page.get_by_role("table", name="获奖名单")).to_contain_text("一等奖")


# ------------------------------------------------------------- the two profiles


@pytest.mark.parametrize("contest", [("standard", 3, 2)], indirect=True)
def test_standard_with_a_slip_that_the_recheck_finds(contest):
    draw_and_start(contest)
    contest.comes_next("6 份评分表")
    sign_everything(contest)
    lock_and_tabulate(contest)
    contest.comes_next("复核")
    press(contest.goto("tabulator", "/recheck"), "抽取评分表")
    compare(contest, "tabulator", differs="纸质评分表为 92")
    slip = contest.change(lambda session, event: sheet_of(session, event, "J1", contest.codes[0], "P").ref)
    correct(contest, slip, "92", "录入有误，纸质评分表为 92")
    compare(contest, "supervisor")
    contest.comes_next("解密")
    open_layers(contest, layers=2)
    announce(contest)
    nine_days_go_by(contest)
    confirm_and_issue(contest)
    expect(contest.goto("organiser").get_by_text("已见证 1 项")).to_be_visible()


@pytest.mark.parametrize("contest", [("strict", 4, 3)], indirect=True)
def test_strict_with_an_appeal_that_is_upheld(contest):
    draw_and_start(contest)
    sign_everything(contest)
    contest.comes_next("确认")
    press(contest.goto("judge1", "/progress/confirm"), "确认所选评分表")
    lock_and_tabulate(contest)
    press(contest.goto("supervisor", "/recheck"), "抽取评分表")
    compare(contest, "supervisor")
    open_layers(contest, layers=3)
    announce(contest)
    named, closed = appeal(contest)
    correct(contest, named, "88", "按裁决更正")
    page = contest.goto("chief_judge", f"/progress/sheets/{closed}/corrections")
    expect(page.get_by_label("作品")).to_have_count(0)  # exactly what the ruling names was opened
    announce_correction(contest)
    nine_days_go_by(contest)
    confirm_and_issue(contest)
    page = contest.open_page()
    said = contest.change(lambda session, event: list_statements(session, event.id)[0].ref)
    page.goto(f"/published/{said}")
    expect(page.get_by_text("第 1 号申诉成立。")).to_be_visible()
    expect(page.get_by_text("取代第 1 版").first).to_be_visible()


def correct(contest: Contest, sheet: str, value: str, reason: str) -> None:
    """Correct a sheet as chief judge, in the sight of a supervisor."""
    where = f"/progress/sheets/{sheet}/corrections"
    page = contest.goto("chief_judge", where)
    page.get_by_label("作品").fill(value)
    page.get_by_label("理由").first.fill(reason)
    press(page, "提交监督员见证")
    press(contest.goto("supervisor", where), "见证")


def appeal(contest: Contest) -> tuple[str, str]:
    """Let the unit of the second file an appeal about its work, and an arbitrator uphold it.

    Return the references of the sheet that the ruling names, and of the other one of the same entry.
    """

    def second(session: Any, event: Event) -> tuple[Any, str, str]:
        code = contest.codes[1]
        unit = entry_of(session, event, code).unit_id
        refs = [sheet_of(session, event, judge, code, "P").ref for judge in ("J2", "J1")]
        return build_user(session, grants=[("registrar", "unit", unit)]), *refs

    user, named, closed = contest.change(second)
    contest.pages["registrar"] = contest.open_page(user)
    page = contest.goto("registrar", "/appeals/")
    page.get_by_role("link", name=re.compile("提出申诉")).first.click()
    page.get_by_label("实操 全部评分").check()
    page.get_by_label("事实和理由").fill(SAID.grounds)
    page.get_by_label("领队").fill(SAID.name)
    page.get_by_label("电话或电子邮箱").fill(SAID.contact)
    press(page, "提交申诉")
    receipt = page.url
    contest.comes_next("1 件申诉")
    page = contest.pages["arbitrator"]
    page.goto(receipt)
    page.get_by_role("button", name="受理", exact=True).click()
    page.get_by_label("成立：更正下列各项", exact=True).check()
    page.get_by_label("实操 · J2").check()
    page.get_by_label("理由").fill("录像显示第二名裁判少计八分")
    press(page, "作出裁决")
    return named, closed


def announce_correction(contest: Contest) -> None:
    page = contest.goto("organiser", "/results")
    page.get_by_label("更正内容及理由").fill(f"申诉成立，更正 {contest.codes[1]} 实操评分")
    press(page, "发布更正公告")
    expect(page.get_by_role("heading", name="第 2 版")).to_be_visible()
