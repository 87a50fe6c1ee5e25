"""Judge cards: what opens one, what blocks it, and that it opens only the judge's work of its event."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts import cards, policy, rules
from accounts.models import JudgeCard, UserSession
from accounts.policy import HeldGrant
from accounts.rules import CardFacts
from core import clock
from core.audit.models import AuditRecord
from core.database import db
from scoring.sheets.opening import open_sheets
from tests.client import apart, visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.scoring import build_judge, build_scoring_event

DAY = date(2026, 5, 1)
FACTS = CardFacts(True, 0, DAY, DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("k7qm3-f9dxw", "K7QM3F9DXW"),
        (" K7QM3 F9DXW ", "K7QM3F9DXW"),
        ("Ｋ7QM3·F9DXW", "K7QM3F9DXW"),
        ("o7qmi-f9dxl", "07QM1F9DX1"),  # letters that the codes do not have are the digits they look like
        ("aB_d-EfGhIjKlMnOpQrStU", "aB_d-EfGhIjKlMnOpQrStU"),  # 22 characters: scanned, so as it is
    ],
)
def test_a_typed_code_is_read_kindly_and_a_scanned_one_exactly(typed, stored):
    assert rules.clean_card_code(typed) == stored


@pytest.mark.parametrize(
    ("facts", "today", "verified", "outcome"),
    [
        (None, DAY, True, "wrong"),
        (FACTS, DAY, True, "open"),
        (FACTS, DAY + timedelta(days=1), True, "open"),  # the last day counts
        (FACTS, DAY + timedelta(days=2), True, "not_today"),
        (FACTS, DAY - timedelta(days=1), True, "not_today"),
        (FACTS, DAY - timedelta(days=1), False, "wrong"),  # days are told to whoever has the PIN
        (FACTS, DAY, False, "wrong"),
        (FACTS._replace(failures=4), DAY, True, "open"),
        (FACTS._replace(failures=5), DAY, True, "blocked"),  # the right PIN comes too late
        (FACTS._replace(stands=False), DAY, True, "gone"),
    ],
)
def test_what_a_card_opens(facts, today, verified, outcome):
    assert rules.card_outcome(facts, today, verified=verified) == outcome


def test_a_card_opens_a_judges_roles_in_its_event_and_nothing_else_of_its_holder():
    held = [HeldGrant(role, kind, 5) for role in policy.ROLES for kind in policy.SCOPE_KINDS]
    opened = policy.of_card([*held, HeldGrant("judge", "event", 6)], 5)
    assert opened == [HeldGrant("chief_judge", "event", 5), HeldGrant("judge", "event", 5)]
    judges = ("judge", "chief_judge")
    for action, rule in policy.POLICY.items():
        allowed = policy.allows(opened, action, (("event", 5), ("union", 5), policy.SITE))
        assert allowed == bool(rule.roles & set(judges)), action
        assert not policy.allows(opened, action, (("event", 6), ("union", 5), policy.SITE)), action


# ---------------------------------------------------------------- over HTTP


@pytest.fixture
def event(session):
    return build_scoring_event(session, entries=1, judges=1, starts_on=None, ends_on=None)


@pytest.fixture
def judge(session, event):
    """Return a judge who also organises the whole site and judges another event."""
    user = build_user(session, "caipan", [("organiser", "site", 0), ("judge", "event", event.id)])
    build_judge(session, event, 7, user=user)
    other = build_scoring_event(session, entries=1, judges=0)
    build_judge(session, other, 1, user=user)
    for one in (event, other):
        open_sheets(session, one, actor_id=None, now=MOMENT)
    user.other_event = other
    session.commit()
    return user


def issue(session, event, user, now=None, days=None):
    now = now or clock.now()
    today = now.astimezone(clock.LOCAL).date()
    secrets = cards.draw_secrets()
    holder = cards.Holder(user.id, user.login, event.id)
    chosen = days or cards.Days(today, today)
    cards.issue(session, holder, chosen, secrets, actor_id=user.id, now=now)
    session.commit()
    return secrets


def enter(page, code, pin, status=302):
    return page.post("/card", {"code": code, "pin": pin}, status)


SALT = "0" * 32  # what a device gets comes of it; these tests have no device


def wrong_pin(secrets):
    return f"{(int(secrets.pin) + 1) % 10**6:06d}"


def test_the_scanned_card_and_its_pin_open_the_judges_tasks(session, browser, event, judge):
    secrets, page = issue(session, event, judge), browser()
    assert enter(page, secrets.token, secrets.pin).location == "/marking/"
    assert [found["id"] for found in page.get("/marking/bundle").get_json()["events"]] == [event.id]
    row = session.scalar(select(UserSession))
    assert row.user_id == judge.id
    midnight = row.expires_at.astimezone(clock.LOCAL)
    assert (midnight.hour, midnight.minute) == (0, 0)
    assert timedelta(0) < row.expires_at - clock.now() <= timedelta(days=1)
    card = session.scalar(select(JudgeCard))
    assert card.used_at is not None


def test_the_typed_code_and_a_pin_with_a_space_do_as_well(session, browser, event, judge):
    secrets = issue(session, event, judge)
    enter(browser(), f"{secrets.code[:5].lower()} {secrets.code[5:]}", f"{secrets.pin[:3]} {secrets.pin[3:]}")


def test_no_secret_of_a_card_is_stored(session, event, judge):
    secrets = issue(session, event, judge)
    card = session.scalar(select(JudgeCard))
    kept = repr({c.name: getattr(card, c.name) for c in JudgeCard.__table__.columns})
    kept += repr([(row.detail, row.subject) for row in session.scalars(select(AuditRecord))])
    assert [part for part in (secrets.token, secrets.code, f"'{secrets.pin}'") if part in kept] == []


def test_a_card_opens_no_other_place_of_its_holder(session, browser, event, judge):
    secrets, page = issue(session, event, judge), browser()
    enter(page, secrets.token, secrets.pin)
    for path in (f"/events/{event.id}/judges/", "/competitions/", "/organisations/", "/accounts/me",
                 "/accounts/password", f"/marking/events/{judge.other_event.id}/P"):  # fmt: skip
        page.get(path, 403)
    told = page.get("/marking/bundle").get_json()
    assert [found["id"] for found in told["events"]] == [event.id]  # of this event alone
    assert {sheet["event"] for sheet in told["sheets"]} <= {event.id}
    page.post("/accounts/me/sessions/end", {"session": "all"}, 403)


def test_five_wrong_pins_block_a_card_for_good(session, browser, event, judge):
    secrets, page = issue(session, event, judge), browser()
    for left in (4, 3, 2, 1):
        enter(page, secrets.token, wrong_pin(secrets), 422)
        assert f"还可再试 {left} 次" in visible(page.page)
    enter(page, secrets.code, wrong_pin(secrets), 422)
    assert "已被锁定" in visible(page.page)
    enter(page, secrets.token, secrets.pin, 422)
    assert "已被锁定" in visible(page.page)
    renewed = issue(session, event, judge)
    enter(page, renewed.token, renewed.pin)


def test_a_slip_that_cannot_be_a_pin_is_no_guess(session, browser, event, judge):
    secrets, page = issue(session, event, judge), browser()
    for slip in ("12345", "1234567", "abcdef", ""):
        enter(page, secrets.token, slip, 422)
    session.rollback()
    assert session.scalar(select(JudgeCard)).failures == 0


def test_a_new_card_ends_the_old_one_and_its_session(session, browser, event, judge):
    old, page = issue(session, event, judge), browser()
    enter(page, old.token, old.pin)
    issue(session, event, judge)
    page.get("/marking/", 302)
    enter(page, old.token, old.pin, 422)
    assert "不再有效" in visible(page.page)


def test_a_revoked_card_ends_its_session_at_once(session, browser, event, judge):
    secrets, page = issue(session, event, judge), browser()
    enter(page, secrets.token, secrets.pin)
    page.get("/marking/")
    holder = cards.Holder(judge.id, judge.login, event.id)
    assert cards.revoke_of(session, holder, actor_id=judge.id, now=clock.now()) == 1
    session.commit()
    page.get("/marking/", 302)


def test_a_card_of_another_day_says_so_to_whoever_has_the_pin(session, browser, event, judge):
    days = cards.Days(date(2031, 5, 1), date(2031, 5, 2))
    secrets, page = issue(session, event, judge, days=days), browser()
    enter(page, secrets.token, wrong_pin(secrets), 422)
    assert "2031" not in visible(page.page)
    enter(page, secrets.token, secrets.pin, 422)
    assert "2031年5月1日" in visible(page.page)


def test_who_guesses_codes_is_slowed_down_by_address(session, browser, event, judge):
    secrets, page = issue(session, event, judge), browser()
    for _attempt in range(rules.ADDRESS_BRAKE.free):
        enter(page, "0000000000", "000000", 422)
    enter(page, secrets.token, secrets.pin, 429)
    refused = select(AuditRecord).where(AuditRecord.action == "card:sign_in_refused")
    before = len(session.scalars(refused).all())
    enter(page, secrets.token, secrets.pin, 429)
    session.rollback()
    assert len(session.scalars(refused).all()) == before  # a flood leaves one record


def test_guesses_that_were_on_their_way_at_once_do_not_get_more_than_five(app, session, event, judge):
    """The count is taken when the outcome is written, under one lock: what was looked up before is late."""
    secrets, now = issue(session, event, judge), clock.now()

    def guess_all():
        with app.app_context():
            tries = [cards.look_up(db.session, secrets.token, "192.0.2.1", now) for _try in range(8)]
            db.session.rollback()
            wrong = [cards.check(one, wrong_pin(secrets), SALT) for one in tries[:7]]
            made = [*wrong, cards.check(tries[7], secrets.pin, SALT)]
            found = []
            for one in made:
                found.append(cards.conclude(db.session, one, token="t", agent="", now=now).outcome)
                db.session.commit()
            return found

    assert apart(guess_all) == ["wrong"] * 4 + ["blocked"] * 4


def test_a_disabled_judge_gets_in_with_no_card(session, browser, event, judge):
    secrets = issue(session, event, judge)
    judge.disabled_at = clock.now()
    session.commit()
    enter(browser(), secrets.token, secrets.pin, 422)
