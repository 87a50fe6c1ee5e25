"""What was written stays: the database itself refuses to change or delete it. Source: SECURITY.md T07."""

import pytest
from sqlalchemy import Connection, delete, text, update
from sqlalchemy.exc import IntegrityError

from core import append_only
from core.database import db, metadata
from scoring.results.models import ResultVersion
from tests.factories.marking import build_theory_and_practice, take
from tests.tampering import unguarded

CHANGES = [
    ("ledger_operation", "kind"), ("ledger_operation", "answer"), ("audit_record", "actor_id"),
    ("result_row", "total"), ("result_version", "document"), ("result_version", "sha256"),
    ("scheme_version", "document"),
]  # fmt: skip


@pytest.fixture
def event(session):
    event = build_theory_and_practice(session, {"甲": ("90", "90"), "乙": ("80", "80")})
    take(session, event, "tabulate")
    session.commit()
    return event


@pytest.mark.parametrize(("table", "column"), CHANGES)
def test_a_row_is_neither_changed_nor_deleted(session, event, table, column):
    rows = metadata.tables[table]
    for statement in (update(rows).values({column: rows.c[column]}), delete(rows)):
        with pytest.raises(IntegrityError, match="stay as they were written"):
            session.execute(statement)
        session.rollback()


def test_rows_are_not_swept_away_past_the_triggers_of_single_rows(session, event):
    replacing = "INSERT OR REPLACE INTO audit_record SELECT * FROM audit_record"
    sqlite = db.engine.dialect.name == "sqlite"
    with pytest.raises(IntegrityError, match="stay as they were written"):
        session.execute(text(replacing if sqlite else "TRUNCATE ledger_operation CASCADE"))


def test_what_may_change_of_a_result_still_does(session, event):
    take(session, event, "announce", "finalise")
    session.commit()
    assert session.query(ResultVersion).one().final_at is not None


def test_a_dropped_trigger_is_named(session, event):
    assert append_only.unprotected(session.connection()) == []
    with unguarded(session):
        session.execute(text("UPDATE ledger_operation SET kind = 'none'"))
    assert append_only.unprotected(session.connection()) == []
    append_only.release(session.connection(), "result_row")
    assert append_only.unprotected(session.connection()) == ["result_row"]
    session.rollback()


def test_on_postgresql_a_switched_off_trigger_is_named(session, event):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite cannot switch a trigger off")
    session.execute(text("ALTER TABLE audit_record DISABLE TRIGGER keep_audit_record_delete"))
    assert append_only.unprotected(session.connection()) == ["audit_record"]
    session.rollback()


def triggers(connection: Connection) -> list[str]:
    """Return every trigger that keeps rows as the database tells it."""
    told = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
        "postgresql": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    }
    return list(connection.scalars(text(told[connection.dialect.name])))
