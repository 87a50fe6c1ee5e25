"""Nobody learns from the sign-in page who has an account."""

import re
import statistics
import time

import pytest

from accounts import passwords
from core import clock
from tests.factories.accounts import build_user, password_hash

WHO = ("known", "disabled", "invited", "unknown", "not a name!")


@pytest.fixture
def people(session):
    build_user(session, "known", password_hash=password_hash())
    build_user(session, "disabled", password_hash=password_hash(), disabled_at=clock.now())
    build_user(session, "invited")
    session.commit()


def answer(page, login):
    response = page.post("/accounts/sign-in", {"login": login, "password": "a wrong one"}, 422)
    body = re.sub(r'value="[^"]*"', 'value=""', response.text)
    varying = {"Set-Cookie", "Content-Length"}
    return body, {name: value for name, value in response.headers if name not in varying}


def test_the_answer_is_the_same_whoever_is_asked_for(browser, people):
    answers = [answer(browser(), login) for login in WHO]
    assert all(given == answers[0] for given in answers)


def test_the_same_work_is_done_whoever_is_asked_for(browser, people, monkeypatch):
    done = []
    true_verify = passwords.HASHER.__class__.verify
    monkeypatch.setattr(
        passwords.HASHER.__class__, "verify",
        lambda self, stored, given: done.append(stored[:30]) or true_verify(self, stored, given),
    )  # fmt: skip
    for login in WHO:
        answer(browser(), login)
    assert len(done) == len(WHO)
    assert len(set(done)) == 1  # the same algorithm with the same cost


@pytest.mark.deep
def test_the_answer_takes_the_same_time_whoever_is_asked_for(app, session, people):
    from accounts import signing_in
    from core.database import db

    times = {"known": [], "unknown": []}
    with app.app_context():
        for _ in range(200):
            for login, measured in times.items():
                start = time.perf_counter()
                attempt = signing_in.look_up(db.session, login, "192.0.2.1", clock.now())
                signing_in.check(attempt, "a wrong password")
                measured.append(time.perf_counter() - start)
                db.session.rollback()
    medians = [statistics.median(measured) for measured in times.values()]
    assert abs(medians[0] - medians[1]) < 0.005
