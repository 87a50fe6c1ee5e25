"""Creating and changing competitions and events: what is refused, at its field, with what was typed kept."""

import re

import pytest
from sqlalchemy import select

from competitions.events.models import Competition, Event
from core import clock
from core.audit.models import AuditRecord
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.catalogue import build_activity_kind, build_industry, build_level, build_trade
from tests.factories.events import build_competition, build_event

CREATE = "/competitions/new"
LAST = clock.today().year + 20  # nobody plans further ahead; what lies beyond is a slip of the finger


def competition_form(session, competition, **changes):
    """What the browser sends for a competition like this one."""
    sent = {
        "version": competition.version, "name": competition.name, "year": competition.year,
        "kind_id": competition.kind_id, "level_id": competition.level_id, "union_id": competition.union_id,
        "industry_ids": [industry.id for industry in competition.industries], "region_id": "",
        "profile": competition.profile, "starts_on": "2026-05-01", "ends_on": "2026-06-30",
        "organiser": "省总工会\n省机械冶金工会\n", "host": "", "co_organiser": "", "name_en": "", "theme": "",
    }  # fmt: skip
    return sent | changes


def event_form(event, **changes):
    """What the browser sends for an event like this one."""
    sent = {
        "version": event.version, "name": event.name, "name_en": "", "trade": "6-18-02-04 焊工",
        "group_name": "", "entry_kind": event.entry_kind, "minimum_field": "0", "starts_on": "",
        "ends_on": "", "venue": "", "appeal_minutes": "0", "notice_days": "0",
    }  # fmt: skip
    return sent | changes


def fresh(session, table, **columns):
    session.expire_all()
    return session.scalar(select(table).filter_by(**columns))


@pytest.fixture
def competition(event):
    return event.competition


def test_a_competition_is_created_with_industries_and_bodies_in_order(session, organiser, competition):
    coal = build_industry(session, "coal", "煤炭")
    session.commit()
    industries = [competition.industries[0].id, coal.id]
    form = competition_form(session, competition, name="新竞赛", industry_ids=industries)
    organiser.get(CREATE)
    organiser.post(CREATE, form | {"host": " 甲厂 \n\n乙厂"})
    created = fresh(session, Competition, name="新竞赛")
    assert {industry.name_zh for industry in created.industries} == {"机械", "煤炭"}
    assert [(body.role, body.name) for body in created.bodies] == [
        ("organiser", "省总工会"), ("organiser", "省机械冶金工会"), ("host", "甲厂"), ("host", "乙厂"),
    ]  # fmt: skip
    organiser.get(f"/competitions/{created.id}/")
    assert "新竞赛" in organiser.page


def test_bodies_are_taken_out_and_put_in_another_order(session, organiser, competition):
    address = f"/competitions/{competition.id}/edit"
    organiser.post(address, competition_form(session, competition, organiser="甲\n乙\n丙"))
    version = fresh(session, Competition, id=competition.id).version
    organiser.post(address, competition_form(session, competition, organiser="丙\n甲", version=version))
    assert [body.name for body in fresh(session, Competition, id=competition.id).bodies] == ["丙", "甲"]


def order_of_fields(page):
    """The fields of a page, each once, in the order in which they are met."""
    named = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page.split("<main")[1])
    return list(dict.fromkeys(named))


def summary_of(page):
    return re.findall(r'<li><a href="#(\w+?)(?:-0)?">', page)


def test_the_summary_of_errors_follows_the_order_of_the_form(session, organiser, event):
    wrong = {
        "name": "", "name_en": "x" * 201, "year": "x", "level_id": "", "kind_id": "", "union_id": "",
        "industry_ids": ["99999"], "region_id": "99999", "theme": "x" * 201, "starts_on": "x", "ends_on": "x",
        "profile": "x", "organiser": "x" * 121, "host": "x" * 121, "co_organiser": "x" * 121,
    }  # fmt: skip
    organiser.post(CREATE, wrong, 422)
    told = summary_of(organiser.page)
    assert set(told) == set(wrong)
    assert told == [name for name in order_of_fields(organiser.page) if name in told]
    wrong = {
        "name": "", "name_en": "x" * 201, "trade": "x" * 161, "entry_kind": "x", "group_name": "x" * 61,
        "minimum_field": "x", "starts_on": "x", "ends_on": "x", "venue": "x" * 121,
        "appeal_minutes": "x", "notice_days": "x",
    }  # fmt: skip
    organiser.post(f"/competitions/{event.competition_id}/events/new", wrong, 422)
    told = summary_of(organiser.page)
    assert set(told) == set(wrong)
    assert told == [name for name in order_of_fields(organiser.page) if name in told]


