"""A signature holds for the marks it names; what its event asks for is proved, not only claimed."""

import pytest
from sqlalchemy import select

from accounts import cards, pins
from accounts.models import UserSession
from core import canonical, clock
from core.audit.models import AuditRecord
from scoring.sheets import signatures
from scoring.sheets.models import LedgerOperation
from tests.factories.accounts import build_user
from tests.factories.scoring import build_scoring_event, sheet_of
from tests.tablet.sending import owner, save, send, sign, with_pin

MARKS = [["A1", 1, "40"], ["A2", 1, "0"]]
LINE = [100, 50, 200, 0, 0, 40]


@pytest.fixture
def event(session):
    event = build_scoring_event(session, judges=1)
    session.commit()
    return event


@pytest.fixture
def sheet(session, event):
    return sheet_of(session, event, "J1", "A01", "P")


@pytest.fixture
def judge(session, sheet):
    return owner(session, sheet)


@pytest.fixture
def card(session, event, judge):
    """Return the secrets of the judge's card."""
    secrets, today = cards.draw_secrets(), clock.today()
    holder = cards.Holder(judge.id, judge.login, event.id)
    cards.issue(session, holder, cards.Days(today, today), secrets, actor_id=judge.id, now=clock.now())
    session.commit()
    return secrets


@pytest.fixture
def with_card(browser, card):
    """Return a browser that was opened with the card, and the salt that its device got."""
    page = browser()
    page.post("/card", {"code": card.token, "pin": card.pin})
    return page, page.get("/marking/bundle").json["pin"]["salt"]


def ask(session, event, way):
    event.signing = way
    session.commit()


def filled(page, judge, sheet):
    send(page, judge.id, save("save-0001", sheet.ref, 0, *MARKS))


def outcome(page, judge, operation):
    (told,) = send(page, judge.id, operation)
    return told["outcome"]


def test_a_signature_over_other_marks_is_a_conflict_and_signs_nothing(session, browser, judge, sheet):
    page = browser(judge)
    filled(page, judge, sheet)
    other = sign("sign-0001", sheet.ref, 1, ["A1", 1, "41"], MARKS[1])
    (told,) = send(page, judge.id, other)
    assert (told["outcome"], told["marks"], told["state"]) == ("conflict", MARKS, "draft")
    assert outcome(page, judge, sign("sign-0002", sheet.ref, 1, *MARKS)) == "applied"
    session.rollback()
    signed = session.scalar(select(LedgerOperation).where(LedgerOperation.kind == "sign"))
    assert signed.body["signature"]["hash"] == signed.answer["signed_hash"]


def test_whoever_came_with_a_card_proves_the_pin(session, judge, sheet, card, with_card):
    page, salt = with_card
    filled(page, judge, sheet)
    plain = sign("sign-0001", sheet.ref, 1, *MARKS)
    assert outcome(page, judge, plain) == "pin"
    wrong = f"{(int(card.pin) + 1) % 10**6:06d}"
    assert outcome(page, judge, with_pin(plain | {"op_id": "sign-0002"}, wrong, salt)) == "pin"
    elsewhere = with_pin(plain | {"op_id": "sign-0003"}, card.pin, salt) | {"device_time": "later"}
    assert outcome(page, judge, elsewhere) == "pin"
    right = with_pin(plain | {"op_id": "sign-0004"}, card.pin, salt)
    assert [outcome(page, judge, right) for _again in range(2)] == ["applied", "applied"]
    session.rollback()
    refused = session.scalars(select(AuditRecord.detail).where(AuditRecord.action == "sheet:refuse"))
    assert [detail["outcome"] for detail in refused] == ["pin"] * 3


def test_a_pin_of_an_earlier_session_still_proves_what_was_signed_then(judge, sheet, card, with_card):
    """Signed without a network, sent after the card was scanned again."""
    page, salt = with_card
    filled(page, judge, sheet)
    right = with_pin(sign("sign-0001", sheet.ref, 1, *MARKS), card.pin, salt)
    page.post("/card", {"code": card.token, "pin": card.pin})
    assert page.get("/marking/bundle").json["pin"]["salt"] != salt
    assert outcome(page, judge, right) == "applied"


