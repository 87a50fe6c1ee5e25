"""The judge register: who stands in it for whom, qualifications, appointing from it."""

from datetime import date

import pytest
from sqlalchemy import select

from competitions.judges import queries as judges
from competitions.judges.balance import Candidate, Need, suggest
from competitions.judges.register import queries, rules
from competitions.judges.register.models import JudgeProfile, JudgeQualification
from competitions.judges.register.queries import Sought
from competitions.judges.register.rules import Held
from core.audit.models import AuditRecord
from core.audit.rules import chain_name
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_trade
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment, build_profile, build_qualification
from tests.factories.organisations import build_union, build_unit
from tests.statements import statements_of

WELDER, TURNER, FIRST = 7, 8, date(2026, 5, 20)


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ([], ("unknown", "")),
        ([Held(WELDER, "municipal")], ("qualified", "municipal")),
        ([Held(WELDER, "municipal", date(2026, 5, 20))], ("qualified", "municipal")),  # its last day counts
        ([Held(WELDER, "municipal", date(2026, 5, 19))], ("expired", "municipal")),
        (
            [Held(WELDER, "national", date(2026, 5, 19)), Held(WELDER, "enterprise")],
            ("qualified", "enterprise"),
        ),
        ([Held(WELDER, "industrial"), Held(WELDER, "provincial")], ("qualified", "provincial")),
        ([Held(TURNER, "national")], ("other", "national")),
        ([Held(None, "national")], ("other", "national")),  # for no trade in particular: not for this one
    ],
)
def test_who_is_qualified_for_a_trade_on_the_first_day(held, found):
    assert rules.standing(held, WELDER, FIRST) == found


def test_where_the_event_has_no_trade_every_qualification_counts():
    assert rules.standing([Held(TURNER, "national")], None, FIRST) == ("qualified", "national")


def test_the_qualified_come_first_then_the_higher_level():
    found = [("unknown", ""), ("other", "national"), ("qualified", "municipal"), ("expired", "national"),
             ("qualified", "national")]  # fmt: skip
    assert sorted(found, key=rules.order) == [found[4], found[2], found[3], found[1], found[0]]


def test_a_proposal_prefers_the_qualified_where_there_are_more_judges_than_needed():
    people = [Candidate(1), Candidate(2), Candidate(3, qualified=True), Candidate(4, qualified=True)]
    found = suggest(people, [Need("T", 1, work=1), Need("P", 2, most=2, work=4)])
    # P, the heavier, needs two: the qualified 3 and 4. T: 1 has nothing to do yet. 2: P is full, T takes it.
    assert found.stages == {1: ("T",), 2: ("T",), 3: ("P",), 4: ("P",)}
    assert found.heads == {3, 1}


def test_who_is_left_over_is_not_the_qualified_judge():
    people = [Candidate(1), Candidate(2), Candidate(3, qualified=True)]
    assert suggest(people, [Need("P", 1, most=2)]).spare == (2,)  # 3 is taken, 1 joins, 2 finds no room


def test_the_work_stays_even_where_there_are_just_enough():
    people = [Candidate(1), Candidate(2, qualified=True)]
    found = suggest(people, [Need("T", 1, work=1), Need("P", 1, work=4)])
    assert found.stages == {1: ("T",), 2: ("P",)}


# ---------------------------------------------------------------- whose judges they are


@pytest.fixture
def world(session):
    union, elsewhere = build_union(session), build_union(session)
    below = build_union(session, parent=union)
    unit, far = build_unit(session, union_id=below.id), build_unit(session, union_id=elsewhere.id)
    trade = build_trade(session)
    event = build_event(
        session, "registration", competition=build_competition(session, union=union), trade_id=trade.id,
        starts_on=FIRST,
    )  # fmt: skip
    event.organiser = build_user(session, grants=[("organiser", "union", union.id)])
    event.unit, event.far, event.welder = unit, far, trade
    session.commit()
    return event


EVERYBODY = Sought()


def judge(session, name, unit=None):
    user = build_user(session, name=name)
    build_profile(session, user, unit_id=unit.id if unit else None)
    return user


def names(session, event, sought=EVERYBODY):
    scopes = frozenset({("union", event.competition.union_id)})
    found = sorted(one.user.name for one in queries.list_judges(session, scopes, sought))
    assert queries.count_judges(session, scopes, sought) == len(found)
    return found


