"""Up to a hundred operations at once; each gets a verdict of its own, the same one for ever."""

import copy
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from core.audit.models import AuditRecord
from core.audit.queries import check_chain
from core.audit.rules import chain_name
from scoring.sheets import ledger, queries, services
from scoring.sheets.models import LedgerOperation
from scoring.sheets.rules import MarkKey
from tests.client import Browser
from tests.factories.accounts import MOMENT, build_user
from tests.factories.scoring import build_scoring_event, sheet_of
from tests.statements import statements_of
from tests.tablet.sending import batch, owner, save, send, sign

TOO_MUCH, GOOD, ZERO = ["A1", 1, "800"], ["A1", 1, "40"], ["A2", 1, "0"]


@pytest.fixture
def event(session):
    event = build_scoring_event(session)
    session.commit()
    return event


@pytest.fixture
def sheets(session, event):
    return [sheet_of(session, event, "J1", code, "P") for code in ("A01", "A02", "A03")]


@pytest.fixture
def judge(session, sheets):
    return owner(session, sheets[0])


@pytest.fixture
def tablet(browser, judge):
    return browser(judge)


def kinds(session):
    session.rollback()
    marked = select(LedgerOperation.kind).where(LedgerOperation.kind != "open")
    return list(session.scalars(marked.order_by(LedgerOperation.seq)))


def refusals(session):
    session.rollback()
    rows = session.scalars(
        select(AuditRecord).where(AuditRecord.action == "sheet:refuse").order_by(AuditRecord.id)
    )
    return [row.detail for row in rows]


def marks(session, sheet):
    session.rollback()
    return queries.marks_of(session, sheet.id)


def test_one_bad_operation_spoils_no_other(session, tablet, judge, sheets):
    first, second, third = sheets
    told = send(
        tablet, judge.id,
        save("one-00001", first.ref, 0, GOOD), save("two-00001", second.ref, 0, TOO_MUCH),
        {"op_id": "nonsense"}, save("far-00001", "f" * 32, 0, GOOD),
        save("three-001", third.ref, 0, ["A1", 1, "41"], ["A2", 1, "2"]),
    )  # fmt: skip
    outcomes = [verdict["outcome"] for verdict in told]
    assert outcomes == ["applied", "rejected", "unreadable", "not_yours", "applied"]
    assert [(a, n) for a, n, _words in told[1]["errors"]] == [("A1", 1)]
    assert "60" in told[1]["errors"][0][2]
    assert marks(session, first) == {MarkKey("A1", 1): "40"}
    assert marks(session, second) == {}
    assert marks(session, third) == {MarkKey("A1", 1): "41", MarkKey("A2", 1): "2"}
    assert kinds(session) == ["save", "save"]


def test_what_is_not_taken_over_stays_on_record_with_its_marks(session, tablet, judge, sheets):
    send(
        tablet,
        judge.id,
        save("two-00001", sheets[1].ref, 0, TOO_MUCH),
        save("far-00001", "f" * 32, 0, GOOD),
    )
    assert refusals(session) == [
        {"operation": "two-00001", "outcome": "rejected", "marks": [TOO_MUCH]},
        {"operation": "far-00001", "outcome": "not_yours", "marks": [GOOD]},
    ]


def test_a_repeated_operation_gets_its_first_answer_for_ever(session, event, tablet, judge, sheets):
    ref = sheets[0].ref
    first = send(tablet, judge.id, save("one-00001", ref, 0, GOOD))
    assert first[0]["version"] == 1
    assert len(first[0]["receipt"]) == 64
    later = send(
        tablet,
        judge.id,
        save("one-00002", ref, 1, ["A1", 1, "50"], ["A2", 1, "0"]),
        sign("one-00003", ref, 2, ["A1", 1, "50"], ZERO),
    )
    for _again in range(10):
        again = send(tablet, judge.id, save("one-00001", ref, 0, GOOD))
        assert again == first
        assert send(tablet, judge.id, sign("one-00003", ref, 2, ["A1", 1, "50"], ZERO)) == later[1:]
    assert kinds(session) == ["save", "save", "sign"]
    assert marks(session, sheets[0])[MarkKey("A1", 1)] == "50"


