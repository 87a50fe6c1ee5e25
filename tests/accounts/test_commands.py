"""The first administrator is made at the keyboard."""

import pytest
from sqlalchemy import select

from accounts.models import Grant, User
from tests.factories.accounts import build_user

GOOD = "paper teapot lorry nine"
CREATE = ["admin", "create", "--login", "Chief", "--name", "演示管理员"]


@pytest.fixture
def run(app, monkeypatch):
    """Run a command as a person at a terminal would."""
    monkeypatch.delenv("JIANGSAI_ADMIN_PASSWORD", raising=False)
    return app.test_cli_runner().invoke


def test_the_password_is_asked_for_twice_and_not_shown(app, session, run):
    result = run(args=CREATE, input=f"{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0, result.output
    assert GOOD not in result.output
    assert "chief 已成为管理员" in result.output
    assert "chief is an administrator now" in result.output
    user = session.scalars(select(User)).one()
    grant = session.scalars(select(Grant)).one()
    assert (user.login, user.name) == ("chief", "演示管理员")
    assert (grant.role, grant.scope_kind, grant.scope_id) == ("admin", "site", 0)


def test_the_new_administrator_can_sign_in(run, browser):
    assert run(args=[*CREATE, "--password-stdin"], input=GOOD + "\n").exit_code == 0
    page = browser()
    page.post("/accounts/sign-in", {"login": "chief", "password": GOOD})
    page.get("/accounts/")


def test_a_script_gives_the_password_in_its_environment(session, run):
    result = run(args=CREATE, env={"JIANGSAI_ADMIN_PASSWORD": GOOD})
    assert result.exit_code == 0, result.output
    assert session.scalars(select(User)).one().password_hash


def test_two_different_inputs_are_asked_again(run):
    result = run(args=CREATE, input=f"{GOOD}\nsomething else\n{GOOD}\n{GOOD}\n")
    assert result.exit_code == 0, result.output


def test_a_weak_password_is_refused(session, run):
    for weak in ("short", "password1234", "chief-chief-2026", ""):
        assert run(args=[*CREATE, "--password-stdin"], input=weak + "\n").exit_code == 1, weak
    assert session.scalars(select(User)).all() == []


def test_a_sign_in_name_that_exists_is_refused(session, run):
    build_user(session, "chief")
    session.commit()
    result = run(args=[*CREATE, "--password-stdin"], input=GOOD + "\n")
    assert result.exit_code == 1
    assert "chief 已被使用" in result.output


def test_what_cannot_be_a_sign_in_name_is_refused(run):
    result = run(args=["admin", "create", "--login", "a b", "--name", "x", "--password-stdin"], input=GOOD)
    assert result.exit_code == 1