def test_the_register_of_a_union_holds_its_subtree_and_who_has_judged_for_it_and_nobody_else(session, world):
    judge(session, "演示甲", world.unit)
    judge(session, "演示乙", world.far)
    judge(session, "演示丙")
    build_user(session, name="演示无关")
    guest = judge(session, "演示丁", world.far)
    dismissed = build_user(session, name="演示戊")
    build_appointment(session, world, user=guest)
    build_appointment(session, world, user=dismissed).dismissed_at = MOMENT
    other = build_event(session, competition=build_competition(session, union=world.far.union))
    build_appointment(session, other, user=build_user(session, name="演示己"))
    assert names(session, world) == sorted(["演示甲", "演示丁", "演示戊"])


def test_closed_accounts_of_an_imported_package_are_in_no_register(session, world):
    imported = build_user(session, name="演示旧", disabled_at=MOMENT)
    build_appointment(session, world, user=imported)
    assert names(session, world) == []
    build_profile(session, imported)
    assert names(session, world) == ["演示旧"]


def test_search_by_name_unit_trade_and_level(session, world):
    first, other = judge(session, "演示甲", world.unit), judge(session, "演示乙", world.unit)
    build_qualification(session, first, trade_id=world.welder.id, level="national")
    build_qualification(session, other, level="national")
    assert names(session, world, Sought(name="甲")) == ["演示甲"]
    assert names(session, world, Sought(unit=world.unit.name[2:])) == sorted(["演示甲", "演示乙"])
    assert names(session, world, Sought(trade_id=world.welder.id)) == ["演示甲"]
    assert names(session, world, Sought(level="national")) == sorted(["演示甲", "演示乙"])
    assert names(session, world, Sought(trade_id=world.welder.id, level="municipal")) == []


def test_a_search_is_recorded_without_the_name_and_stands_in_no_address(session, browser, world):
    judge(session, "演示甲", world.unit)
    session.commit()
    page = browser(world.organiser)
    page.post("/judges/search", {"name": "演示甲", "trade": "", "level": ""}, 200)
    assert "演示甲" in visible(page.page)
    page.post("/judges/search", {"name": "演示甲", "trade": "999", "level": "x"}, 422)
    record = session.scalars(select(AuditRecord).where(AuditRecord.action == "register:search")).one()
    assert record.detail == {"matches": 1}


def test_a_judge_of_others_is_not_shown_and_somebody_who_is_no_judge_is_not_found(session, browser, world):
    far, nobody = judge(session, "演示乙", world.far), build_user(session)
    session.commit()
    page = browser(world.organiser)
    for path in ("", "/edit", "/qualifications/new"):
        page.get(f"/judges/{far.id}{path}", 403)
        page.get(f"/judges/{nobody.id}{path}", 404)


def test_somebody_is_taken_into_the_register_only_with_a_unit_of_the_own_unions_and_once(
    session, browser, world
):
    build_user(session, "jia", name="演示甲")
    session.commit()
    page, said = browser(world.organiser), {"who": "演示甲", "title": "高级技师"}
    page.post("/judges/new", said | {"unit": world.far.name}, 422)
    page.post("/judges/new", said, 422)
    page.post("/judges/new", said | {"who": "没有此人", "unit": world.unit.name}, 422)
    page.post("/judges/new", said | {"unit": world.unit.name})
    profile = session.scalars(select(JudgeProfile)).one()
    assert (profile.user.name, profile.unit_id, profile.title) == ("演示甲", world.unit.id, "高级技师")
    page.post("/judges/new", said | {"unit": world.unit.name}, 422)
    assert "已在裁判库中" in visible(page.page)


def test_a_profile_is_changed_within_the_own_unions_and_cannot_be_lost(session, browser, world):
    user = judge(session, "演示甲", world.unit)
    session.commit()
    page, path = browser(world.organiser), f"/judges/{user.id}/edit"
    page.get(path)
    page.post(path, {"unit": world.far.name}, 422)
    page.post(path, {"unit": ""}, 422)
    page.post(path, {"unit": world.unit.name, "title": "技师", "note": "焊接专业"})
    session.expire_all()
    assert session.get(JudgeProfile, user.id).note == "焊接专业"


def test_a_guest_who_judged_here_keeps_the_foreign_unit(session, browser, world):
    user = build_user(session, name="演示客")
    build_appointment(session, world, user=user, unit_id=world.far.id)
    session.commit()
    page, path = browser(world.organiser), f"/judges/{user.id}/edit"
    assert world.far.name in page.get(path).text
    page.post(path, {"unit": world.far.name, "title": "教授"})
    session.expire_all()
    assert session.get(JudgeProfile, user.id).unit_id == world.far.id


