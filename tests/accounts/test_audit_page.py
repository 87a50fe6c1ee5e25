"""The record of acts: who may see what, filters, and the check of the chain."""

import json

import pytest
from sqlalchemy import text

from accounts import audit_words
from accounts.policy import ROLES
from core import clock
from core.audit import queries, services
from core.audit.actions import ACTIONS
from tests.client import visible
from tests.factories.accounts import build_user
from tests.tampering import tamper, unguarded

PAGE = "/accounts/audit"


@pytest.fixture
def admin(session):
    user = build_user(session, "admin", [("admin", "site", 0)])
    session.commit()
    return user


def record(session, action, subject="user:1", event_id=None, actor=None, **detail):
    services.record(
        session, action, actor_id=actor, subject=subject, now=clock.now(), detail=detail, event_id=event_id
    )
    session.commit()


def test_every_act_and_every_field_has_its_words():
    """Add the words of a new act to accounts/audit_acts.py, and their Chinese."""
    fields = {name for names in ACTIONS.values() for name in names}
    assert sorted(set(ACTIONS) - set(audit_words.ACTION_NAMES)) == []
    assert sorted(fields - set(audit_words.FIELD_NAMES)) == []


def test_the_newest_act_stands_first_and_in_words(session, browser, admin):
    record(session, "union:create", "union:4", actor=admin.id, name="演示工会")
    page = visible(browser(admin).get(PAGE).text)
    assert page.index("登录 演示admin") < page.index("新增工会 工会 4 名称 演示工会")


def test_a_list_of_codes_is_shown_as_people_write_one(session, browser, admin):
    record(session, "ceremony:uncover", "event:4", event_id=4, ceremony=1, number=2, entries=["A02", "A11"])
    assert "参赛者 A02、A11" in visible(browser(admin).get(PAGE).text)


def test_the_list_narrows_to_a_person_an_act_and_an_event(session, browser, admin):
    other = build_user(session, "other", name="演示旁人")
    record(session, "union:create", "union:4", actor=admin.id, name="甲")
    drawn = {"entries": 24, "seed_sha256": "0" * 64, "drawn_sha256": ""}
    record(session, "draw:make", "event:5", event_id=5, actor=other.id, **drawn)
    page = browser(admin)
    everything = "共 3 条"
    assert everything in visible(page.get(PAGE).text)
    assert "共 1 条" in visible(page.get(f"{PAGE}?who=旁人").text)
    assert "共 1 条" in visible(page.get(f"{PAGE}?what=union:create").text)
    assert "共 1 条" in visible(page.get(f"{PAGE}?event=5").text)
    assert "共 0 条" in visible(page.get(f"{PAGE}?until=2020-01-01").text)
    assert "共 1 条" in visible(page.get(f"{PAGE}?text=甲").text)
    assert "共 1 条" in visible(page.get(f"{PAGE}?text=union:4").text)
    assert "共 0 条" in visible(page.get(f"{PAGE}?text=UNION:4").text)  # codes in capitals are in no digest
    assert "共 0 条" in visible(page.get(f"{PAGE}?text=%25").text)  # stands for itself
    assert everything in visible(page.get(f"{PAGE}?since=2020-01-01&until=2099-12-31").text)


STRANGE = [
    "since=9999-12-31", "until=0001-01-01", "until=9999-12-31", "event=99999999999999", "event=-1", "what=x",
    "who=%01", "page=0", "page=99999999999999999999", "since=x", "check=1&event=77",
    "text=%00", "text=%25", "text=%22%5C", "text=%F0%9F%98%80",
]  # fmt: skip


def test_a_strange_filter_shows_a_page_all_the_same(browser, admin):
    page = browser(admin)
    for query in STRANGE:
        page.get(f"{PAGE}?{query}")


