"""A server looks whether its database keeps what must stay, and whether it is the one of yesterday."""

import dataclasses

import pytest
from sqlalchemy import delete, text

from config import UnsafeSettings
from core import append_only
from core.database import metadata
from scoring.evidence import starting
from scoring.sheets import checkpoints
from tests.evidence.test_evidence import event as event
from tests.factories.accounts import MOMENT
from tests.factories.marking import build_theory_and_practice, take
from tests.tampering import tamper


@pytest.fixture
def production(app):
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(settings, environment="production")
    yield app
    app.config["SETTINGS"] = settings


def test_an_older_database_is_not_served(session, event, production):
    starting.check(production)
    tamper(session, "DELETE FROM ledger_operation WHERE seq > 7")
    session.rollback()
    with pytest.raises(UnsafeSettings, match="Event 1"):
        starting.check(production)
    checkpoints.file_of(production.config["SETTINGS"].instance).unlink()
    starting.check(production)


def test_a_database_without_triggers_is_not_served(session, event, production):
    append_only.release(session.connection(), "ledger_operation")
    session.commit()
    with pytest.raises(UnsafeSettings, match="ledger_operation"):
        starting.check(production)
    append_only.keep(session.connection(), "ledger_operation")
    session.commit()


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_role_of_its_own_does_everything_but_change_what_stays(app, session):
    role = "jiangsai_app"
    session.execute(text(f"DROP ROLE IF EXISTS {role}"))
    session.execute(text(f"CREATE ROLE {role}"))
    session.commit()
    assert append_only.changeable(session.connection())  # the owner
    session.rollback()
    done = app.test_cli_runner().invoke(args=["database-role", role])
    assert done.exit_code == 0, done.output
    try:
        session.execute(text(f"SET ROLE {role}"))
        assert append_only.changeable(session.connection()) == []
        event = build_theory_and_practice(session, {"甲": ("90", "86"), "乙": ("80", "70")})
        session.commit()
        session.execute(text(f"SET ROLE {role}"))
        take(session, event, "tabulate", "announce", "finalise")
        checkpoints.make_checkpoint(session, event.id, "command", MOMENT)
        for table in append_only.protected_tables():
            with pytest.raises(Exception, match="permission denied"), session.begin_nested():
                session.execute(delete(metadata.tables[table]))
    finally:
        session.rollback()
        session.execute(text("RESET ROLE"))
        session.execute(text(f"DROP OWNED BY {role}"))
        session.execute(text(f"DROP ROLE {role}"))
        session.commit()