def test_a_refused_value_is_refused_again_whatever_has_happened_since(session, tablet, judge, sheets):
    ref = sheets[0].ref
    wrong = save("one-00001", ref, 0, TOO_MUCH)
    first = send(tablet, judge.id, wrong)[0]
    send(tablet, judge.id, save("one-00002", ref, 0, GOOD))
    again = send(tablet, judge.id, wrong)[0]
    assert (again["outcome"], again["errors"]) == (first["outcome"], first["errors"])


def test_a_number_used_for_something_else_is_refused_and_recorded(session, tablet, judge, sheets):
    send(tablet, judge.id, save("one-00001", sheets[0].ref, 0, GOOD))
    other = save("one-00001", sheets[0].ref, 0, ["A1", 1, "41"])
    assert send(tablet, judge.id, other) == [{"op_id": "one-00001", "outcome": "reused"}]
    assert refusals(session) == [
        {"operation": "one-00001", "outcome": "reused", "marks": [["A1", 1, "41"]]}
    ]
    assert marks(session, sheets[0]) == {MarkKey("A1", 1): "40"}


def test_another_version_is_a_conflict_that_shows_the_servers_marks(session, tablet, judge, sheets):
    ref = sheets[0].ref
    send(tablet, judge.id, save("one-00001", ref, 0, GOOD))
    (told,) = send(tablet, judge.id, save("one-00002", ref, 0, ["A1", 1, "50"]))
    assert told["outcome"] == "conflict"
    assert (told["version"], told["marks"], told["by"]) == (1, [GOOD], "tablet-1")
    assert told["at"]
    # A conflict is no answer for ever: on the server's version the same values are a new operation.
    assert send(tablet, judge.id, save("one-00003", ref, 1, ["A1", 1, "50"]))[0]["outcome"] == "applied"
    (told,) = send(tablet, judge.id, save("one-00002", ref, 0, ["A1", 1, "50"]))  # it is looked at anew
    assert (told["outcome"], told["version"], told["marks"]) == ("conflict", 2, [["A1", 1, "50"]])


def test_a_sheet_that_was_given_back_names_the_chief_judge(session, event, tablet, judge, sheets):
    ref = sheets[0].ref
    send(tablet, judge.id, save("one-00001", ref, 0, GOOD, ZERO), sign("one-00002", ref, 1, GOOD, ZERO))
    session.expire_all()
    services.reopen_sheet(
        session, event, sheet_of(session, event, "J1", "A01", "P"), operation_id="back-00001",
        reason="看错了", actor_id=judge.id, now=MOMENT,
    )  # fmt: skip
    session.commit()
    (told,) = send(tablet, judge.id, save("one-00003", ref, 2, ["A1", 1, "50"]))
    assert (told["outcome"], told["by"], told["state"]) == ("conflict", "chief", "returned")


def test_a_signature_needs_every_mark_and_locks_the_sheet(session, tablet, judge, sheets):
    ref = sheets[0].ref
    send(tablet, judge.id, save("one-00001", ref, 0, GOOD))
    (told,) = send(tablet, judge.id, sign("one-00002", ref, 1, GOOD))
    assert (told["outcome"], told["missing"]) == ("rejected", [["A2", 1]])
    signature = sign("one-00004", ref, 2, GOOD, ZERO)
    told = send(tablet, judge.id, save("one-00003", ref, 1, ZERO), signature)
    assert [verdict["outcome"] for verdict in told] == ["applied", "applied"]
    assert told[1]["state"] == "locked"
    (late,) = send(tablet, judge.id, save("one-00005", ref, 3, GOOD))
    assert late["outcome"] == "locked"


def test_an_aspect_or_an_attempt_that_the_sheet_has_not_is_sent_back(tablet, judge, sheets):
    for number, wrong in enumerate((["Q1", 1, "1"], ["A1", 2, "1"], ["A1", 0, "1"])):
        (told,) = send(tablet, judge.id, save(f"one-{number:06d}", sheets[0].ref, 0, wrong))
        assert told["outcome"] == "rejected"
        assert [row[:2] for row in told["errors"]] == [wrong[:2]]


def test_nobody_marks_for_somebody_else(session, event, browser, sheets):
    theirs = sheet_of(session, event, "J2", "A01", "P")
    mine = owner(session, sheets[0])
    (told,) = send(browser(mine), mine.id, save("one-00001", theirs.ref, 0, GOOD))
    assert told == {"op_id": "one-00001", "outcome": "not_yours"}
    assert kinds(session) == []


