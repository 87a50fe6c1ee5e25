"""Reviewing level by level: unit's union, city, organiser; and who decides at which of them."""

import threading
from contextlib import suppress

import pytest
from sqlalchemy import select

from competitions.eligibility.rules import EntryRules
from competitions.eligibility.services import save_rules
from competitions.entries import batches, deciding, services
from competitions.entries.guards import every_entry_decided
from competitions.entries.models import Entry
from competitions.entries.queries import Decider
from competitions.entries.review_queries import list_history
from competitions.entries.services import Source
from competitions.events.services import take_step
from competitions.organisations.services import UnionValues, UnitValues, change_union, change_unit
from core.refusals import Refused
from tests.client import visible
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.eligibility import build_rules, build_unit_below
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_unit

BY = {"actor_id": None, "now": MOMENT}
LEVELS = ("unit_union", "municipal", "organiser")


@pytest.fixture
def place(session):
    """A provincial contest whose entries two unions decide before its organiser; a unit without unions."""

    class Place:
        unit, unions = build_unit_below(session, "演示甲厂", ("grassroots", "municipal", "provincial"))
        lonely = build_unit(session, name="演示乙厂")
        event = build_event(
            session, "registration", competition=build_competition(session, union=unions[2])
        )
        registrar = build_user(session, grants=[("registrar", "unit", unit.id)])
        first = build_user(session, grants=[("organiser", "union", unions[0].id)])
        second = build_user(session, grants=[("organiser", "union", unions[1].id)])
        organiser = build_user(session, grants=[("organiser", "event", event.id)])
        path = f"/events/{event.id}/entries"

    build_rules(session, Place.event, review=LEVELS)
    session.commit()
    return Place


def enter(session, event, *names, unit="演示甲厂", **settings):
    rows = [(name, unit, id_number(int(name[-1]))) for name in names]
    found = services.add_entries(
        session, event, table(*rows, fields=FIELDS), asked(event, **settings), **BY
    )
    session.commit()
    return found


def stands(session, entry_id):
    """Return where an entry stands: its review, and the level at which it waits."""
    session.rollback()
    session.expire_all()
    entry = session.get(Entry, entry_id)
    found = entry.review, entry.level, entry.level_union_id
    session.rollback()
    return found


def decide(session, event, entry_id, decision="approve", reason=""):
    deciding.decide_entry(session, event, entry_id, decision, reason, **BY)
    session.commit()