COMPETITION_FAULTS = (
    ({"name": " "}, "此项必填，请填写"),
    ({"name": "赛" * 121}, "最多 120 个字符"),
    ({"year": "二〇二六"}, f"1949 至 {LAST} 之间的整数"),
    ({"year": "1948"}, f"1949 至 {LAST} 之间的整数"),
    ({"year": str(LAST + 1)}, f"1949 至 {LAST} 之间的整数"),
    ({"year": "٢٠٢٦"}, f"1949 至 {LAST} 之间的整数"),  # Arabic-Indic digits
    ({"year": "२०२६"}, f"1949 至 {LAST} 之间的整数"),  # Devanagari
    ({"year": "²⁰²⁶"}, f"1949 至 {LAST} 之间的整数"),  # superscripts, which NFKC would make digits
    ({"starts_on": "٢٠٢٦-٠٥-٠١"}, "请填写存在的日期"),
    ({"starts_on": "0001-01-01"}, f"年份须在 1949 至 {LAST} 之间"),
    ({"ends_on": "9999-12-31"}, f"年份须在 1949 至 {LAST} 之间"),
    ({"ends_on": f"{LAST + 1}-01-01"}, f"年份须在 1949 至 {LAST} 之间"),
    ({"kind_id": ""}, "此项必填，请选择"),
    ({"level_id": "999999"}, "此处没有这个选项"),
    ({"level_id": "abc"}, "此处没有这个选项"),
    ({"industry_ids": ["1", "x"]}, "此处没有这个选项"),
    ({"profile": "lax"}, "此处没有这个选项"),
    ({"starts_on": "2026-02-30"}, "请填写存在的日期"),
    ({"starts_on": "2026-07-01"}, "结束日期早于开始日期"),
    ({"organiser": "会" * 121}, "第 1 行过长"),
)


def test_a_competition_with_a_fault_is_not_saved(session, organiser, competition):
    form = competition_form(session, competition, name="新竞赛", theme="留住")
    for changes, says in COMPETITION_FAULTS:
        organiser.post(CREATE, form | changes, 422)
        assert says in visible(organiser.page), changes
        assert 'value="留住"' in organiser.page
    assert len(session.scalars(select(Competition)).all()) == 1


def test_full_width_digits_count_as_digits(session, organiser, competition):
    form = competition_form(session, competition, name="新竞赛", year="２０２７")
    organiser.post(CREATE, form | {"ends_on": "２０２６／６／３０"})
    created = fresh(session, Competition, name="新竞赛")
    assert (created.year, created.ends_on.isoformat()) == (2027, "2026-06-30")


def test_a_name_is_given_once_in_a_union_and_year(session, organiser, competition):
    organiser.post(CREATE, competition_form(session, competition), 422)
    assert "该工会 2026 年度已有同名竞赛" in organiser.page
    organiser.post(CREATE, competition_form(session, competition, year=2027))


def test_a_competition_cannot_be_put_into_a_union_without_a_role(session, organiser, competition):
    strange = build_competition(session)
    session.commit()
    organiser.post(CREATE, competition_form(session, competition, union_id=strange.union_id, name="x"), 422)
    assert "此处没有这个选项" in organiser.page


def test_a_retired_level_is_not_offered_but_kept_where_it_is(session, organiser, competition):
    competition.level.retired_at = competition.created_at
    session.commit()
    organiser.post(CREATE, competition_form(session, competition, name="新竞赛"), 422)
    address = f"/competitions/{competition.id}/edit"
    organiser.post(address, competition_form(session, competition, theme="新主题"))
    assert fresh(session, Competition, id=competition.id).theme == "新主题"