def test_marks_of_another_judge_on_the_same_tablet_are_not_taken_as_ones_own(
    session, browser, event, sheets
):
    other = owner(session, sheet_of(session, event, "J2", "A01", "P"))
    body = batch(owner(session, sheets[0]).id, save("one-00001", sheets[0].ref, 0, GOOD))
    assert browser(other).post_json("/marking/operations", body, 409) == {"outcome": "other_judge"}


def test_whose_session_has_ended_is_told_so_for_all(app, session, judge, sheets):
    body = batch(judge.id, save("one-00001", sheets[0].ref, 0, GOOD))
    assert Browser(app).post_json("/marking/operations", body, 401)
    assert kinds(session) == []


BODY = {"judge": "x", "device": "d", "operations": [{}]}
MALFORMED = [
    0, [], "x", {}, {**BODY, "more": 1}, {**BODY, "operations": []}, {**BODY, "operations": [{}] * 101},
    {**BODY, "operations": {}}, {**BODY, "judge": 5}, {**BODY, "device": "d" * 41},
]  # fmt: skip


def test_what_is_no_batch_is_refused_as_a_whole(tablet):
    for body in MALFORMED:
        assert tablet.post_json("/marking/operations", body, 422)["reasons"]


def poisons(good):
    """Every field of an operation with what does not belong there."""
    for name, values in {
        "op_id": ["", "short", "a" * 65, "空" * 9, 5, None], "sheet": ["", "x" * 32, 5, None],
        "base": [-1, 2**31, "0", True, None], "kind": ["", "unlock", 5, []],
        "marks": [[], {}, "x", [["A1", 1]], [["A1", "1", "4"]], [["A1", True, "4"]], [["A1", 1, 4]],
                  [["A1", 1, None]],
                  [["A1", 1, "4"], ["A1", 1, "5"]], [["A1", 1, "4" * 41]], [["A1", 1, "\u0000"]]],
        "device_time": [5, "x" * 41, None],
    }.items():  # fmt: skip
        for value in values:
            yield {**good, name: value}
    yield {**good, "total": "100"}
    yield {name: value for name, value in good.items() if name != "base"}
    yield {**good, "kind": "sign"}


def test_an_operation_of_another_form_is_unreadable_and_nothing_is_stored(session, tablet, judge, sheets):
    wrong = list(poisons(save("one-00001", sheets[0].ref, 0, GOOD)))
    told = send(tablet, judge.id, *copy.deepcopy(wrong))
    assert [verdict["outcome"] for verdict in told] == ["unreadable"] * len(wrong)
    assert kinds(session) == []


VALUES = [
    "-1",
    "+1",
    "1e2",
    "NaN",
    "Infinity",
    "９５",
    "٩٥",
    "1_0",
    " 9",
    "9,5",
    ".5",
    "5.",
    "60.5",
    "0.25",
    "true",
    "9.5分",
]


def test_no_poisonous_value_is_ever_stored(session, tablet, judge, sheets):
    told = send(
        tablet,
        judge.id,
        *[save(f"one-{n:06d}", sheets[0].ref, 0, ["A1", 1, v]) for n, v in enumerate(VALUES)],
    )
    assert {verdict["outcome"] for verdict in told} == {"rejected"}
    assert marks(session, sheets[0]) == {}


