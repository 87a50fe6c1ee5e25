"""The own trade of whoever is entered: a condition of entry, asked for at every door, kept with the entry."""

from types import SimpleNamespace

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from competitions.eligibility.queries import rules_of
from competitions.entries import batches, deciding, exports, services
from competitions.entries.models import Entry
from competitions.entries.proposals import propose
from competitions.entries.services import NotEnterable, Source
from competitions.events.lifecycle import missing
from competitions.events.models import Event
from competitions.lists.workbook import list_workbook
from tests.client import visible
from tests.entries.tables import asked, read_table, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_trade
from tests.factories.eligibility import build_rules
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

BY = {"actor_id": None, "now": MOMENT}
FIELDS = ("name", "unit", "trade")
NOTHING = (5, "OWN_TRADE_UNKNOWN", "")


@pytest.fixture
def place(session):
    """An open contest of welders, its unit, and people who may organise it and register for the unit."""
    build_trade(session, "6-31-01-03", "电工", name_en="Electrician")
    build_trade(session, "6-18-01-01", "车工", name_en="Turner")
    unit, event = build_unit(session, name="演示甲厂"), build_event(session, "registration")
    union = event.competition.union_id
    return SimpleNamespace(
        event=event, unit=unit, path=f"/events/{event.id}",
        organiser=build_user(session, grants=[("organiser", "union", union)]),
        registrar=build_user(session, grants=[("registrar", "unit", unit.id)]),
    )  # fmt: skip


def enter(session, event, *trades, **settings):
    rows = [(f"选手{'甲乙丙丁'[n]}", "演示甲厂", trade) for n, trade in enumerate(trades)]
    proposed = table(*rows, fields=FIELDS)
    return services.add_entries(session, event, proposed, asked(event, **settings), **BY)


def trades_of(session, event):
    session.expire_all()
    entries = session.scalars(select(Entry).where(Entry.event_id == event.id).order_by(Entry.number))
    return [entry.members[0].trade.name_zh if entry.members[0].trade else "" for entry in entries]


@pytest.mark.parametrize(
    ("rules", "refused"),
    [
        ({}, []),
        ({"own_trade": True}, [(3, "OWN_TRADE", "6-31-01-03"), (4, "OWN_TRADE", "车工"), NOTHING]),
        ({"own_trade": True, "trades": ["6-31-01-03"]}, [(4, "OWN_TRADE", "车工"), NOTHING]),
        ({"trades": ["6-31-01-03", "6-18-01-01"]}, [(2, "OWN_TRADE", "焊工"), NOTHING]),
    ],
)  # fmt: skip
def test_the_own_trade_is_the_events_or_one_of_the_list(session, place, rules, refused):
    build_rules(session, place.event, **rules)
    rows = [(f"选手{n}", "演示甲厂", trade) for n, trade in enumerate(("焊工", "6-31-01-03", "车工", ""))]
    proposal = propose(session, asked(place.event), table(*rows, fields=FIELDS))
    assert [(f.row, f.code, f.value) for f in proposal.errors] == refused
    assert {f.field for f in proposal.errors} <= {"trade"}


def test_an_event_without_a_trade_can_ask_for_none_of_its_own(session, place):
    place.event.trade = None
    build_rules(session, place.event, own_trade=True)
    enter(session, place.event, "电工", "")
    assert trades_of(session, place.event) == ["电工", ""]


def test_a_draft_may_lack_the_trade_until_it_is_handed_in_and_an_exception_is_in_writing(session, place):
    build_rules(session, place.event, own_trade=True)
    (draft,) = enter(session, place.event, "电工", draft=True)
    submitted = deciding.submit_entries(session, place.event, [draft], **BY)
    assert (submitted.entries, [one.breach.code for one in submitted.left]) == ([], ["OWN_TRADE"])
    services.change_entry(
        session, place.event, draft, table(("选手甲", "演示甲厂", "电工"), fields=FIELDS),
        asked(place.event, ignoring=draft, exception="相近工种"), revision=0, resubmit=True,
        **BY,
    )  # fmt: skip
    assert session.get(Entry, draft).review == "submitted"


def test_the_step_to_ready_asks_the_rules_once_more(session, place):
    entries = enter(session, place.event, "焊工", "电工")
    deciding.approve_all(session, place.event, deciding.AS_ORGANISER, **BY)
    assert len(entries) == 2
    assert "ENTRIES_BREAK_RULES" not in codes_missing(session, place)
    build_rules(session, place.event, own_trade=True)
    found = [r for r in missing(session, place.event, "close_registration", MOMENT) if r.where == "entries"]
    assert [(r.code, r.params) for r in found] == [("ENTRIES_BREAK_RULES", {"count": 1, "numbers": "2"})]