def test_who_saves_second_sees_both_and_overwrites_only_knowingly(session, organiser, competition, browser):
    second = build_user(session, name="王某", grants=[("organiser", "union", competition.union_id)])
    session.commit()
    address = f"/competitions/{competition.id}/edit"
    opened = competition_form(session, competition)
    browser(second).post(address, opened | {"theme": "王某的主题"})
    organiser.post(address, opened | {"theme": "我的主题"}, 409)
    shown = visible(organiser.page)
    assert "已被王某于" in shown
    assert "王某的主题" in shown
    assert 'value="我的主题"' in organiser.page
    assert fresh(session, Competition, id=competition.id).theme == "王某的主题"
    session.commit()
    assert 'name="version" type="hidden" value="2"' in organiser.page
    organiser.post(address, opened | {"theme": "我的主题", "version": 2})
    assert fresh(session, Competition, id=competition.id).theme == "我的主题"
    changes = session.scalars(select(AuditRecord).where(AuditRecord.action == "competition:change")).all()
    assert [record.detail["version"] for record in changes] == [2, 3]


def test_a_version_that_is_no_number_is_an_old_one(session, organiser, competition):
    for version in ("", "x", "９", "99999999999999"):
        form = competition_form(session, competition, version=version)
        organiser.post(f"/competitions/{competition.id}/edit", form, 409)
    without = competition_form(session, competition)
    del without["version"]
    organiser.post(f"/competitions/{competition.id}/edit", without, 409)


def test_an_event_is_created_for_a_trade(session, organiser, competition):
    organiser.get(f"/competitions/{competition.id}/events/new")
    form = {"name": "车工", "trade": "焊工", "entry_kind": "team", "minimum_field": "30",
            "appeal_minutes": "120", "notice_days": "5", "starts_on": "2026-05-20"}  # fmt: skip
    organiser.post(f"/competitions/{competition.id}/events/new", form)
    created = fresh(session, Event, name="车工")
    assert (created.trade.key, created.entry_kind, created.minimum_field) == ("6-18-02-04", "team", 30)
    numbers = (created.appeal_minutes, created.notice_days)
    assert (created.state, numbers) == ("draft", (120, 5))


def test_a_trade_competition_wants_a_trade(organiser, competition):
    form = {"name": "车工", "trade": "", "entry_kind": "person", "minimum_field": "0",
            "appeal_minutes": "0", "notice_days": "0"}  # fmt: skip
    organiser.post(f"/competitions/{competition.id}/events/new", form, 422)
    assert "按工种举办，请填写本赛项的工种" in organiser.page


def test_a_project_competition_refuses_a_trade(session, organiser, competition):
    competition.kind = build_activity_kind(session, "LABOUR_PROJECT")
    session.commit()
    form = {"name": "季度考核", "trade": "焊工", "entry_kind": "unit", "minimum_field": "0",
            "appeal_minutes": "0", "notice_days": "0"}  # fmt: skip
    address = f"/competitions/{competition.id}/events/new"
    organiser.post(address, form, 422)
    assert "不设工种，请将工种留空" in organiser.page
    organiser.post(address, form | {"trade": "", "entry_kind": "person"}, 422)
    assert "此处没有这个选项" in organiser.page
    organiser.post(address, form | {"trade": ""})
    assert fresh(session, Event, name="季度考核").trade_id is None


def test_an_unknown_trade_is_refused_with_the_nearest_and_a_retired_one_is(session, organiser, event):
    address = f"/events/{event.id}/edit"
    organiser.post(address, event_form(event, trade="电焊工"), 422)
    assert "您是否要找：6-18-02-04 焊工" in visible(organiser.page)
    build_trade(session, "6-18-01-01", "车工", retired_at=event.created_at)
    session.commit()
    organiser.post(address, event_form(event, trade="车工"), 422)
    assert "已停用，不能再选择" in organiser.page


EVENT_FAULTS = (
    ({"starts_on": "2026-05-22", "ends_on": "2026-05-20"}, "结束日期早于开始日期"),
    ({"starts_on": "2026-04-30"}, "竞赛日期为 2026年5月1日 至 2026年6月30日"),
    ({"minimum_field": "-1"}, "0 至 100000 之间的整数"),
    ({"minimum_field": "1.5"}, "0 至 100000 之间的整数"),
    ({"notice_days": "99999999999999999999"}, "0 至 365 之间的整数"),
    ({"entry_kind": "robot"}, "此处没有这个选项"),
)


