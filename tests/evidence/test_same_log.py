"""The same acts fed to SQLite and to PostgreSQL give the same chain, ranks and files (SECURITY.md R06)."""

import hashlib
import itertools

import pytest

import wsgi
from core import clock
from core.database import db
from scoring.evidence import exporting
from scoring.results import queries as results
from scoring.sheets import ledger
from scoring.sheets.decisions import Act, give_penalty, set_status, withdraw_penalty
from scoring.sheets.queries import list_marked_entries
from tests import databases
from tests.factories import organisations
from tests.factories.accounts import MOMENT
from tests.factories.marking import build_theory_and_practice, take

SCORES = {"甲": ("90", "86.5"), "乙": ("80", "70"), "丙": ("60", "77"), "丁": ("55", "66"), "戊": ("80", "7")}


def live(session):
    """Let an event happen: marks, a sheet given back and signed anew, penalties, a status, a result."""
    event = build_theory_and_practice(session, SCORES)
    entries = [entry for entry, _code in list_marked_entries(session, event.id)]
    given = give_penalty(session, event, entries[0], "2.5", Act("p1", None, "迟到\u2028两次", MOMENT))
    give_penalty(session, event, entries[1], "1", Act("p2", None, "工位未清理", MOMENT))
    withdraw_penalty(session, event, given, Act("p3", None, "查明", MOMENT))
    set_status(session, event, entries[3], "dnf", Act("s1", None, "中途退出", MOMENT))
    take(session, event, "tabulate")
    take(session, event, "reopen_scoring", reason="核对")
    set_status(session, event, entries[3], "valid", Act("s2", None, "已完成", MOMENT))
    take(session, event, "tabulate", "announce")
    return event


def told(session, event):
    version = results.find_newest(session, event.id)
    return {
        "head": ledger.head(session, event.id),
        "export": list(exporting.list_operations(session, event.id)),
        "result": (version.number, version.document, version.ledger_head),
        "rows": [(row.position, row.rank, row.total, row.award) for row in version.rows],
    }


@pytest.fixture
def happen(database_template, tmp_path, monkeypatch):
    def run(backend):
        refs = (hashlib.sha256(str(number).encode()).hexdigest()[:32] for number in itertools.count())
        monkeypatch.setattr(clock, "new_ref", lambda: next(refs))
        folder = tmp_path / backend
        folder.mkdir()
        with database_template(backend).database(folder) as url:
            app = wsgi.create_app(databases.settings_for(url, folder / "instance"))
            monkeypatch.setattr(organisations, "_number", itertools.count(1))
            with app.app_context():
                event = live(db.session)
                db.session.commit()
                db.session.expire_all()
                found = told(db.session, event)
                db.session.remove()
                for engine in db.engines.values():
                    engine.dispose()
        return found

    return run


def test_the_same_acts_give_the_same_chain_and_result_on_both_databases(happen):
    one, other = happen("sqlite"), happen("postgresql")
    assert one == other
    assert one["head"][0] > 20