def test_long_records_are_paged(session, browser, admin):
    for number in range(60):
        services.record(
            session, "union:create", actor_id=admin.id, subject="union:1", now=clock.now(),
            detail={"name": f"第{number}号"},
        )  # fmt: skip
    session.commit()
    page = browser(admin)
    assert "第59号" in page.get(PAGE).text
    assert "第0号" not in page.page
    assert "第0号" in page.get(f"{PAGE}?page=2").text


def test_a_supervisor_of_one_event_sees_that_event_alone(session, browser):
    supervisor = build_user(session, "jiandu", [("supervisor", "event", 5)])
    record(session, "draw:make", "event:5", event_id=5, entries=24, seed_sha256="a" * 64, drawn_sha256="")
    record(session, "draw:make", "event:6", event_id=6, entries=17, seed_sha256="b" * 64, drawn_sha256="")
    record(session, "union:create", "union:4", name="演示工会")
    page = browser(supervisor)
    shown = visible(page.get(PAGE).text)
    assert "共 1 条" in shown
    assert "演示工会" not in shown
    assert "共 0 条" in visible(page.get(f"{PAGE}?event=6&check=1").text)
    assert "链完整" not in page.page
    assert "链完整" in page.get(f"{PAGE}?event=5&check=1").text
    for asked, events in (({}, [5]), ({"event": "6"}, []), ({"text": "b" * 64}, [])):
        lines = page.post(f"{PAGE}/export", {**asked, "format": "jsonl"}, status=200).data.splitlines()
        assert [json.loads(line)["subject"] for line in lines] == [f"event:{number}" for number in events]
    page.get("/accounts/audit/checkpoints.jsonl", status=403)


def test_others_do_not_see_the_record(session, browser):
    others = [role for role in ROLES if role not in {"admin", "supervisor"}]
    user = build_user(session, "other", [(role, "site", 0) for role in others])
    session.commit()
    browser(user).get(PAGE, 403)


def test_a_whole_chain_is_found_complete(session, browser, admin):
    page = visible(browser(admin).get(f"{PAGE}?check=1").text)
    assert "链完整" in page


DAMAGES = [
    ("UPDATE audit_record SET detail = '{\"name\":\"己\"}' WHERE seq = 2", 2),
    ("UPDATE audit_record SET actor_id = 99 WHERE seq = 3", 3),
    ("UPDATE audit_record SET hash = prev_hash WHERE seq = 4", 4),
    ("DELETE FROM audit_record WHERE seq = 3", 4),
    ("DELETE FROM audit_record WHERE seq = 1", 2),
]


def test_the_first_record_that_does_not_fit_is_named(session, browser, admin):
    for name in "甲乙丙丁戊":
        record(session, "union:create", "union:4", actor=admin.id, name=name)
    session.commit()
    for damage, found in DAMAGES:
        with unguarded(session):
            session.execute(text(damage))
        assert queries.check_chain(session, "site").broken_at == found, damage
        session.rollback()
    tamper(session, DAMAGES[0][0])
    assert "链在第 2 条断裂" in visible(browser(admin).get(f"{PAGE}?check=1").text)


def test_the_chosen_records_are_handed_out_as_files(session, browser, admin):
    for name in ("甲", "=1+1"):
        record(session, "union:create", "union:4", actor=admin.id, name=name)
    session.commit()
    page = browser(admin)
    asked = {"what": "union:create"}
    table = page.post(f"{PAGE}/export", {**asked, "format": "csv"}, status=200).data.decode("utf-8-sig")
    assert len(table.splitlines()) == 3
    lines = page.post(f"{PAGE}/export", {**asked, "format": "jsonl"}, status=200).data.splitlines()
    assert [json.loads(line)["detail"]["name"] for line in lines] == ["甲", "=1+1"]
    assert page.post(f"{PAGE}/export", {**asked, "format": "xlsx"}, status=200).data.startswith(b"PK")
    page.post(f"{PAGE}/export", {**asked, "format": "exe"}, status=404)
    assert "导出操作记录" in visible(page.get(PAGE).text)
