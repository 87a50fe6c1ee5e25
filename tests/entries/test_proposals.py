"""Everything that stands against a list is told at once, each fault with its row and its column."""

import pytest

from competitions.entries import services
from competitions.entries.proposals import propose
from competitions.entries.services import NotEnterable
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories import catalogue
from tests.factories.accounts import MOMENT
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

TEAM = ("group", "unit", "name", "id_number")


@pytest.fixture
def event(session):
    """A contest of welders that is open for registration, and a unit."""
    build_unit(session, name="演示甲厂")
    return build_event(session, "registration")


def found(session, event, rows, *, fields=FIELDS, notes=False, **settings):
    """Return (row, field, code) of each finding."""
    proposal = propose(session, asked(event, **settings), table(*rows, fields=fields))
    findings = proposal.notes if notes else proposal.errors
    return [(finding.row, finding.field, finding.code) for finding in findings]


FAULTY = [
    (("", "演示甲厂"), "name", "VALUE_MISSING"),
    (("张三", ""), "unit", "VALUE_MISSING"),
    (("张三", "演示乙厂"), "unit", "UNIT_UNKNOWN"),
    (("13812345678", "演示甲厂"), "name", "NAME_DIGITS"),
    (("张\u200b三", "演示甲厂"), "name", "TEXT_UNSEEN"),
    (("张" * 81, "演示甲厂"), "name", "TEXT_LONG"),
    (("李一", "厂" * 121), "unit", "TEXT_LONG"),
    (("李二", "演示甲厂", "123"), "id_number", "ID_LENGTH"),
    (("李三", "演示甲厂", "110105194912310021"), "id_number", "ID_CHECKSUM"),
    (("李四", "演示甲厂", "110105199902300015"), "id_number", "ID_DATE"),
    (("李五", "演示甲厂", "11010519491231O02X"), "id_number", "ID_CHARACTERS"),
    (("李六", "演示甲厂", "3.10101E+17"), "id_number", "ID_AS_NUMBER"),
    (("李七", "演示甲厂", "370101190102039973"), "id_number", "AGE_OUT_OF_RANGE"),
    (("李八", "演示甲厂", "", "12345"), "phone", "PHONE_FORMAT"),
    (("李九", "演示甲厂", "", "", "级" * 21), "skill_level", "TEXT_LONG"),
]


def test_every_fault_of_every_row_is_told_at_once_with_its_row_and_column(session, event):
    rows = [("王一", "演示甲厂"), *(row for row, _field, _code in FAULTY), ("", "演示甲厂", "123")]
    expected = [(place, field, code) for place, (_row, field, code) in enumerate(FAULTY, start=3)]
    last = len(FAULTY) + 3
    told = [fault for fault in found(session, event, rows) if fault != (9, "unit", "UNIT_UNKNOWN")]
    assert told == [*expected, (last, "name", "VALUE_MISSING"), (last, "id_number", "ID_LENGTH")]


def test_no_message_holds_a_whole_number(session, event):
    rows = [("张三", "演示甲厂", "110105194912310021", "1381234567"), ("110105194912310021", "演示甲厂")]
    proposal = propose(session, asked(event), table(*rows))
    shown = " ".join(f"{finding.value} {finding.params}" for finding in proposal.findings)
    assert "19491231" not in shown
    assert "1381234567" not in shown


def test_who_is_the_same_person(session, event):
    none = ("张三", "演示甲厂")
    one, two = (*none, id_number(1)), (*none, id_number(2))
    other_name = ("李四", "演示甲厂", id_number(1))
    twice = [(3, "name", "DUPLICATE_IN_FILE")]
    # The same ID number is one person whatever the name; without one, the same name in the same unit is.
    for rows in ([one, other_name], [none, none], [one, none], [none, one]):
        assert found(session, event, rows) == twice
    assert found(session, event, [one, two]) == []


def test_nobody_is_entered_twice_in_one_event_and_everybody_may_enter_another(session, event):
    enter(session, event, ("张三", "演示甲厂", id_number(1)), ("李四", "演示甲厂"))
    rows = [("张三", "演示甲厂", id_number(1)), ("李四", "演示甲厂"), ("王五", "演示甲厂")]
    assert found(session, event, rows) == [(2, "name", "DUPLICATE_ENTRY"), (3, "name", "DUPLICATE_ENTRY")]
    assert found(session, build_event(session, "registration"), rows) == []