def test_what_lies_on_the_device_and_in_the_database_is_not_the_pin(session, card, with_card):
    page, salt = with_card
    given = page.get("/marking/bundle").json["pin"]
    derived = pins.derive(card.pin, salt)
    assert (given["check"], given["rounds"]) == (derived.check, 600_000)
    session.rollback()
    kept = session.scalar(select(UserSession.pin_key).where(UserSession.pin_key.is_not(None)))
    assert kept == derived.key
    assert not pins.is_proved([kept], "message", pins.proof(derived.check, "message"))


@pytest.mark.parametrize(
    ("way", "with_password", "with_card_alone", "drawn_with_card"),
    [
        ("card", "applied", "pin", "pin"), ("pin", "pin", "pin", "pin"),
        ("none", "applied", "applied", "applied"),
        ("drawing", "applied", "pin", "applied"), ("both", "pin", "pin", "pin"),
    ],
)  # fmt: skip
def test_each_way_of_signing_asks_for_its_own(way, with_password, with_card_alone, drawn_with_card):
    def told(*, with_card, strokes=()):
        signature = signatures.Signature("0" * 64, strokes)
        asked = signatures.demand(way, with_card=with_card, can_check=True)
        return signatures.unmet(asked, signature, with_card=with_card) or "applied"

    assert told(with_card=False) == with_password
    assert told(with_card=True) == with_card_alone
    assert told(with_card=True, strokes=(LINE,)) == drawn_with_card


def test_over_plain_http_a_card_asks_for_no_pin_that_the_device_cannot_check():
    asked = signatures.demand("card", with_card=True, can_check=False)
    assert asked == signatures.Demand(pin=False, drawing=False)
    assert signatures.demand("pin", with_card=True, can_check=False).pin


def test_a_drawing_is_kept_as_it_was_drawn(session, browser, event, judge, sheet):
    ask(session, event, "drawing")
    page = browser(judge)
    filled(page, judge, sheet)
    drawn = sign("sign-0001", sheet.ref, 1, *MARKS)
    drawn["signature"]["strokes"] = [LINE, [10, 10]]
    assert outcome(page, judge, drawn) == "applied"
    session.rollback()
    signed = session.scalar(select(LedgerOperation).where(LedgerOperation.kind == "sign"))
    assert signed.body["signature"]["strokes"] == [LINE, [10, 10]]
    assert signatures.paths([LINE, [10, 10]]) == ["M100 50l200 0 0 40", "M10 10l0 0"]


@pytest.mark.parametrize(
    "strokes",
    [
        [[500, 100]], [[0, 0, 1000, 0, 1, 0]], [[0, 321, 200, 0]], [[0, 0, 200]], [[0.5, 0, 200, 0]], ["x"],
        [[0, 0] + [1, 0] * 1500], [LINE] * 61, {}, [[True, 0, 200, 0]], [[-1, 0, 200, 0]], [[]],
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_none(strokes):
    """A dot, outside of the field, half a point, too much of it."""
    assert not signatures.fits(strokes)


def test_what_is_no_drawing_is_not_read(browser, judge, sheet):
    page = browser(judge)
    filled(page, judge, sheet)
    drawn = sign("sign-0001", sheet.ref, 1, *MARKS)
    drawn["signature"]["strokes"] = [[500, 100]]
    assert outcome(page, judge, drawn) == "unreadable"


def test_the_chief_judge_reads_the_signed_sheet_with_its_drawing(session, browser, event, judge, sheet):
    ask(session, event, "drawing")
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    page, reader = browser(judge), browser(chief)
    filled(page, judge, sheet)
    address = f"/events/{event.id}/progress/sheets/{sheet.ref}"
    reader.get(address)
    assert "此评分表尚未签名" in reader.page
    assert "综合评分" not in reader.page
    drawn = sign("sign-0001", sheet.ref, 1, *MARKS)
    drawn["signature"]["strokes"] = [LINE]
    assert outcome(page, judge, drawn) == "applied"
    reader.get(address)
    digest = canonical.digest(MARKS)
    for told in ("M100 50l200 0 0 40", f"{digest[:4]} {digest[4:8]}", "手写签名", "综合评分"):
        assert told in reader.page
    browser(judge).get(address, 403)
