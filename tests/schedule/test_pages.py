"""The schedule of an event: planned, changed, moved, held, cancelled; and what is refused."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from competitions.documents.services import open_page
from competitions.schedule import queries
from competitions.schedule.models import Sitting
from core.audit.models import AuditRecord
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry, draw_codes
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment
from tests.factories.schedule import at, build_sitting
from tests.factories.scoring import build_scheme

DAYS = {"starts_on": date(2026, 5, 20), "ends_on": date(2026, 5, 21)}
ONE = {
    "stage": "P", "batch": "1", "site": "一号车间", "day": "2026-05-20", "starts": "08:30", "ends": "10:00"
}  # fmt: skip
MANY = {
    "stage": "P", "first_batch": "1", "last_batch": "3", "sites": "一号车间\n二号车间", "use": "all",
    "day": "2026-05-20", "begins": "8:30", "minutes": "90", "pause": "20", "lunch_begins": "12:00",
    "lunch_ends": "13：30", "ends": "1800",
}  # fmt: skip


@pytest.fixture
def place(session):
    """Two events of one competition with the welding scheme, and their organiser."""
    competition = build_competition(session)
    event = build_event(session, "ready", competition=competition, name="焊工决赛", **DAYS)
    other = build_event(session, "ready", competition=competition, name="车工决赛")
    for one in (event, other):
        build_scheme(session, one)
    organiser = build_user(session, name="演示吴组织", grants=[("organiser", "competition", competition.id)])
    session.commit()
    return SimpleNamespace(
        event=event, other=other, competition=competition, organiser=organiser,
        path=f"/events/{event.id}/schedule/",
    )  # fmt: skip


def sittings(session, event):
    session.expire_all()
    found = queries.list_sittings(session, event.id)
    session.rollback()
    return found


def acts(session):
    session.rollback()
    statement = select(AuditRecord.action, AuditRecord.detail).where(AuditRecord.action.like("sitting:%"))
    found = [tuple(row) for row in session.execute(statement.order_by(AuditRecord.id))]
    session.rollback()
    return found


def test_one_sitting_is_planned_and_shown_under_its_day(session, browser, place):
    page = browser(place.organiser)
    page.get(place.path)
    assert "尚未编排日程" in page.page
    page.get(place.path + "new")
    page.post(place.path + "new", ONE)
    page.get(place.path)
    shown = visible(page.page)
    assert "2026年5月20日 星期三" in shown
    assert "08:30–10:00 实操 第 1 批 一号车间 计划" in shown
    (made,) = sittings(session, place.event)
    assert made.starts_at == at("2026-05-20 08:30")
    assert acts(session) == [("sitting:add", {"stage": "P", "batch": 1, "site": "一号车间"})]


def test_a_sitting_may_have_no_time_yet_and_no_stage(session, browser, place):
    page = browser(place.organiser)
    page.post(place.path + "new", {"stage": "", "batch": "0"})
    page.get(place.path)
    assert "时间待定" in visible(page.page)
    assert "整个赛项 不分批" in visible(page.page)


def test_many_sittings_are_planned_at_once(session, browser, place):
    page = browser(place.organiser)
    page.get(place.path + "plan")
    page.post(place.path + "plan", MANY)
    found = [(s.batch, s.site, s.starts_at, s.ends_at) for s in sittings(session, place.event)]
    times = [("08:30", "10:00"), ("10:20", "11:50"), ("13:30", "15:00")]
    assert found == [
        (batch, site, at(f"2026-05-20 {starts}"), at(f"2026-05-20 {ends}"))
        for batch, (starts, ends) in enumerate(times, start=1)
        for site in ("一号车间", "二号车间")
    ]
    assert acts(session) == [("sitting:plan", {"stage": "P", "sittings": 6})]


def test_the_form_for_many_starts_with_the_batches_that_the_draw_makes(session, browser, place):
    for _number in range(5):
        build_entry(session, place.event)
    session.commit()
    page = browser(place.organiser)
    page.get(place.path + "plan")
    assert 'id="last_batch" inputmode="numeric" name="last_batch" type="text" value="1"' in page.page
    page.post(f"/events/{place.event.id}/draw/settings", {
        "layers": "1", "prefix": "A", "entrant_prefix": "C", "width": "0", "stations": "2",
        "batches": "stations", "amount": "0", "order": "code",
    })  # fmt: skip
    page.get(place.path + "plan")
    assert 'name="last_batch" type="text" value="3"' in page.page


ONE_FAULTS = (
    ({"ends": "08:30"}, "结束时间不晚于开始时间"),
    ({"day": "2026-05-22"}, "2026年5月22日不在赛项日期之内：赛项日期为 2026年5月20日 至 2026年5月21日"),
    ({"starts": ""}, "时间须有日期、开始和结束"),
    ({"starts": "25:00"}, "请填写 00:00 至 23:59 之间的时间"),
    ({"starts": "早上"}, "请填写 00:00 至 23:59 之间的时间"),
    ({"day": "2026-02-30"}, "请填写存在的日期"),
    ({"batch": "-1"}, "0 至 200 之间的整数"),
    ({"stage": "X"}, "此处没有这个选项"),
    ({"site": "场" * 121}, "最多 120 个字符"),
)


def test_a_sitting_with_a_fault_is_not_planned(session, browser, place):
    page = browser(place.organiser)
    for changes, says in ONE_FAULTS:
        page.post(place.path + "new", ONE | changes, 422)
        assert says in visible(page.page), changes
    assert sittings(session, place.event) == []


MANY_FAULTS = (
    ({"first_batch": "4"}, "结束批次小于起始批次"),
    ({"day": ""}, "此项必填"),
    ({"begins": ""}, "此项必填"),
    ({"ends": "8:00"}, "每天结束的时间早于开始"),
    ({"lunch_ends": ""}, "午休须有开始和结束"),
    ({"lunch_ends": "11:00"}, "午休须有开始和结束"),
    ({"minutes": "600"}, "每场时间过长"),
    ({"minutes": "0"}, "1 至 1440 之间的整数"),
    ({"sites": "甲\n甲"}, "场地有重复"),
    ({"sites": "\n".join(map(str, range(21)))}, "最多 20 个场地"),
    ({"use": "x"}, "此处没有这个选项"),
    ({"last_batch": "9"}, "不在赛项日期之内"),  # four a day: the ninth would be held on the third
    ({"last_batch": "200", "sites": "甲\n乙\n丙"}, "共 600 场，一次最多编排 400 场"),
)


def test_a_plan_with_a_fault_plans_nothing(session, browser, place):
    page = browser(place.organiser)
    page.post(place.path + "plan", {}, 422)
    page.post(place.path + "new", {}, 422)
    page.post(place.path + "shift", {}, 422)
    for changes, says in MANY_FAULTS:
        page.post(place.path + "plan", MANY | changes, 422)
        assert says in visible(page.page), changes
    assert sittings(session, place.event) == []


def test_a_sitting_stands_in_the_schedule_once(browser, place):
    page = browser(place.organiser)
    page.post(place.path + "new", ONE)
    page.post(place.path + "new", ONE | {"starts": "15:00", "ends": "16:00"}, 422)
    assert "日程中已有“实操 · 第 1 批 · 一号车间”" in visible(page.page)


def test_a_site_is_taken_by_another_event_of_the_competition_until_that_ends(session, browser, place):
    when = {"day": "2026-05-20", "starts": "09:00", "ends": "11:00"}
    build_sitting(session, place.other, "T", 0, site="一号车间", **when)
    session.commit()
    page = browser(place.organiser)
    page.post(place.path + "new", ONE, 422)
    says = "“一号车间”这段时间已被占用：车工决赛，理论 · 不分批 · 一号车间，2026年5月20日 09:00–11:00"
    assert says in visible(page.page)
    page.post(place.path + "new", ONE | {"starts": "11:00", "ends": "12:00"})
    page.post(place.path + "new", ONE | {"site": "二号车间"})


def test_a_cancelled_sitting_and_a_cancelled_event_take_no_site(session, browser, place):
    when = {"site": "一号车间", "day": "2026-05-20", "starts": "08:00", "ends": "11:00"}
    gone = build_event(session, "cancelled", competition=place.competition)
    build_sitting(session, gone, "T", 0, **when)
    build_sitting(session, place.other, "T", 0, state="cancelled", **when)
    session.commit()
    browser(place.organiser).post(place.path + "new", ONE)


def test_a_sitting_is_changed_by_one_at_a_time(session, browser, place):
    one = build_sitting(session, place.event, "P", 1, day="2026-05-20", starts="08:30", ends="10:00")
    session.commit()
    path, page = f"{place.path}{one.id}", browser(place.organiser)
    page.get(path)
    assert 'value="08:30"' in page.page
    page.post(path, ONE | {"version": "1", "site": "三号车间"})
    (changed,) = sittings(session, place.event)
    assert (changed.site, changed.version) == ("三号车间", 2)
    page.post(path, ONE | {"site": "四号车间"}, 409)
    page.post(path, ONE | {"version": "1", "site": "四号车间", "starts": "09:00"}, 409)
    shown = visible(page.page)
    assert "演示吴组织" in shown
    assert "场地 三号车间 四号车间" in shown
    assert "开始 08:30 09:00" in shown
    assert sittings(session, place.event)[0].site == "三号车间"
    page.post(path, ONE | {"version": "2", "site": "四号车间", "starts": "09:00"})
    assert sittings(session, place.event)[0].site == "四号车间"


def test_what_is_planned_moves_by_minutes_on_one_day_or_all(session, browser, place):
    for batch, (day, state) in enumerate([("20", "planned"), ("20", "held"), ("21", "planned")], start=1):
        build_sitting(
            session, place.event, "P", batch, state=state, day=f"2026-05-{day}", starts="08:30", ends="10:00"
        )
    session.commit()
    page = browser(place.organiser)
    page.post(place.path + "shift", {"day": "2026-05-20", "minutes": "15"})
    page.post(place.path + "shift", {"day": "", "minutes": "-5"})
    begun = {s.batch: s.starts_at for s in sittings(session, place.event)}
    assert begun == {1: at("2026-05-20 08:40"), 2: at("2026-05-20 08:30"), 3: at("2026-05-21 08:25")}
    for minutes, says in (("0", "请填写推迟的分钟数"), ("x", "之间的整数"), ("2000", "不在赛项日期之内")):
        page.post(place.path + "shift", {"day": "2026-05-21", "minutes": minutes}, 422)
        assert says in visible(page.page)
    assert [act for act in acts(session) if act[0] == "sitting:shift"] == [
        ("sitting:shift", {"minutes": 15, "sittings": 1}), ("sitting:shift", {"minutes": -5, "sittings": 2}),
    ]  # fmt: skip


def test_a_sitting_is_held_once_and_set_back_where_that_was_wrong(session, browser, place):
    one = build_sitting(session, place.event, "P", 1)
    session.commit()
    path, page = f"{place.path}{one.id}", browser(place.organiser)
    page.post(f"{path}/held")
    (held,) = sittings(session, place.event)
    assert (held.state, held.settled_by_id) == ("held", place.organiser.id)
    assert held.settled_at is not None
    page.post(f"{path}/held", status=409)
    page.post(path, ONE | {"version": "2"}, 422)
    page.post(f"{path}/remove", status=409)
    page.get(place.path)
    assert "演示吴组织" in visible(page.page)
    page.get(path)
    page.post(f"{path}/reopen")
    (again,) = sittings(session, place.event)
    assert (again.state, again.settled_at, again.settled_by_id) == ("planned", None, None)
    page.post(f"{path}/reopen", status=409)
    page.post(f"{path}/remove")
    assert sittings(session, place.event) == []
    page.get(path, 404)


def test_a_sitting_is_cancelled_for_a_reason_and_then_takes_nothing(session, browser, place):
    one = build_sitting(session, place.event, "P", 1)
    session.commit()
    path, page = f"{place.path}{one.id}", browser(place.organiser)
    page.post(f"{path}/cancel", {"reason": " "}, 422)
    assert "请写明取消原因" in visible(page.page)
    page.post(f"{path}/cancel", {"reason": "停电"})
    (gone,) = sittings(session, place.event)
    assert (gone.state, gone.reason) == ("cancelled", "停电")
    page.get(place.path)
    assert "已取消 停电" in visible(page.page)


def test_a_judge_wanted_twice_is_named_with_the_events(session, browser, place):
    judge = build_user(session, name="演示裁判周")
    for event in (place.event, place.other):
        build_appointment(session, event, ["P"], user=judge)
    build_sitting(session, place.event, "P", 1, day="2026-05-20", starts="08:30", ends="10:00")
    build_sitting(session, place.other, "P", 1, day="2026-05-20", starts="09:00", ends="10:00")
    build_sitting(session, place.other, "T", 1, day="2026-05-20", starts="09:00", ends="10:00")
    build_entry(session, place.event, "演示选手甲")
    session.commit()
    page = browser(place.organiser)
    page.get(place.path)
    shown = visible(page.page)
    assert (
        "J1 演示裁判周: 焊工决赛，实操，2026年5月20日 08:30–10:00；车工决赛，实操，2026年5月20日 09:00–10:00"
    ) in shown
    assert "演示选手甲" not in shown


def test_of_an_archived_event_the_schedule_stays(session, browser, place):
    one = build_sitting(session, place.event, "P", 1)
    place.event.state = "archived"
    session.commit()
    page = browser(place.organiser)
    page.get(place.path)
    assert "批量编排" not in visible(page.page)
    page.post(f"{place.path}{one.id}/held", status=409)
    page.post(place.path + "new", ONE, 422)
    assert "日程不再改动" in visible(page.page)


def test_the_competition_shows_the_day_plan_of_all_its_events(session, browser, place):
    when = {"day": "2026-05-20", "starts": "08:30", "ends": "10:00"}
    build_sitting(session, place.event, "P", 1, site="一号车间", **when)
    build_sitting(session, place.other, "T", 0, day="2026-05-20", starts="09:00", ends="11:00")
    build_sitting(session, place.other, "T", 9, state="cancelled")
    session.commit()
    page = browser(place.organiser)
    page.get(f"/competitions/{place.competition.id}/")
    shown = visible(page.page)
    assert "08:30–10:00 焊工决赛 实操 第 1 批 一号车间 计划" in shown
    assert "09:00–11:00 车工决赛 理论 不分批 — 计划" in shown
    assert "第 9 批" not in shown


def test_the_public_list_holds_no_draft_and_nothing_cancelled(session, place):
    when = {"day": "2026-05-20", "starts": "08:30", "ends": "10:00"}
    build_sitting(session, place.event, "P", 1, site="一号车间", **when)
    build_sitting(session, place.event, "P", 2, state="cancelled", **when)
    draft = build_event(session, "draft", competition=place.competition)
    build_sitting(session, draft, "P", 1, **when)
    (line,) = queries.list_public(session, place.competition.id)
    assert line == (
        date(2026, 5, 20), at("2026-05-20 08:30"), at("2026-05-20 10:00"), place.event.id, "焊工决赛", "实操",
        1, "一号车间",
    )  # fmt: skip


def test_who_may_plan_who_may_hold_and_who_reads(session, browser, place):
    one = build_sitting(session, place.event, "P", 1)
    roles = ("chief_judge", "supervisor", "registrar", "judge")
    users = {role: build_user(session, grants=[(role, "event", place.event.id)]) for role in roles}
    session.commit()
    for role, status in (("chief_judge", 200), ("supervisor", 200), ("registrar", 200), ("judge", 403)):
        page = browser(users[role])
        page.get(place.path, status)
        assert "批量编排" not in visible(page.page)
        page.get(place.path + "plan", 403)
        page.post(place.path + "new", ONE, 403)
    browser(users["supervisor"]).post(f"{place.path}{one.id}/held", status=403)
    browser(users["chief_judge"]).post(f"{place.path}{one.id}/held")
    other = f"/events/{place.other.id}/schedule/{one.id}"
    browser(place.organiser).get(other, 404)  # a sitting is found under its own event alone


def test_no_page_of_the_schedule_holds_a_name_or_a_code(session, browser, place):
    entry = build_entry(session, place.event, "演示选手甲")
    codes = draw_codes(session, place.event)
    one = build_sitting(session, place.event, "P", 1)
    session.commit()
    page = browser(place.organiser)
    for path in (place.path, place.path + "new", place.path + "plan", f"{place.path}{one.id}"):
        page.get(path)
        assert [word for word in (*codes, entry.name, entry.unit.name) if word in visible(page.page)] == []
    assert session.scalar(select(Sitting.id)) == one.id


def test_everybody_reads_the_day_plan_on_the_public_page(session, browser, place):
    when = {"day": "2026-05-20", "starts": "08:30", "ends": "10:00"}
    build_sitting(session, place.event, "P", 1, site="一号车间", **when)
    build_sitting(session, place.event, "P", 2, state="cancelled", reason="停电", **when)
    open_page(session, place.competition.id, ref="0" * 32)
    session.commit()
    stranger = browser()
    stranger.get(f"/notices/competitions/{'0' * 32}")
    shown = visible(stranger.page)
    assert "2026年5月20日 星期三 时间 赛项 阶段 批次 场地 08:30–10:00 焊工决赛 实操 第 1 批 一号车间" in shown
    assert "停电" not in shown