def codes_missing(session, place):
    return [refusal.code for refusal in missing(session, place.event, "close_registration", MOMENT)]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_own_export_comes_back_unchanged_and_a_changed_trade_is_shown_applied_and_undone(
    session, place, locale
):
    enter(session, place.event, "焊工", "")
    session.commit()
    kind = place.event.entry_kind
    with force_locale(locale):
        rows = exports.rows(session.scalars(select(Entry).order_by(Entry.number)).all(), kind)
        at = exports.headings(kind).index("Own trade" if locale == "en" else "本人职业（工种）")
        first = list_workbook("名单", exports.headings(kind), rows)
        proposal = propose(session, asked(place.event, updating=True), read_table("a.xlsx", first, kind))
        assert set(proposal.groups.values()) == {"same"}
        rows[0][at], rows[1][at] = "6-31-01-03", "车工"
        changed = read_table("b.xlsx", list_workbook("名单", exports.headings(kind), rows), kind)
        proposal = propose(session, asked(place.event, updating=True), changed)
        welder, electrician = ("Welder", "Electrician") if locale == "en" else ("焊工", "电工")
        assert proposal.entries[0].changes[0][1:] == ("trade", welder, electrician)
        source = Source("b.xlsx", "0" * 64)
        batch = services.import_entries(
            session, place.event, changed, asked(place.event, updating=True), source, **BY
        )
    assert trades_of(session, place.event) == ["电工", "车工"]
    batches.undo_batch(session, place.event, batch.id, decides=True, actor_id=None, now=MOMENT)
    assert trades_of(session, place.event) == ["焊工", ""]


def test_the_organiser_lists_trades_by_code_or_name_and_unknown_ones_come_with_those_like_them(
    session, browser, place
):
    session.commit()
    page, path = browser(place.organiser), f"{place.path}/entry-rules/"
    said = {"women": "cadre", "level_least": "", "own_trade": "y", "trades": "6-31-01-03 电工\n车工员"}
    page.post(f"{path}edit", said, 422)
    assert "目录中没有“车工员”，是否为：6-18-01-01 车工" in visible(page.page)
    page.post(f"{path}edit", said | {"trades": "6-31-01-03 电工\n车工"})
    assert "本人职业（工种）：焊工、电工、车工" in visible(page.get(path).text)
    session.expire_all()
    assert rules_of(session, session.get(Event, place.event.id)).trades == ("6-31-01-03", "6-18-01-01")
    session.rollback()
    assert "6-31-01-03 电工\n6-18-01-01 车工</textarea>" in page.get(f"{path}edit").text


def test_the_form_asks_for_what_the_rules_ask_and_keeps_it(session, browser, place):
    build_rules(session, place.event, own_trade=True, level_least="高级工")
    session.commit()
    page = browser(place.registrar)
    said = {"unit": "演示甲厂", "people-0-name": "演示选手", "people-0-trade": "", "people-0-skill_level": ""}
    page.post(f"{place.path}/entries/new", said, 422)
    shown = visible(page.page)
    assert "没有填写本人职业（工种）；本赛项要求：焊工" in shown
    assert "本人职业（工种） （选填）" not in shown
    assert "技能等级 （选填）" not in shown
    said |= {"people-0-trade": "Welder", "people-0-skill_level": "技师"}
    page.post(f"{place.path}/entries/new", said)
    assert trades_of(session, place.event) == ["焊工"]
    (entry,) = session.scalars(select(Entry)).all()
    edit = f"{place.path}/entries/{entry.id}"
    session.rollback()
    shown = page.get(f"{edit}/edit").text
    assert 'value="焊工"' in shown
    assert '<option selected value="技师">' in shown
    assert "焊工" in visible(page.get(edit).text)


def test_who_takes_somebodys_place_says_the_own_trade_too(session, browser, place):
    build_rules(session, place.event, own_trade=True)
    (number,) = enter(session, place.event, "焊工")
    ref = session.get(Entry, number).members[0].person.ref
    session.commit()
    page, path = browser(place.organiser), f"{place.path}/entries/{number}/substitute/{ref}"
    said = {"who": "new", "name": "演示后来者", "reason": "换人"}
    page.post(path, said | {"trade": "电工"}, 422)
    assert "本人职业（工种）为“电工”" in visible(page.page)
    page.post(path, said | {"trade": "焊工"})
    assert trades_of(session, place.event) == ["焊工"]


def test_nothing_is_entered_for_another_trade_than_asked(session, place):
    build_rules(session, place.event, own_trade=True)
    with pytest.raises(NotEnterable):
        enter(session, place.event, "焊工", "电工")
