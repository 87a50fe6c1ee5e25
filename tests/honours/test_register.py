"""Honours: recommended from final results, granted by documents, each once, seen by their own unions."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from competitions.eligibility import winners
from competitions.eligibility.rules import EntryRules
from competitions.entries.models import Entry, EntryMember, Person
from core import clock
from core.refusals import Refused
from scoring.honours import candidates, queries, services
from scoring.honours.models import Honour
from scoring.honours.services import Act, Decision, Recorded
from tests.client import visible
from tests.factories.accounts import MOMENT
from tests.factories.entries import build_person
from tests.factories.marking import build_organiser, build_stranger, build_theory_and_practice, take

AWARDS = {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]}
ACT = Act(None, MOMENT)
DAY = date(2026, 3, 1)  # the day before MOMENT
GRANT = Decision("总工发〔2026〕1号", DAY, body="演示总工会")


@pytest.fixture
def event(session):
    scores = {name: (str(90 - 5 * n), "80") for n, name in enumerate("甲乙丙丁")}
    event = build_theory_and_practice(session, scores, awards=AWARDS)
    for entry in session.scalars(select(Entry).where(Entry.event_id == event.id)):
        person = build_person(session, entry.name, unit_id=entry.unit_id)
        session.add(EntryMember(entry_id=entry.id, person_id=person.id))
    take(session, event, "tabulate", "announce", "finalise")
    session.commit()
    return event


@pytest.fixture
def page(session, event, browser, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    user = build_organiser(session, event)
    session.commit()
    return browser(user)


def recommended(session, event, kind="expert", level="national", most=3):
    offered = candidates.list_candidates(session, event, kind)[:most]
    return services.recommend(session, event, kind, level, offered, ACT)


def codes(refused):
    return [one.code for one in refused.value.refusals]


def workbook(*rows):
    book = Workbook()
    book.active.append(["荣誉", "级别", "姓名", "单位", "授予单位", "文号", "日期"])
    for row in rows:
        book.active.append(list(row))
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    return target


def test_the_best_are_recommended_granted_by_one_document_and_counted(session, event, page):
    offered = candidates.list_candidates(session, event, "expert")
    assert [(one.rank, one.name) for one in offered] == [(1, "甲"), (2, "乙"), (3, "丙"), (4, "丁")]
    path = f"/events/{event.id}/results/honours"
    page.get(path + "?kind=expert&level=national")
    picked = [one.key for one in offered[:3]]
    page.post(path, {"kind": "expert", "level": "national", "pick": picked})
    lists = f"/competitions/{event.competition_id}/honours"
    said = {"document": "人社部发〔2026〕9号", "on": "2026-03-01", "body": "演示部"}
    page.post(f"{lists}/expert/national/grant", said)
    session.rollback()
    assert queries.count_granted(session, DAY, DAY) == [("expert", "national", 3)]
    assert queries.count_granted(session, date(2025, 1, 1), date(2025, 12, 31)) == []
    page.get("/honours/")
    assert visible(page.page).count("人社部发〔2026〕9号") == 3


def test_nobody_is_recommended_from_a_result_that_is_not_final(session):
    event = build_theory_and_practice(session, {"甲": ("90", "80"), "乙": ("80", "80")}, awards=AWARDS)
    take(session, event, "tabulate", "announce")
    with pytest.raises(Refused) as refused:
        services.recommend(session, event, "expert", "national", [], ACT)
    assert codes(refused) == ["HONOUR_NOT_FINAL"]


def test_an_honour_is_given_once_and_again_only_after_it_was_taken_back(session, event):
    (first, *_others) = recommended(session, event)
    with pytest.raises(Refused) as refused:
        recommended(session, event)
    assert codes(refused) == ["HONOUR_HELD"] * 3
    recommended(session, event, level="provincial")  # another level is another honour
    services.decide(session, [first], "granted", GRANT, ACT)
    services.decide(session, [first], "revoked", Decision("撤〔2026〕2号", DAY, reason="弄虚作假"), ACT)
    assert queries.count_granted(session, DAY, DAY) == []
    assert len(recommended(session, event, most=1)) == 1


def test_what_was_written_down_by_name_stands_in_the_way_of_a_recommendation_too(session, event):
    person = session.scalars(select(Person).where(Person.name == "甲")).one()
    unit, union = person.unit, event.competition.union
    (written,) = services.record_granted(
        session, union, [Recorded("medal", "national", "甲", unit.name, GRANT)], ACT
    )
    assert written.person_ref == person.ref
    with pytest.raises(Refused) as refused:
        recommended(session, event, kind="medal", most=1)
    assert codes(refused) == ["HONOUR_HELD"]
    offered = candidates.list_candidates(session, event, "medal")
    assert [len(one.held) for one in offered] == [1, 0, 0, 0]


def test_a_state_goes_forward_only(session, event):
    (one, two, _three) = recommended(session, event)
    services.decide(session, [one], "declined", Decision("", DAY, reason="名额已满"), ACT)
    for state in ("granted", "revoked", "declined"):
        with pytest.raises(Refused) as refused:
            services.decide(session, [one], state, GRANT, ACT)
        assert codes(refused) == ["HONOUR_STATE"]
    services.decide(session, [two], "granted", GRANT, ACT)
    with pytest.raises(Refused) as refused:
        services.decide(session, [two], "revoked", Decision("", date(2026, 2, 28), reason="误"), ACT)
    assert codes(refused) == ["HONOUR_BEFORE_GRANT"]
    with pytest.raises(Refused) as refused:
        services.decide(session, [two], "revoked", Decision("", date(2099, 1, 1), reason="误"), ACT)
    assert codes(refused) == ["HONOUR_DAY"]


def test_rules_of_entry_may_name_an_honour_and_it_shuts_out_by_its_name_alone(session, event):
    (one, *_others) = recommended(session, event)
    services.decide(session, [one], "granted", GRANT, ACT)
    person = session.scalars(select(Person).where(Person.name == "甲")).one().id
    event.competition.year = 2027

    def shut_out(*names):
        rules = EntryRules(winners_back=5, winners_awards=names)
        return winners.excluded_winners(session, event, rules, [person])

    assert shut_out("全国技术能手")[person].award == "全国技术能手"
    assert shut_out("省技术能手") == {}
    assert shut_out() == {}


def test_a_list_is_taken_whole_and_comes_out_again_as_it_went_in(session, event, page):
    union = event.competition.union_id
    rows = [("五一劳动奖章", "全国", "李䶮", "甲厂", "全总", "总工发1号", "2026-02-26"),
            ("工人先锋号", "省", "一班", "甲厂", "省总", "省工发2号", "2026/2/27"),
            ("五一劳动奖状", "市", "乙厂", "乙厂", "市总", "市工发3号", "2026年2月28日")]  # fmt: skip
    page.post("/honours/import", {"union_id": union, "file": (workbook(*rows), "名单.xlsx")})
    session.rollback()
    found = session.scalars(select(Honour).order_by(Honour.id)).all()
    assert [(one.kind, one.level, one.recipient, one.granted_on.isoformat()) for one in found] == [
        ("medal", "national", "李䶮", "2026-02-26"), ("pioneer", "provincial", "一班", "2026-02-27"),
        ("certificate", "municipal", "乙厂", "2026-02-28"),
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(page.get("/honours/register.xlsx").data)).active
    given = {tuple(cell or "" for cell in row[:4]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert given == {row[:4] for row in rows}
    page.post("/honours/import", {"union_id": union, "file": (workbook(*rows), "名单.xlsx")}, status=422)
    assert visible(page.page).count("同一荣誉只授予一次") == 3


def test_a_list_with_a_fault_is_not_taken_and_every_cell_is_named(session, event, page):
    rows = [("五一劳动奖章", "全国", "甲", "甲厂", "全总", "1号", "2026-02-30"),
            ("劳模", "火星", "", "甲厂", "", "1号", "2026-01-01"),
            ("五一劳动奖章", "全国", "甲" * 121, "甲厂", "全总", "1号", "2026-02-01")]  # fmt: skip
    union = event.competition.union_id
    page.post("/honours/import", {"union_id": union, "file": (workbook(*rows), "x.xlsx")}, status=422)
    text = visible(page.page)
    for said in ("日期不存在", "不是登记簿中的荣誉", "不是规定的级别", "此格必填", "最多 120 个字"):
        assert said in text, said
    session.rollback()
    assert session.scalars(select(Honour)).all() == []


def test_the_groups_of_a_list_are_said_and_its_shares_follow(session, event, page):
    made = recommended(session, event, kind="medal")
    session.commit()
    path = f"/competitions/{event.competition_id}/honours"
    first, second, _third = made
    said = {f"group_{first.id}": "industrial", f"migrant_{first.id}": "yes", f"group_{second.id}": "?"}
    page.post(path + "/groups", said)
    session.expire_all()
    rows = session.scalars(select(Honour).order_by(Honour.id)).all()
    assert [(row.grouping, row.migrant) for row in rows] == [("industrial", True), ("", None), ("", None)]
    page.get(path)
    assert "33.3%" in page.page
    for kind in ("xlsx", "pdf"):
        assert page.get(f"{path}/medal-national.{kind}").data
    page.get(f"{path}/medal-municipal.xlsx", 404)


def test_other_unions_neither_see_nor_decide(session, event, browser):
    (one, *_others) = recommended(session, event)
    other = build_stranger(session)
    session.commit()
    page = browser(other)
    page.get("/honours/")
    assert "甲" not in visible(page.page)
    page.get(f"/honours/{one.id}", 403)
    page.post(f"/honours/{one.id}/grant", {"document": "1", "on": "2026-03-01", "body": "x"}, status=403)
    page.get(f"/competitions/{event.competition_id}/honours", 403)
    page.get(f"/events/{event.id}/results/honours", 403)


def test_a_name_of_another_result_cannot_be_slipped_in(session, event, page):
    body = {"kind": "expert", "level": "national", "pick": ["p1-999999"]}
    page.post(f"/events/{event.id}/results/honours", body, status=409)
    session.rollback()
    assert session.scalars(select(Honour)).all() == []
