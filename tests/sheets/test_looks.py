"""Marks too far apart: exactly the judges who make it so look again; both values stay on record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core import canonical
from core.audit.models import AuditRecord
from core.refusals import Refused
from scoring.results import outcomes
from scoring.rules.numbers import ONE, format_short
from scoring.rules.scheme import parse_scheme
from scoring.sheets import corrections, integrity, looks, projection, queries, services, spread
from scoring.sheets.models import LedgerOperation, SecondLook
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from scoring.sheets.signatures import Signature, marks_hash
from scoring.tablet import bundle
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import build_event_with, mark, scheme, score, stage
from tests.factories.scoring import sheet_of
from tests.tablet.sending import owner, save, send, sign

LEVELS = ["低于标准", "达到标准", "部分优于标准", "优秀"]
JUDGED = [
    {"code": "L1", "title": "成形", "kind": "judgement", "max": "6", "levels": LEVELS},
    {"code": "L2", "title": "对称", "kind": "judgement", "max": "6", "levels": LEVELS},
]
PLACE = MarkKey("L1", 1)


def aspect_of(**fields):
    document = scheme([stage("P", "实操", [score("S1", "总评", "100", **fields)])])
    return parsed(document)


def parsed(document):
    found, _findings = parse_scheme(document)
    return found.stages[0].aspects[0]


@given(st.lists(st.integers(0, 100 * ONE), min_size=1, max_size=5), st.integers(0, 50))
def test_exactly_those_are_asked_who_are_further_from_somebody_than_the_panel_allows(given_, most):
    aspect = aspect_of(step="0.000001", panel={"method": "mean", "max_spread": str(most)})
    numbers = {f"J{number}": value for number, value in enumerate(given_, start=1)}
    values = {judge: format_short(number) for judge, number in numbers.items()}
    expected = sorted(
        judge
        for judge, number in numbers.items()
        if any(abs(number - other) > most * ONE for other in numbers.values())
    )
    assert spread.far_apart(aspect, values) == expected
    assert bool(expected) == (max(numbers.values()) - min(numbers.values()) > most * ONE)


@pytest.mark.parametrize(
    ("values", "asked"),
    [
        ("1 2 2", []), ("1 2 3", ["J1", "J3"]), ("0 0 3", ["J1", "J2", "J3"]), ("3 2 1", ["J1", "J3"]),
        ("0 2 2", ["J1", "J2", "J3"]),
    ],
)  # fmt: skip
def test_of_three_levels_the_one_between_is_not_asked(values, asked):
    aspect = parsed(scheme([stage("P", "实操", JUDGED)]))
    assert spread.far_apart(aspect, dict(zip(("J1", "J2", "J3"), values.split(), strict=True))) == asked


@pytest.fixture
def event(session):
    event = build_event_with(session, scheme([stage("P", "实操", JUDGED)]), ["甲"], judges=3)
    session.commit()
    return event


def give(session, event, judge, first, second="2"):
    mark(session, event, judge, "A01", "P", {"L1": first, "L2": second})


def all_give(session, event, *levels):
    for number, level in enumerate(levels, start=1):
        give(session, event, f"J{number}", level)


def states_of(session, event):
    session.expire_all()
    return [sheet_of(session, event, f"J{n}", "A01", "P").state for n in (1, 2, 3)]


def asked(session, event, judge):
    return looks.open_places(session, sheet_of(session, event, judge, "A01", "P"))


def errors(session, event):
    session.expire_all()
    return [finding.code for finding in outcomes.live(session, event.id).outcome.findings]


def again(session, event, judge, changes, note="复核后维持"):
    """Let a judge answer: change what is to be changed, and sign."""
    sheet = sheet_of(session, event, judge, "A01", "P")
    keys = {MarkKey(aspect, 1): value for aspect, value in changes.items()}
    if keys:
        told = services.save_marks(
            session, event, sheet, SheetOperation(f"s-{judge}", sheet.ref, sheet.version, keys), MOMENT
        )
        if told.outcome != "applied":
            return told
    signature = Signature(marks_hash(queries.marks_of(session, sheet.id)), reason=note)
    operation = SheetOperation(f"g-{judge}", sheet.ref, sheet.version, signature=signature)
    return services.sign_sheet(session, event, sheet, operation, MOMENT)


def test_nobody_is_asked_before_everybody_has_signed(session, event):
    all_give(session, event, "1", "2")
    assert states_of(session, event) == ["locked", "locked", "draft"]
    give(session, event, "J3", "3")
    assert states_of(session, event) == ["returned", "locked", "returned"]
    assert (asked(session, event, "J1"), asked(session, event, "J2")) == ({PLACE}, set())


def test_panels_in_order_are_left_alone(session, event):
    all_give(session, event, "1", "2", "2")
    assert states_of(session, event) == ["locked"] * 3
    assert session.scalars(select(SecondLook)).all() == []


def test_both_values_stay_on_record_and_the_result_is_counted_from_the_new_ones(session, event):
    all_give(session, event, "1", "2", "3")
    assert again(session, event, "J1", {}).outcome == "applied"
    assert again(session, event, "J3", {"L1": "2"}, "重看后更正").outcome == "applied"
    assert states_of(session, event) == ["locked"] * 3
    rows = session.scalars(select(SecondLook).order_by(SecondLook.sheet_id)).all()
    told = [(row.before, row.after, row.outcome, row.note) for row in rows]
    assert told == [("1", "1", "kept", "复核后维持"), ("3", "2", "changed", "重看后更正")]
    request = session.scalar(select(LedgerOperation).where(LedgerOperation.kind == "look_again"))
    assert [marks for _ref, marks in request.body["sheets"]] == [[["L1", 1, "1"]], [["L1", 1, "3"]]]
    assert errors(session, event) == []
    assert (integrity.refusals(session, event.id), projection.refusals(session, event.id)) == ([], [])


def test_only_what_was_asked_can_be_changed(session, event):
    all_give(session, event, "1", "2", "3")
    assert again(session, event, "J1", {"L2": "0"}).outcome == "locked"
    assert again(session, event, "J2", {"L1": "1"}).outcome == "locked"


def test_who_keeps_the_value_is_not_asked_twice_and_the_spread_stays_with_the_chief_judge(session, event):
    all_give(session, event, "1", "2", "3")
    again(session, event, "J1", {})
    again(session, event, "J3", {})
    assert states_of(session, event) == ["locked"] * 3
    assert "PANEL_SPREAD" in errors(session, event)
    (place,) = looks.find_apart(session, event, sheet_of(session, event, "J1", "A01", "P").entry_id, "P")
    assert place.judges == ("J1", "J3")


def test_what_stays_apart_is_settled_by_a_correction_that_a_supervisor_witnesses(session, event):
    """DOMAIN.md EX-04: 1, 2, 3 is refused; after the supervised adjustment to 2, 2, 3 it is accepted."""
    all_give(session, event, "1", "2", "3")
    again(session, event, "J1", {})
    again(session, event, "J3", {})
    chief, supervisor = build_user(session), build_user(session)
    sheet = sheet_of(session, event, "J1", "A01", "P")
    wanted = corrections.propose(
        session, event, sheet, sheet.version, {PLACE: "2"}, "与监督人员复看作品",
        actor_id=chief.id, now=MOMENT,
    )  # fmt: skip
    corrections.witness(session, event, wanted, actor_id=supervisor.id, now=MOMENT)
    assert errors(session, event) == []
    assert projection.refusals(session, event.id) == []
    before = session.scalars(select(SecondLook.before).order_by(SecondLook.sheet_id)).all()
    assert before == ["1", "3"]


def test_the_chief_judge_ends_a_request_that_is_not_answered_and_what_was_signed_counts(session, event):
    all_give(session, event, "1", "2", "3")
    sheet = sheet_of(session, event, "J3", "A01", "P")
    key = {PLACE: "0"}
    services.save_marks(session, event, sheet, SheetOperation("s-1", sheet.ref, sheet.version, key), MOMENT)
    by = {"actor_id": owner(session, sheet).id, "now": MOMENT}
    with pytest.raises(Refused):
        looks.end(session, event, sheet, operation_id="e-1", reason=" ", **by)
    looks.end(session, event, sheet, operation_id="e-1", reason="裁判已离场", **by)
    assert queries.marks_of(session, sheet.id)[PLACE] == "3"
    assert (sheet.state, integrity.refusals(session, event.id)) == ("locked", [])
    assert projection.refusals(session, event.id) == []
    with pytest.raises(Refused):
        looks.end(session, event, sheet, operation_id="e-2", reason="再次", **by)


def test_an_answer_needs_its_reason_and_counts_once(session, event, browser):
    all_give(session, event, "1", "2", "3")
    sheet = sheet_of(session, event, "J3", "A01", "P")
    judge = owner(session, sheet)
    session.commit()
    page = browser(judge)
    marks = [["L1", 1, "2"], ["L2", 1, "2"]]
    without = sign("sign-0001", sheet.ref, 4, *marks)
    answer = sign("sign-0002", sheet.ref, 4, *marks)
    answer["signature"]["reason"] = "重看后更正"
    told = send(page, judge.id, save("save-0001", sheet.ref, 3, ["L1", 1, "2"]), without, answer, answer)
    assert [verdict["outcome"] for verdict in told] == ["applied", "reason", "applied", "applied"]
    twice = answer | {"op_id": "sign-0003", "base": 5}
    assert send(page, judge.id, twice)[0]["outcome"] == "locked"
    assert "sheet:look_again" in session.scalars(select(AuditRecord.action)).all()


@pytest.mark.parametrize(("one", "other"), [(("3", "3"), ("2", "3")), (("2", "2"), ("3", "3"))])
def test_a_judge_is_told_the_same_whatever_the_others_have_marked(session, app, one, other):
    """Neither the direction nor the size of the difference shows in what the device gets."""
    told = []
    for number, levels in enumerate((one, other)):
        event = build_event_with(
            session, scheme([stage("P", "实操", JUDGED)]), ["甲"], judges=3, name=f"赛项{number}"
        )
        all_give(session, event, "0", *levels)
        judge = owner(session, sheet_of(session, event, "J1", "A01", "P"))
        session.commit()
        with app.test_request_context():
            (sheet,) = bundle.build(session, judge.id)["sheets"]
        told.append(canonical.dumps({name: sheet[name] for name in sheet if name not in ("ref", "event")}))
    assert told[0] == told[1]
    assert '"asked":[["L1",1]]' in told[0]


def test_the_chief_judge_reads_who_was_asked_and_tabulating_says_what_is_open(session, event, browser):
    all_give(session, event, "1", "2", "3")
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    sheet = sheet_of(session, event, "J3", "A01", "P")
    session.commit()
    page, address = browser(chief), f"/events/{event.id}/progress"
    page.get(address)
    assert "2 项评分正在复核（A01）" in page.page
    page.get(f"{address}/looks")
    assert "待复核" in page.page
    assert "分差仍超出规定" not in page.page
    end = f"{address}/sheets/{sheet.ref}/look-end"
    page.get(end)
    page.post(end, {"reason": "", "operation": "end-00001"}, 422)
    page.post(end, {"reason": "裁判已离场", "operation": "end-00001"})
    again(session, event, "J1", {})
    session.commit()
    page.get(f"{address}/looks")
    for told in ("请求已结束", "裁判已离场", "维持", "分差仍超出"):
        assert told in page.page
    page.get(address)
    assert "正在复核" not in page.page
