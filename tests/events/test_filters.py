"""The list of competitions: each filter alone, together, in an address that stays valid."""

import re

import pytest

from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.catalogue import (
    build_activity_kind,
    build_entry,
    build_industry,
    build_level,
    build_trade,
)
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union


@pytest.fixture
def rows(session):
    """Three competitions that differ in everything."""
    union = build_union(session, name="演示机械冶金工会")
    welding = build_competition(session, name="焊接大赛", year=2026, union=union, theme="建功立业")
    build_event(session, "scoring", name="焊工甲组", competition=welding)
    build_event(session, "draft", name="焊工乙组", competition=welding)
    mining = build_competition(
        session, name="采煤劳动竞赛", name_en="Coal contest", year=2025, union=union,
        kind=build_activity_kind(session, "LABOUR_PROJECT"),
        level=build_level(session, "national-1", "国家级一类"),
        industries=[build_industry(session, "coal", "煤炭"), build_industry(session, "gold", "黄金")],
    )  # fmt: skip
    build_event(session, "final", name="季度考核", competition=mining, trade_id=None, entry_kind="unit")
    other = build_union(session, name="别的工会")
    turning = build_competition(session, name="车工比武", year=2024, union=other)
    lathe = build_trade(session, "6-18-01-01", "车工")
    build_event(session, "archived", name="车工", competition=turning, trade=lathe)
    planned = build_competition(session, name="筹备中的竞赛", year=2027, union=union)
    return {"焊接大赛": welding, "采煤劳动竞赛": mining, "车工比武": turning, "筹备中的竞赛": planned}


@pytest.fixture
def page(session, browser, rows):
    user = build_user(session, grants=[("organiser", "site", 0)])
    session.commit()
    return browser(user)


def shown(page, address):
    page.get(f"/competitions/?{address}")
    body = page.page.partition("<tbody>")[2]
    return [name for name in ("筹备中的竞赛", "焊接大赛", "采煤劳动竞赛", "车工比武") if name in body]


def key(session, kind, key):
    return build_entry(session, kind, key).id


def test_without_filters_everything_is_shown_the_newest_first(page):
    page.get("/competitions/")
    names = re.findall(r"(筹备中的竞赛|焊接大赛|采煤劳动竞赛|车工比武)</a>", page.page)
    assert names == ["筹备中的竞赛", "焊接大赛", "采煤劳动竞赛", "车工比武"]
    assert "共 4 项竞赛" in visible(page.page)


def test_each_filter_narrows_by_itself(session, page):
    ids = {
        name: key(session, *name.split(":"))
        for name in ("level:national-1", "industry:gold", "trade:6-18-01-01", "activity_kind:LABOUR_PROJECT")
    }
    session.commit()
    assert shown(page, "year=2025") == ["采煤劳动竞赛"]
    assert shown(page, f"level={ids['level:national-1']}") == ["采煤劳动竞赛"]
    assert shown(page, f"industry={ids['industry:gold']}") == ["采煤劳动竞赛"]
    assert shown(page, f"trade={ids['trade:6-18-01-01']}") == ["车工比武"]
    assert shown(page, f"kind={ids['activity_kind:LABOUR_PROJECT']}") == ["采煤劳动竞赛"]
    assert shown(page, "state=scoring") == ["焊接大赛"]
    assert shown(page, "state=archived") == ["车工比武"]


def test_a_competition_without_events_counts_as_a_draft(page):
    assert shown(page, "state=draft") == ["筹备中的竞赛", "焊接大赛"]


SEARCHES = (
    ("焊接", ["焊接大赛"]),
    ("coal", ["采煤劳动竞赛"]),  # the English name, in any case
    ("建功", ["焊接大赛"]),  # the theme
    ("别的工会", ["车工比武"]),  # the owning union
    ("甲组", ["焊接大赛"]),  # an event
    ("焊接 甲组", ["焊接大赛"]),  # every word
    ("焊接 季度", []),
    ("%25", []),
    ("_", []),
)


def test_search_looks_at_names_theme_union_and_events(page):
    for words, found in SEARCHES:
        assert shown(page, f"q={words}") == found, words


def test_filters_work_together_and_an_empty_list_says_what_to_do(page):
    assert shown(page, "year=2026&state=scoring&q=焊接") == ["焊接大赛"]
    assert shown(page, "year=2025&state=scoring") == []
    assert "没有符合条件的竞赛。请清除部分筛选条件" in page.page


def test_the_chips_count_under_the_other_filters_and_keep_them(page):
    page.get("/competitions/?year=2026&q=焊接")
    chips = page.page.partition('class="tabs"')[2].partition("</ul>")[0]
    address = r"year=2026&amp;state=scoring&amp;q=%E7%84%8A%E6%8E%A5"
    assert re.search(address + r"\"[^>]*>\s*评分中\s*<span[^>]*>1<", chips)
    assert "已归档" not in chips


def test_nonsense_in_the_address_shows_the_usual_list(page):
    nonsense = "year=abc&level=-1&industry=99999999999999999999&trade=0x1&kind=%00&state=lost&page=zzz&q=%00"
    assert len(shown(page, nonsense)) == 4
    assert len(shown(page, "page=99999")) == 4


def test_a_long_list_has_pages_that_keep_the_filters(session, page, rows):
    union = rows["焊接大赛"].union
    for number in range(30):
        build_competition(session, name=f"第{number:02}届", year=2020, union=union)
    session.commit()
    page.get("/competitions/?year=2020")
    assert page.page.count("</tr>") == 26
    assert "/competitions/?year=2020&amp;page=2" in page.page
    page.get("/competitions/?year=2020&page=2")
    assert page.page.count("</tr>") == 6


def test_everybody_sees_the_own_scope_only(session, browser, rows):
    welding, turning = rows["焊接大赛"], rows["车工比武"]
    event = welding.events[0]
    grants = {
        "union": ("organiser", "union", turning.union_id),
        "competition": ("analyst", "competition", turning.id),
        "event": ("supervisor", "event", event.id),
    }
    users = {name: build_user(session, grants=[grant]) for name, grant in grants.items()}
    session.commit()
    assert shown(browser(users["union"]), "") == ["车工比武"]
    assert shown(browser(users["competition"]), "") == ["车工比武"]
    one = browser(users["event"])
    assert shown(one, "") == ["焊接大赛"]
    assert "焊工甲组" in one.page
    assert "焊工乙组" not in one.page
    assert f"/competitions/{welding.id}/" not in one.page


def test_an_administrator_sees_the_list_and_opens_nothing(session, browser, rows):
    admin = build_user(session, grants=[("admin", "site", 0)])
    session.commit()
    page = browser(admin)
    assert len(shown(page, "")) == 4
    assert "/competitions/new" not in page.page
    assert f"/competitions/{rows['焊接大赛'].id}/" not in page.page
    page.get(f"/competitions/{rows['焊接大赛'].id}/", 403)


def test_the_year_stands_beside_a_competition_unless_its_name_holds_it(session, browser):
    named = build_competition(session, name="钢铁竞赛（2025）", year=2025)
    build_competition(session, name="煤炭竞赛", year=2025, union=named.union)
    user = build_user(session, grants=[("organiser", "union", named.union_id)])
    session.commit()
    text = visible(browser(user).get("/competitions/").text)
    assert f"钢铁竞赛（2025） {named.union.name} ·" in text
    assert f"煤炭竞赛 2025 · {named.union.name} ·" in text
