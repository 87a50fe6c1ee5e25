"""The event's overview: answer first, with what is missing, where to mend it, and the ways back and out."""

import re
from datetime import timedelta

import pytest
from flask_babel import force_locale
from jinja2 import ChoiceLoader, DictLoader

from competitions.events import labels, lifecycle, panels, queries, rules
from competitions.events.models import Event
from core.refusals import Refusal, refuse
from tests.client import visible
from tests.factories.accounts import MOMENT
from tests.factories.events import build_competition

pytestmark = pytest.mark.usefixtures("own_guards")
# What English pages quote in Chinese: the language's own name, examples, the title of a source.
QUOTED = re.compile("中文|焊工|职工组|学生组|2026年机械冶金系统职业技能竞赛|匠赛项目自定")
NOTE = "note.html"
CHINESE = re.compile("[\u4e00-\u9fff]")


def short_of_entries(session, event, now):
    waived = queries.find_field_waiver(session, event) is not None
    params = {"entries": 6, "minimum": event.minimum_field}
    return [] if waived else [Refusal("MIN_FIELD", "entries", params)]


def stages(page):
    """Return (state, words) of each stage of the life that the page shows."""
    found = re.findall(r'steps__step--(\w+)"[^>]*>\s*<span class="steps__name">([^<]+)', page)
    return [(state, words.strip()) for state, words in found]


def test_a_draft_that_lacks_nothing_offers_the_next_step(organiser, event):
    organiser.get(f"/events/{event.id}/")
    assert "下一步：开放报名" in visible(organiser.page)
    assert f'action="/events/{event.id}/steps/open_registration"' in organiser.page
    assert stages(organiser.page)[:2] == [("now", "草稿"), ("next", "报名")]


def test_a_step_taken_in_the_browser_shows_the_new_state_and_its_record(session, organiser, event):
    organiser.post(f"/events/{event.id}/steps/open_registration")
    organiser.get(f"/events/{event.id}/")
    shown = visible(organiser.page)
    assert "赛项状态已变为“报名中”" in shown
    assert "草稿 → 报名中 演示user" in shown
    assert stages(organiser.page)[:2] == [("done", "草稿"), ("now", "报名")]


def test_what_is_missing_is_said_with_the_page_that_mends_it(session, organiser, event):
    event.competition.industries = []
    event.trade = None
    session.commit()
    organiser.get(f"/events/{event.id}/")
    shown = visible(organiser.page)
    assert "现在还不能开放报名" in shown
    assert "还差 2 项" in shown
    assert "竞赛尚未选择产业" in shown
    assert "请填写本赛项的工种" in shown
    assert f'href="/competitions/{event.competition_id}/edit">去处理' in organiser.page
    assert f'href="/events/{event.id}/edit">去处理' in organiser.page
    assert f'action="/events/{event.id}/steps/open_registration"' not in organiser.page


def test_a_refused_step_shows_why_and_changes_nothing(session, organiser, event):
    event.competition.industries = []
    session.commit()
    organiser.post(f"/events/{event.id}/steps/open_registration", status=409)
    assert "操作未执行" in visible(organiser.page)
    organiser.post(f"/events/{event.id}/steps/tabulate", status=409)
    assert "赛项处于“草稿”状态，不能“统分”" in visible(organiser.page)
    session.expire_all()
    assert session.get(Event, event.id).state == "draft"


def test_a_guard_that_raises_is_a_reason_like_any_other(organiser, event):
    def raising(_session, _event, _now):
        raise refuse("INDUSTRY_MISSING", "industries")

    lifecycle.register_guard("open_registration", raising)
    organiser.get(f"/events/{event.id}/")
    assert "竞赛尚未选择产业" in organiser.page


def test_a_way_back_asks_for_its_reason_and_keeps_what_was_typed(session, organiser, event):
    event.state = "registration"
    session.commit()
    address = f"/events/{event.id}/steps/reopen_draft"
    organiser.get(address)
    assert "停止报名，可重新修改赛项设置" in organiser.page
    organiser.post(address, {"reason": "  "}, 422)
    assert "请填写理由" in organiser.page
    organiser.post(address, {"reason": "理" * 501}, 422)
    assert "理" * 501 in organiser.page
    organiser.post(address, {"reason": "工种填错"})
    organiser.get(f"/events/{event.id}/")
    assert "工种填错" in organiser.page