def test_fifty_requests_at_once_have_one_effect_and_one_answer(app, session, judge, sheets):
    ref, answers = sheets[0].ref, []
    body = batch(judge.id, save("one-00001", ref, 0, GOOD))
    browsers = [Browser(app, judge) for _number in range(10)]

    def ask(browser):
        answers.extend(browser.post_json("/marking/operations", body)["verdicts"][0] for _time in range(5))

    session.rollback()
    threads = [threading.Thread(target=ask, args=(browser,)) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 50
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["outcome"] == "applied"
    assert kinds(session) == ["save"]
    assert ledger.first_broken(session, sheets[0].event_id) is None


NAMES = ("one", "two", "tri")


def test_a_fault_of_ours_concerns_its_own_operation_alone(session, tablet, judge, sheets, monkeypatch):
    real = services.save_marks

    def sometimes(session, event, sheet, operation, now):
        if operation.operation_id == "two-00001":
            raise OSError("no room")
        return real(session, event, sheet, operation, now)

    monkeypatch.setattr("scoring.tablet.taking.ACTS", {"save": sometimes})
    sent = [save(f"{name}-00001", sheet.ref, 0, GOOD) for name, sheet in zip(NAMES, sheets, strict=True)]
    told = send(tablet, judge.id, *sent)
    assert [verdict["outcome"] for verdict in told] == ["applied", "fault", "applied"]
    assert kinds(session) == ["save", "save"]
    only = batch(judge.id, save("two-00001", sheets[1].ref, 0, GOOD))
    assert tablet.post_json("/marking/operations", only, 500)["verdicts"][0]["outcome"] == "fault"


def test_whoever_holds_no_such_role_any_more_marks_nothing(session, browser, event, sheets):
    stranger = build_user(session, "stranger")
    session.commit()
    body = batch(stranger.id, save("one-00001", sheets[0].ref, 0, GOOD))
    browser(stranger).post_json("/marking/operations", body, 403)


def test_marks_on_many_sheets_share_what_they_read_and_leave_one_chain(app, session, browser):
    event = build_scoring_event(session, entries=20, judges=1)
    session.commit()
    sheets = [sheet_of(session, event, "J1", f"A{number:02d}", "P") for number in range(1, 21)]
    judge = owner(session, sheets[0])
    first = [save(f"one-{number:05d}", sheet.ref, 0, GOOD) for number, sheet in enumerate(sheets)]
    again = [save(f"two-{number:05d}", sheet.ref, 1, ZERO) for number, sheet in enumerate(sheets)]
    tablet = browser(judge)
    send(tablet, judge.id, save("far-00001", "f" * 32, 0, GOOD))  # signs in
    asked = statements_of(app, lambda: send(tablet, judge.id, *first, *again))
    assert sum(asked.values()) < 6 * len(first + again), asked.most_common(5)
    session.rollback()
    assert {sheet.version for sheet in sheets} == {2}
    assert ledger.first_broken(session, event.id) is None
    assert check_chain(session, chain_name(event.id)).broken_at is None
    assert [v["outcome"] for v in send(tablet, judge.id, *again)] == ["applied"] * 20


def test_what_there_is_no_time_for_is_asked_for_again_and_not_lost(
    session, tablet, judge, sheets, monkeypatch
):
    first, second, third = sheets
    body = batch(judge.id, save("one-00001", first.ref, 0, GOOD), save("two-00001", second.ref, 0, GOOD),
                 sign("sign-0001", third.ref, 0))  # fmt: skip

    def busy(*_arguments):
        raise OperationalError("", {}, Exception("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr("scoring.tablet.taking.ACTS", {"save": busy, "sign": busy})
        assert tablet.post_json("/marking/operations", body, 503)["status"] == 503
        patched.setattr("scoring.tablet.taking.ACTS", {"save": services.save_marks, "sign": busy})
        assert [v["op_id"] for v in tablet.post_json("/marking/operations", body)["verdicts"]] == [
            "one-00001", "two-00001",
        ]  # fmt: skip
        patched.setattr("scoring.tablet.batches.PATIENCE", timedelta(seconds=-1))
        tablet.post_json("/marking/operations", body, 503)
    told = tablet.post_json("/marking/operations", body)["verdicts"]
    assert [verdict["outcome"] for verdict in told] == ["applied", "applied", "rejected"]
    assert kinds(session) == ["save", "save"]


def test_long_batches_come_again_before_they_ask_the_database_and_short_ones_never_wait_behind_them(
    app, session, tablet, judge, sheets
):
    short = [save("one-00001", sheets[0].ref, 0, GOOD)]
    long = [save(f"two-{number:05d}", sheets[1].ref, number, GOOD) for number in range(40)]
    inside, body = app.view_functions["tablet.send_operations"].inside, batch(judge.id, *long)
    with inside, inside:
        assert not statements_of(app, lambda: tablet.post_json("/marking/operations", body, 503))
        assert [verdict["outcome"] for verdict in send(tablet, judge.id, *short)] == ["applied"]
    assert {verdict["outcome"] for verdict in send(tablet, judge.id, *long)} == {"applied"}


def test_a_few_judges_at_once_are_told_what_is_theirs_and_the_others_come_again(app, tablet):
    inside = app.view_functions["tablet.get_bundle"].inside
    with inside, inside:
        assert tablet.get("/marking/bundle", 503).headers["Retry-After"] == "2"
    tablet.get("/marking/bundle")