def test_a_person_of_a_withdrawn_entry_may_be_entered_again(session, event):
    unit = build_unit(session, name="演示丙厂")
    build_entry(session, event, "张三", unit=unit, review="withdrawn")
    assert found(session, event, [("张三", "演示丙厂")]) == []


def test_an_id_number_stays_with_its_name(session, event):
    enter(session, event, ("张三", "演示甲厂", id_number(1)))
    other = build_event(session, "registration")
    rows = [("张珊", "演示甲厂", id_number(1))]
    assert found(session, other, rows) == [(2, "name", "ID_NAME_MISMATCH")]


def test_somebody_known_without_an_id_number_is_known_with_one_later(session, event):
    enter(session, event, ("张三", "演示甲厂"))
    rows = [("张三", "演示甲厂", id_number(1))]
    assert found(session, event, rows) == [(2, "name", "DUPLICATE_ENTRY")]


def test_of_several_known_people_of_one_name_the_id_number_decides(session, event):
    enter(session, event, ("张三", "演示甲厂", id_number(1)), ("张三", "演示甲厂", id_number(2)))
    other = build_event(session, "registration")
    assert found(session, other, [("张三", "演示甲厂")]) == [(2, "name", "PERSON_AMBIGUOUS")]
    assert found(session, other, [("张三", "演示甲厂", id_number(2))]) == []


def test_a_unit_is_known_by_its_name_whatever_the_width_of_its_brackets(session, event):
    unit = build_unit(session, name="演示（集团）有限公司")
    proposal = propose(session, asked(event), table(("张三", "演示(集团) 有限公司")))
    assert proposal.errors == []
    assert proposal.entries[0].unit_id == unit.id


def test_an_unknown_unit_comes_with_names_like_it(session, event):
    proposal = propose(session, asked(event), table(("张三", "演示甲工厂")))
    (fault,) = proposal.errors
    assert (fault.code, fault.params["near"]) == ("UNIT_UNKNOWN", "演示甲厂")


def test_units_to_be_registered_are_told_once_with_their_rows(session, event):
    rows = [("张三", "演示新厂"), ("李四", "演示新 厂"), ("王五", "演示甲厂")]
    proposal = propose(session, asked(event, register_units=True), table(*rows))
    (unit,) = proposal.new_units
    assert (unit.name, unit.rows, proposal.errors) == ("演示新厂", (2, 3), [])


def test_whoever_registers_for_a_unit_enters_nobody_of_another(session, event):
    own = build_unit(session, name="演示丁厂")
    rows = [("张三", "演示丁厂"), ("李四", "演示甲厂"), ("王五", "演示无厂")]
    units = frozenset({own.id})
    assert found(session, event, rows, units=units) == [
        (3, "unit", "UNIT_FOREIGN"), (4, "unit", "UNIT_FOREIGN"),
    ]  # fmt: skip


def test_what_was_changed_in_reading_is_said(session, event):
    rows = [("阿卜杜拉•买买提", "演示甲厂", id_number(1), "１３８１２３４５６７８"), ("吴\ue863", "演示甲厂")]
    assert found(session, event, rows) == []
    assert found(session, event, rows, notes=True) == [
        (2, "name", "NAME_DOT"), (2, "phone", "DIGITS_PLAIN"), (3, "name", "TEXT_PRIVATE"),
    ]  # fmt: skip


def test_a_team_has_two_to_twenty_members(session, event):
    event = build_event(session, "registration", entry_kind="team")
    for size, wrong in ((1, True), (2, False), (20, False), (21, True)):
        rows = [("一队", "演示甲厂", f"队员{'甲' * n}") for n in range(1, size + 1)]
        errors = found(session, event, rows, fields=TEAM)
        assert errors == ([(2, "group", "TEAM_SIZE")] if wrong else [])


def test_rows_of_one_name_and_one_unit_are_one_team(session, event):
    event = build_event(session, "registration", entry_kind="team")
    build_unit(session, name="演示乙厂")
    people = (("演示甲厂", "张一"), ("演示乙厂", "李一"), ("演示甲厂", "张二"), ("演示乙厂", "李二"))
    rows = [("一队", unit, name) for unit, name in people]
    proposal = propose(session, asked(event), table(*rows, fields=TEAM))
    teams = [(entry.unit, [person.values.name for person in entry.people]) for entry in proposal.entries]
    assert teams == [("演示甲厂", ["张一", "张二"]), ("演示乙厂", ["李一", "李二"])]


