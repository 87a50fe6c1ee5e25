"""The catalogue's pages: search, add, change, retire; only administrators write."""

import pytest
from sqlalchemy import select

from competitions.catalogue import queries
from competitions.catalogue.models import CatalogueEntry
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.catalogue import build_entry, build_industry, build_trade
from tests.factories.events import build_event


@pytest.fixture
def admin(session, browser):
    user = build_user(session, grants=[("admin", "site", 0)])
    build_entry(session, "trade_group", "6-18-02-00", code="6-18-02-00", name_zh="机械热加工人员")
    build_entry(session, "gbt4754", "C", code="C", name_zh="制造业")
    build_trade(session, parent_key="6-18-02-00")
    session.commit()
    return browser(user)


def entry_of(session, **columns):
    session.expire_all()
    return session.scalar(select(CatalogueEntry).filter_by(**columns))


def test_search_finds_by_name_code_and_english_name_and_says_when_nothing_fits(admin):
    for words in ("焊", "6-18-02", "weld"):
        admin.get(f"/catalogue/?kind=trade&q={words}")
        assert "焊工" in admin.page
    admin.get("/catalogue/?kind=trade&q=%25")
    assert "没有符合条件的条目" in admin.page


def test_an_address_with_nonsense_shows_the_usual_list(admin):
    admin.get("/catalogue/?kind=nonsense&page=-5&industry=x&state=%00&q=%00")
    assert "焊工" in admin.page


def test_a_free_trade_needs_a_name_only_and_is_marked(session, admin):
    admin.post("/catalogue/trade/new", {"name_zh": "中药传统名堂"})
    entry = entry_of(session, name_zh="中药传统名堂")
    assert (entry.code, entry.attributes) == ("", {"non_standard": True})
    admin.get("/catalogue/?q=名堂")
    assert "非大典" in visible(admin.page)


def test_a_pending_code_is_marked_and_given_later_with_its_source(session, admin):
    entry = build_entry(session, "national_union", "railway", name_zh="铁路工会", code_state="pending")
    session.commit()
    admin.get("/catalogue/?kind=national_union")
    assert "编码待核" in visible(admin.page)
    admin.post(f"/catalogue/entries/{entry.id}/edit", {"name_zh": entry.name_zh, "source": "全总文件"})
    assert entry_of(session, id=entry.id).code_state == "sourced"


WRONG_CODES = (
    ("trade", "6-18-1-1", "不是职业编码"),
    ("trade", "5-99-99-99", "不是职业编码"),  # the right shape, below no group that there is
    ("trade", "6-18-02-04", "已使用编码"),
    ("gbt4754", "U01", "不是 GB/T 4754 代码"),
    ("gbt4754", "C98", "不是 GB/T 4754 代码"),
    ("region", "37010", "不是行政区划代码"),
)


def test_a_code_that_cannot_be_right_is_refused_with_what_to_do(session, admin):
    for kind, code, says in WRONG_CODES:
        admin.post(f"/catalogue/{kind}/new", {"name_zh": "新条目", "code": code, "source": "某文件"}, 422)
        assert says in admin.page
        assert 'value="新条目"' in admin.page
    assert entry_of(session, name_zh="新条目") is None


def test_a_code_without_a_source_is_not_taken(session, admin):
    admin.post("/catalogue/trade/new", {"name_zh": "铆工", "code": "6-18-02-09"}, 422)
    assert "编码不得凭记忆填写" in admin.page
    admin.post("/catalogue/trade/new", {"name_zh": "铆工", "code": "6-18-02-09", "source": "大典 2022"})
    assert entry_of(session, key="6-18-02-09").parent_key == "6-18-02-00"


def test_industries_name_codes_that_the_catalogue_has(session, admin):
    admin.post("/catalogue/industry/new", {"name_zh": "机械", "standard_codes": "C Z99"}, 422)
    assert "“Z99”不是 GB/T 4754 代码" in admin.page
    admin.post("/catalogue/industry/new", {"name_zh": "机械", "standard_codes": "c"})
    assert entry_of(session, name_zh="机械").attributes == {"gbt4754": ["C"]}


def test_activity_kinds_are_not_added_by_hand(admin):
    admin.get("/catalogue/?kind=activity_kind")
    assert "/catalogue/activity_kind/new" not in admin.page
    admin.get("/catalogue/activity_kind/new", 409)
    admin.post("/catalogue/activity_kind/new", {"name_zh": "新类别"}, 409)
    assert "本表不能新增" in admin.page


def test_an_entry_in_use_is_retired_and_stays_where_it_is(session, admin, browser):
    trade = build_trade(session)
    event = build_event(session, trade=trade)
    organiser = build_user(session, grants=[("organiser", "site", 0)])
    session.commit()
    admin.get(f"/catalogue/entries/{trade.id}/edit")
    assert "有 1 条记录使用本条目" in visible(admin.page)
    admin.post(f"/catalogue/entries/{trade.id}/retire")
    session.expire_all()
    assert trade not in queries.list_offered(session, "trade")
    assert trade in queries.list_offered(session, "trade", keep=[trade.id])
    session.commit()
    page = browser(organiser)
    page.get(f"/events/{event.id}/")
    assert "焊工 · 6-18-02-04" in visible(page.page)
    admin.get("/catalogue/?kind=trade&state=retired")
    assert "焊工" in admin.page
    admin.post(f"/catalogue/entries/{trade.id}/restore")
    assert entry_of(session, id=trade.id).retired_at is None


def test_only_administrators_of_the_site_write(session, browser):
    industry = build_industry(session)
    organiser = build_user(session, grants=[("organiser", "site", 0)])
    elsewhere = build_user(session, grants=[("admin", "union", 7)])
    session.commit()
    for user in (organiser, elsewhere):
        page = browser(user)
        page.get("/catalogue/")
        assert "/catalogue/trade/new" not in page.page
        page.get("/catalogue/trade/new", 403)
        page.post("/catalogue/trade/new", {"name_zh": "x"}, 403)
        page.post(f"/catalogue/entries/{industry.id}/retire", status=403)
    browser().get("/catalogue/", 302)


def test_what_is_not_there_is_not_found(admin):
    admin.get("/catalogue/nonsense/new", 404)
    admin.get("/catalogue/entries/999999/edit", 404)


def test_a_name_is_shown_as_text_never_as_markup(session, admin):
    admin.post("/catalogue/trade/new", {"name_zh": "<script>alert(1)</script>", "name_en": '"><img src=x>'})
    admin.get("/catalogue/?q=script")
    assert "&lt;script&gt;" in admin.page
    assert "<script>alert" not in admin.page
    assert "<img src=x>" not in admin.page