def test_an_entry_waits_at_each_level_in_turn(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    waits = []
    for _level in LEVELS:
        waits.append(stands(session, entry_id))
        decide(session, place.event, entry_id)
    assert waits == [
        ("submitted", "unit_union", place.unions[0].id),
        ("submitted", "municipal", place.unions[1].id),
        ("submitted", "organiser", None),
    ]
    assert stands(session, entry_id)[0] == "approved"
    history = [(row.decision.level, row.decision.decision) for row in list_history(session, entry_id)]
    assert history == [("unit_union", "passed"), ("municipal", "passed"), ("organiser", "approved")]


def test_levels_without_a_union_above_the_unit_are_skipped(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1", unit="演示乙厂")
    assert stands(session, entry_id) == ("submitted", "organiser", None)


def test_what_was_returned_is_corrected_and_begins_at_the_first_level(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    decide(session, place.event, entry_id)
    decide(session, place.event, entry_id, "return", "身份证照片不清")
    assert stands(session, entry_id)[0] == "returned"
    assert [one.code for one in every_entry_decided(session, place.event, MOMENT)] == ["ENTRIES_UNDECIDED"]
    deciding.submit_entries(session, place.event, [entry_id], **BY)
    session.commit()
    assert stands(session, entry_id) == ("submitted", "unit_union", place.unions[0].id)


def test_a_return_and_a_rejection_say_why(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    for decision in ("return", "reject"):
        with pytest.raises(Refused) as caught:
            deciding.decide_entry(session, place.event, entry_id, decision, " ", **BY)
        assert [(one.code, one.where) for one in caught.value.refusals] == [("ENTRY_REASON", "reason")]


def test_a_second_click_decides_nothing_at_the_next_level(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    deciding.decide_entry(session, place.event, entry_id, "approve", "", seen="unit_union", **BY)
    with pytest.raises(Refused) as caught:
        deciding.decide_entry(session, place.event, entry_id, "approve", "", seen="unit_union", **BY)
    assert [one.code for one in caught.value.refusals] == ["ENTRY_MOVED_ON"]


def test_two_approvals_at_once_do_not_reach_a_level_that_is_not_their_sender_s(
    session, app, place, browser, monkeypatch
):
    """Both pass the guard while the entry waits below; the second must not decide for the city."""
    (entry_id,) = enter(session, place.event, "演示选手1")
    both, decide_entry = threading.Barrier(2), deciding.decide_entry
    # SQLite lets the second in only after the first: it waits in vain, and its guard refuses it.
    patience = 20 if session.get_bind().dialect.name == "postgresql" else 0.2

    def together(*args, **settings):
        with suppress(threading.BrokenBarrierError):
            both.wait(patience)
        return decide_entry(*args, **settings)

    monkeypatch.setattr(deciding, "decide_entry", together)
    clients = [browser(place.first) for _number in range(2)]
    data = [{"csrf_token": client.token()} for client in clients]
    answers = []

    def approve(client, form):
        answers.append(client.client.post(f"{place.path}/{entry_id}/approve", data=form).status_code)

    session.rollback()
    threads = [threading.Thread(target=approve, args=one) for one in zip(clients, data, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert stands(session, entry_id)[1] == "municipal"
    assert answers.count(302) == 1


def test_all_that_wait_for_somebody_are_decided_and_no_others(session, place):
    ids = enter(session, place.event, "演示选手1", "演示选手2")
    enter(session, place.event, "演示选手3", unit="演示乙厂")
    mine = Decider(frozenset({place.unions[0].id}))
    decided = deciding.approve_all(session, place.event, mine, **BY)
    assert (decided.approved, decided.passed) == (0, 2)
    session.commit()
    assert [stands(session, number)[1] for number in ids] == ["municipal"] * 2
    decided = deciding.approve_all(session, place.event, deciding.AS_ORGANISER, **BY)
    assert (decided.approved, decided.passed) == (1, 0)
    with pytest.raises(Refused):
        deciding.approve_all(session, place.event, mine, **BY)


def test_new_levels_let_the_entries_wait_where_the_rules_say(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    save_rules(session, place.event, EntryRules(review=("municipal", "organiser")), **BY)
    session.commit()
    assert stands(session, entry_id) == ("submitted", "municipal", place.unions[1].id)
    save_rules(session, place.event, EntryRules(), **BY)
    session.commit()
    assert stands(session, entry_id) == ("submitted", "organiser", None)
    save_rules(session, place.event, EntryRules(review=LEVELS), **BY)  # what is behind is not asked again
    session.commit()
    assert stands(session, entry_id) == ("submitted", "organiser", None)


def test_an_entry_waits_for_the_unions_above_its_unit_also_when_the_unit_moves(session, place):
    """Otherwise the union that is left would decide what it cannot see, and nobody else could."""
    first, second = enter(session, place.event, "演示选手1", "演示选手2")
    decide(session, place.event, second)
    _other, unions = build_unit_below(session, "演示丙厂", ("grassroots", "municipal", "provincial"))
    by = {"actor_id": None, "now": MOMENT}
    change_unit(session, place.unit, UnitValues(place.unit.name, union_id=unions[0].id), **by)
    session.commit()
    assert stands(session, first) == ("submitted", "unit_union", unions[0].id)
    assert stands(session, second) == ("submitted", "municipal", unions[1].id)


@pytest.mark.parametrize("ended", ["rejected", "withdrawn", "returned"])
def test_what_has_ended_is_decided_again_by_the_unions_above_its_unit_now(session, place, ended):
    """The union that the unit has left decides nothing of it any more, and its history still names it."""
    (entry_id,) = enter(session, place.event, "演示选手1")
    if ended == "withdrawn":
        services.withdraw_entry(session, place.event, entry_id, "换岗", actor_id=place.first.id, now=MOMENT)
    else:
        decision = {"rejected": "reject", "returned": "return"}[ended]
        deciding.decide_entry(session, place.event, entry_id, decision, "名单有误", **BY)
    old = place.unions[0].id
    new = build_unit_below(session, "演示丙厂", ("grassroots", "municipal"))[1]
    change_unit(session, place.unit, UnitValues(place.unit.name, union_id=new[0].id), **BY)
    session.commit()
    assert stands(session, entry_id) == (ended, "unit_union", new[0].id)
    assert {said.decision.union_id for said in list_history(session, entry_id)} == {old}


def test_a_unit_that_moved_while_registration_was_closed_is_decided_by_its_new_unions(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    deciding.decide_entry(session, place.event, entry_id, "reject", "名单有误", **BY)
    place.event.state = "ready"
    new = build_unit_below(session, "演示丙厂", ("grassroots", "municipal"))[1]
    change_unit(session, place.unit, UnitValues(place.unit.name, union_id=new[0].id), **BY)
    by = {"actor_id": place.organiser.id, "now": MOMENT}
    take_step(session, place.event, "reopen_registration", reason="补报", **by)
    session.commit()
    assert stands(session, entry_id) == ("rejected", "unit_union", new[0].id)


def test_an_entry_goes_on_where_a_moved_union_has_left_its_level(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    decide(session, place.event, entry_id)
    union = place.unions[0]
    values = UnionValues(union.name, union.kind, parent_id=place.unions[2].id)  # no city above it any more
    change_union(session, union, values, actor_id=None, now=MOMENT)
    session.commit()
    assert stands(session, entry_id) == ("submitted", "organiser", None)


def test_an_imported_list_that_is_undone_gives_the_level_back(session, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    decide(session, place.event, entry_id)
    batch = services.import_entries(
        session, place.event, table(("演示选手1", "演示甲厂", id_number(1), "13812345678")),
        asked(place.event, updating=True), Source("名单.xlsx", "0" * 64), resubmit=True, **BY,
    )  # fmt: skip
    session.commit()
    assert stands(session, entry_id)[1] == "unit_union"
    batches.undo_batch(session, place.event, batch.id, decides=True, **BY)
    session.commit()
    assert stands(session, entry_id)[1] == "municipal"


# ---------------------------------------------------------------- in the browser


def test_each_level_sees_what_waits_for_it_and_no_other_decides_it(session, browser, place):
    (entry_id,) = enter(session, place.event, "演示选手1")
    at = f"{place.path}/{entry_id}"
    # Whoever stands above the union may stand in for it; the organiser of the event does not.
    assert "/approve" in browser(place.second).get(at).text
    assert "/approve" not in browser(place.organiser).get(at).text
    browser(place.organiser).post(f"{at}/approve", status=403)
    page = browser(place.first)
    assert "演示选手1" in visible(page.get(f"{place.path}/").text)
    assert "焊工" in visible(page.get("/registration/review").text)
    page.post(f"{at}/approve?level=unit_union")
    assert stands(session, entry_id)[1] == "municipal"
    page.post(f"{at}/approve", status=403)
    browser(place.second).post(f"{place.path}/approve-all")
    browser(place.organiser).post(f"{place.path}/approve-all")
    assert stands(session, entry_id)[0] == "approved"


def test_a_union_sees_the_entries_of_its_own_units_alone(session, browser, place):
    enter(session, place.event, "演示选手1")
    enter(session, place.event, "演示选手2", unit="演示乙厂")
    shown = visible(browser(place.second).get(f"{place.path}/").text)
    assert "演示选手1" in shown
    assert "演示选手2" not in shown
    _unit, (elsewhere,) = build_unit_below(session, "演示丙厂", ("municipal",))
    stranger = build_user(session, grants=[("organiser", "union", elsewhere.id)])
    session.commit()
    browser(stranger).get(f"{place.path}/", status=403)
    browser(place.first).get(f"{place.path}/new", status=403)


def test_a_registrar_keeps_a_draft_hands_it_in_and_corrects_what_comes_back(session, browser, place):
    page = browser(place.registrar)
    person = {"unit": "演示甲厂", "people-0-name": "演示选手1", "people-0-id_number": id_number(1)}
    page.post(f"{place.path}/new", person | {"as_draft": "1"})
    entry_id = session.scalar(select(Entry.id))
    assert stands(session, entry_id)[0] == "draft"
    assert "1 份草稿尚未提交" in visible(page.get(f"{place.path}/").text)
    page.post(f"{place.path}/submit")
    assert stands(session, entry_id)[:2] == ("submitted", "unit_union")
    first = browser(place.first)
    first.post(f"{place.path}/{entry_id}/return?level=unit_union", {"return-reason": "缺手机号"})
    assert "退回原因：缺手机号" in visible(page.get(f"{place.path}/{entry_id}/edit").text)
    standing = session.get(Entry, entry_id, populate_existing=True)
    ref, revision = standing.members[0].person.ref, str(standing.revision)
    session.rollback()
    added = {"people-0-ref": ref, "people-0-phone": "13812345678", "version": revision}
    page.post(f"{place.path}/{entry_id}/edit", person | added)
    assert stands(session, entry_id)[:2] == ("submitted", "unit_union")
    shown = visible(first.get(f"{place.path}/{entry_id}").text)
    assert "缺手机号" in shown
    assert "已提交" in shown


def test_drafts_of_other_units_are_neither_seen_nor_handed_in(session, browser, place):
    (other,) = enter(session, place.event, "演示选手2", unit="演示乙厂", draft=True)
    page = browser(place.registrar)
    assert "演示选手2" not in visible(page.get(f"{place.path}/").text)
    page.post(f"{place.path}/submit", status=409)
    page.post(f"{place.path}/{other}/submit", status=403)
    assert stands(session, other)[0] == "draft"