def test_an_event_with_a_fault_is_not_saved(session, organiser, event):
    for changes, says in EVENT_FAULTS:
        organiser.post(f"/events/{event.id}/edit", event_form(event, venue="留住") | changes, 422)
        assert says in visible(organiser.page), changes
        assert 'value="留住"' in organiser.page
    assert fresh(session, Event, id=event.id).version == 1


def test_two_events_of_a_competition_have_two_names(session, organiser, event):
    other = build_event(session, competition=event.competition, name="另一个")
    session.commit()
    organiser.post(f"/events/{other.id}/edit", event_form(other, name=event.name), 422)
    assert "本竞赛已有同名赛项" in organiser.page


def test_what_registration_relies_on_is_shown_and_not_asked(session, organiser, event):
    event.state = "registration"
    session.commit()
    address = f"/events/{event.id}/edit"
    organiser.get(address)
    assert "不能再修改" in visible(organiser.page)
    assert 'name="trade"' not in organiser.page
    assert 'name="entry_kind"' not in organiser.page
    form = event_form(event, version=2, trade="车工", entry_kind="team", venue="新地点")
    organiser.post(address, form)
    changed = fresh(session, Event, id=event.id)
    assert (changed.trade.key, changed.entry_kind, changed.venue) == ("6-18-02-04", "person", "新地点")


def test_a_closed_event_is_not_changed(session, organiser, event):
    for state in ("final", "archived", "cancelled"):
        event.state = state
        session.commit()
        organiser.get(f"/events/{event.id}/edit", 409)
        organiser.post(f"/events/{event.id}/edit", event_form(event, venue="x"), 409)
    assert fresh(session, Event, id=event.id).venue == ""


def test_a_step_taken_meanwhile_is_a_change_too(session, organiser, event):
    opened = event_form(event, venue="我的地点")
    event.state = "registration"
    session.commit()
    organiser.post(f"/events/{event.id}/edit", opened, 409)
    assert "他人已先保存" in organiser.page
    assert fresh(session, Event, id=event.id).venue == ""


def test_level_and_kind_stay_once_an_event_has_left_the_draft(session, organiser, event):
    competition = event.competition
    level = build_level(session, "city", "市级")
    event.state = "registration"
    session.commit()
    address = f"/competitions/{competition.id}/edit"
    organiser.post(address, competition_form(session, competition, level_id=level.id), 422)
    assert "赛项“焊工决赛”已不是草稿，此项不能再修改" in organiser.page
    organiser.post(address, competition_form(session, competition, theme="还能改"))


def test_a_kind_that_its_events_do_not_fit_is_refused(session, organiser, event):
    project = build_activity_kind(session, "LABOUR_PROJECT")
    session.commit()
    form = competition_form(session, event.competition, kind_id=project.id, starts_on="2026-06-01")
    organiser.post(f"/competitions/{event.competition_id}/edit", form, 422)
    assert "赛项“焊工决赛”不符合此类别" in organiser.page


def test_names_are_shown_as_text_never_as_markup(session, organiser, competition, event):
    payload = "<script>alert(1)</script>"
    organiser.post(
        f"/competitions/{competition.id}/edit",
        competition_form(session, competition, name=payload, theme=payload, organiser=payload),
    )
    organiser.post(f"/events/{event.id}/edit", event_form(event, name=payload, venue='"><img src=x>'))
    addresses = (
        "/competitions/", f"/competitions/{competition.id}/", f"/competitions/{competition.id}/edit",
        f"/events/{event.id}/", f"/events/{event.id}/edit", f"/events/{event.id}/steps/cancel",
    )  # fmt: skip
    for address in addresses:
        organiser.get(address)
        assert "&lt;script&gt;alert(1)" in organiser.page
        assert "<script>alert" not in organiser.page
        assert "<img src=x>" not in organiser.page


def test_a_name_with_a_zero_byte_is_stored_without_it(session, organiser, event):
    organiser.post(f"/events/{event.id}/edit", event_form(event, name="焊\x00工"))
    assert fresh(session, Event, id=event.id).name == "焊工"