def test_qualifications_are_added_changed_and_removed(session, browser, world):
    user = judge(session, "演示甲", world.unit)
    session.commit()
    page, path = browser(world.organiser), f"/judges/{user.id}/qualifications"
    said = {"trade": "焊工", "level": "national", "certificate_number": "国裁 001", "issued_by": "演示协会"}
    page.post(f"{path}/new", said | {"trade": "焊"}, 422)
    page.post(f"{path}/new", said | {"level": "world"}, 422)
    page.post(f"{path}/new", said | {"valid_until": "2026-02-30"}, 422)
    page.post(f"{path}/new", said | {"valid_until": "2020-01-31"})
    row = session.scalars(select(JudgeQualification)).one()
    assert (row.trade_id, row.level, row.valid_until) == (world.welder.id, "national", date(2020, 1, 31))
    assert "已过期" in visible(page.get(f"/judges/{user.id}").text)
    page.get(f"{path}/{row.id}")
    page.post(f"{path}/{row.id}", said | {"trade": "", "valid_until": ""})
    session.expire_all()
    assert (row.trade_id, row.valid_until) == (None, None)
    page.post(f"{path}/{row.id}/remove")
    assert session.scalars(select(JudgeQualification)).all() == []


def test_a_qualification_belongs_to_the_judge_in_the_address(session, browser, world):
    user, far = judge(session, "演示甲", world.unit), judge(session, "演示乙", world.far)
    row = build_qualification(session, far)
    session.commit()
    browser(world.organiser).get(f"/judges/{user.id}/qualifications/{row.id}", 404)


# ---------------------------------------------------------------- appointing


def test_the_qualified_are_offered_first_and_what_expires_before_the_event_is_said(session, browser, world):
    people = {name: judge(session, f"演示{name}", world.unit) for name in ("甲", "乙", "丙", "丁")}
    build_qualification(session, people["乙"], trade_id=world.welder.id, valid_until=date(2026, 5, 19))
    build_qualification(session, people["丙"], trade_id=world.welder.id, valid_until=date(2026, 5, 20))
    build_qualification(session, people["丁"], level="national")
    judge(session, "演示外", world.far)
    build_appointment(session, world, user=judge(session, "演示在", world.unit))
    session.commit()
    text = visible(browser(world.organiser).get(f"/events/{world.id}/judges/register").text)
    places = [text.index(f"演示{name}") for name in "丙乙丁甲"]
    assert places == sorted(places)
    assert "资格在赛前到期" in text
    assert "2026年5月19日" in text
    assert "演示外" not in text
    assert "演示在" not in text


def test_several_are_appointed_at_once_with_their_own_units(session, browser, world):
    chosen = [judge(session, f"演示{name}", world.unit) for name in "甲乙"]
    build_entry(session, world, unit=world.unit)
    session.commit()
    page, path = browser(world.organiser), f"/events/{world.id}/judges/register"
    page.post(path, {}, 422)
    page.post(path, {"judge": [str(one.id) for one in chosen]})
    found = judges.list_appointments(session, world.id)
    assert {one.user_id: one.unit_id for one in found} == {one.id: world.unit.id for one in chosen}
    assert "回避" in visible(page.get(f"/events/{world.id}/judges/").text)  # the unit has sent somebody


def test_nobody_is_appointed_whom_the_register_does_not_offer_and_then_nobody_at_all(session, browser, world):
    near, far = judge(session, "演示甲", world.unit), judge(session, "演示乙", world.far)
    session.commit()
    path = f"/events/{world.id}/judges/register"
    browser(world.organiser).post(path, {"judge": [str(near.id), str(far.id)]}, 422)
    browser(world.organiser).post(path, {"judge": ["x"]}, 422)
    assert judges.list_appointments(session, world.id) == []


def test_a_search_for_candidates_is_recorded_in_the_event(session, browser, world):
    judge(session, "演示甲", world.unit)
    judge(session, "演示乙", world.unit)
    session.commit()
    page = browser(world.organiser)
    page.post(f"/events/{world.id}/judges/register/search", {"name": "乙", "unit": ""}, 200)
    assert "演示乙" in visible(page.page)
    assert "演示甲" not in visible(page.page)
    record = session.scalars(select(AuditRecord).where(AuditRecord.action == "register:search")).one()
    assert (record.chain, record.detail) == (chain_name(world.id), {"matches": 1})


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_the_pages_ask_as_often_for_few_judges_as_for_many(app, session, browser, world):
    page, counts = browser(world.organiser), []
    for many in (1, 9):
        for number in range(many):
            user = judge(session, f"演示{many}{number}", world.unit)
            build_qualification(session, user, trade_id=world.welder.id)
        session.commit()
        paths = ("/judges/", f"/events/{world.id}/judges/register")
        counts.append([sum(statements_of(app, page.get, path).values()) for path in paths])
    assert counts[0] == counts[1]
    assert counts[0] <= [12, 18]