def test_nobody_is_in_two_teams(session, event):
    event = build_event(session, "registration", entry_kind="team")
    rows = [(team, "演示甲厂", name) for team in ("一队", "二队") for name in ("张三", f"{team}员")]
    assert found(session, event, rows, fields=TEAM) == [(4, "name", "DUPLICATE_IN_FILE")]


def test_a_unit_enters_once(session, event):
    event = build_event(session, "registration", entry_kind="unit")
    rows = [("演示甲厂",), ("演示甲厂",)]
    assert found(session, event, rows, fields=("unit",)) == [(3, "unit", "DUPLICATE_IN_FILE")]
    enter(session, event, ("演示甲厂",), fields=("unit",))
    assert found(session, event, rows[:1], fields=("unit",)) == [(2, "unit", "DUPLICATE_ENTRY")]


def test_a_work_has_its_authors(session, event):
    event = build_event(session, "registration", entry_kind="work")
    rows = [("焊枪支架", "演示甲厂", "张三"), ("焊枪支架", "演示甲厂", "李四")]
    enter(session, event, *rows, fields=TEAM)
    other = [("焊枪支架", "演示甲厂", "王五")]
    assert found(session, event, other, fields=TEAM) == [(2, "group", "DUPLICATE_ENTRY")]


def test_the_day_of_birth_is_looked_at_with_or_without_an_id_number(session, event):
    fields = ("name", "unit", "id_number", "birth")
    rows = [("张三", "演示甲厂", "", "1985-02-31"), ("李四", "演示甲厂", id_number(1), "1985年1月11日"),
            ("王五", "演示甲厂", id_number(2), "1985.1.10")]  # fmt: skip
    assert found(session, event, rows, fields=fields) == [
        (2, "birth", "BIRTH_FORMAT"), (3, "id_number", "ID_MISMATCH"),
    ]  # fmt: skip


def test_rows_for_another_event_are_refused(session, event):
    own = event.trade.name_zh
    said = (own, event.name, event.trade.code, "", own + "员")
    rows = [(f"选手{'甲乙丙丁戊'[n]}", "演示甲厂", name) for n, name in enumerate(said)]
    assert found(session, event, rows, fields=("name", "unit", "event")) == [(6, "event", "EVENT_OTHER")]


def test_own_trades_are_those_of_the_catalogue_and_unknown_ones_come_with_names_like_them(session, event):
    catalogue.build_entry(session, "trade", "电工")
    own = event.trade.name_zh
    said = (own, event.trade.code, f"{event.trade.code} {own}", "", "电工", own + "员")
    rows = [(f"选手{'甲乙丙丁戊己'[n]}", "演示甲厂", trade) for n, trade in enumerate(said)]
    fields = ("name", "unit", "trade")
    proposal = propose(session, asked(event), table(*rows, fields=fields))
    assert [(f.row, f.field, f.code, f.params) for f in proposal.errors] == [
        (7, "trade", "TRADE_UNKNOWN", {"near": own}),
    ]  # fmt: skip
    trades = [entry.people[0].trade.name if entry.people[0].trade else "" for entry in proposal.entries]
    assert trades == [own, own, own, "", "电工", ""]


def test_an_unusual_skill_level_is_kept_with_the_usual_ones_like_it(session, event):
    rows = [("张三", "演示甲厂", "", "", "中级"), ("李四", "演示甲厂", "", "", "高级工")]
    assert found(session, event, rows) == []
    assert found(session, event, rows, notes=True) == [(2, "skill_level", "LEVEL_UNUSUAL")]


def test_a_list_with_a_fault_enters_nobody(session, event):
    rows = table(("张三", "演示甲厂"), ("李四", "演示甲厂", "123"))
    with pytest.raises(NotEnterable) as caught:
        services.add_entries(session, event, rows, asked(event), actor_id=None, now=MOMENT)
    assert [refusal.code for refusal in caught.value.refusals] == ["ID_LENGTH"]


def enter(session, event, *rows, fields=FIELDS):
    """Enter rows without a fault."""
    services.add_entries(
        session, event, table(*rows, fields=fields), asked(event), actor_id=None, now=MOMENT
    )