def test_a_way_that_is_not_open_now_has_no_page(organiser, event):
    organiser.get(f"/events/{event.id}/steps/reopen_draft", 409)
    organiser.get(f"/events/{event.id}/steps/open_registration", 409)  # it needs no reason, and has no page


def test_a_cancelled_event_says_why_and_offers_nothing(organiser, event):
    organiser.post(f"/events/{event.id}/steps/cancel", {"reason": "报名单位不足三家"})
    organiser.get(f"/events/{event.id}/")
    assert "赛项已取消 报名单位不足三家" in visible(organiser.page)
    assert f"/events/{event.id}/steps/" not in organiser.page
    assert f"/events/{event.id}/edit" not in organiser.page
    assert stages(organiser.page)[0] == ("now", "已取消")


def test_a_small_field_is_waived_where_it_is_missed(session, organiser, event):
    event.state, event.minimum_field = "registration", 20
    session.commit()
    lifecycle.register_guard("close_registration", short_of_entries)
    organiser.get(f"/events/{event.id}/")
    assert "已审核通过 6 个，至少需要 20 个" in visible(organiser.page)
    organiser.post(f"/events/{event.id}/field-waiver", {"reason": ""}, 422)
    organiser.post(f"/events/{event.id}/field-waiver", {"reason": "仅六家单位"})
    organiser.get(f"/events/{event.id}/")
    assert "下一步：截止报名" in visible(organiser.page)
    assert "20 个 · 已豁免" in visible(organiser.page)
    organiser.post(f"/events/{event.id}/field-waiver", {"reason": "再来"}, 409)


def test_panels_of_the_packages_above_are_shown_with_what_they_need(app, organiser, event, monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    note = DictLoader({NOTE: "<p>{{ panel.text }}</p>"})
    monkeypatch.setattr(app.jinja_env, "loader", ChoiceLoader([note, app.jinja_env.loader]))
    panels.register("nothing", lambda _session, _event: None)
    panels.register("wide", lambda _session, row: (NOTE, {"text": f"Wide {row.name}"}))
    panels.register("narrow", lambda _session, row: (NOTE, {"text": f"Narrow {row.name}"}), aside=True)
    organiser.get(f"/events/{event.id}/")
    wide, narrow = organiser.page.index("Wide 焊工决赛"), organiser.page.index("Narrow 焊工决赛")
    assert wide < organiser.page.index("操作记录") < narrow


def test_the_announced_event_says_until_when_it_waits(session, organiser, event):
    event.state, event.announced_at = "announced", MOMENT + timedelta(days=36500)
    event.appeal_minutes, event.notice_days = 120, 5
    session.commit()
    organiser.get(f"/events/{event.id}/")
    shown = visible(organiser.page)
    assert "申诉期至" in shown
    assert "公示期至" in shown


def test_every_page_speaks_english_where_it_was_chosen(app, session, browser, user, event):
    event.competition.name, event.name = "Contest", "Welding"
    event.competition.union.name = "Union"
    user.name = "Organiser"
    build_competition(session, name="Empty", union=event.competition.union)
    session.commit()
    page = browser(user, locale="en")
    for address in (
        "/competitions/", "/competitions/new", f"/competitions/{event.competition_id}/",
        f"/competitions/{event.competition_id}/edit", f"/competitions/{event.competition_id}/events/new",
        f"/events/{event.id}/", f"/events/{event.id}/edit", f"/events/{event.id}/steps/cancel",
        "/organisations/", "/organisations/unions/new", "/organisations/units/", "/organisations/units/new",
        "/catalogue/",
    ):  # fmt: skip
        page.get(address)
        text = QUOTED.sub("", visible(page.page))
        assert CHINESE.findall(text) == [], address


def test_the_words_of_every_step_and_state_are_there(app):
    with app.test_request_context():
        for locale in ("zh", "en"):
            with force_locale(locale):
                words = [labels.STATES[state] for state in (*rules.STATES, rules.CANCELLED)]
                words += [labels.LIFE[state] for state in (*rules.STATES, rules.CANCELLED)]
                words += [labels.STEPS[name] for name in rules.STEPS]
                words += [labels.CONSEQUENCES[name] for name in rules.STEPS]
                assert all(bool(CHINESE.search(str(word))) == (locale == "zh") for word in words)
