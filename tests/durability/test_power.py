"""What was acknowledged is there after a power cut.

SQLite writes a commit to its log and waits for the disk before it answers. A cut later leaves the synced
bytes and any number of those that came after them. Both are made here from copies: the database as it was at
the answer, and its log cut off at a random place of the next commit. Source: SECURITY.md R02.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from core.database import db
from scoring.sheets import services
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.dice import Dice
from tests.factories.accounts import MOMENT
from tests.factories.scoring import build_scoring_event, sheet_of

FULL = 2
pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # PostgreSQL keeps its own log


@pytest.mark.parametrize("answers", [30, pytest.param(400, marks=pytest.mark.deep)])
def test_a_power_cut_after_any_answer_loses_nothing_of_it(app, session, tmp_path, answers):
    event = build_scoring_event(session, entries=1, judges=1)
    sheet, dice = sheet_of(session, event, "J1", "A01", "T"), Dice(answers)
    session.commit()
    assert session.execute(text("PRAGMA synchronous")).scalar() == FULL
    session.rollback()
    path = Path(str(make_url(app.config["SQLALCHEMY_DATABASE_URI"]).database))
    done, lost = [], []
    before = None
    for number in range(answers):
        marks = {MarkKey("Q1", 1): str(number % 100)}
        saved = SheetOperation(f"power-{number:05d}", sheet.ref, number, marks)
        assert services.save_marks(session, event, sheet, saved, MOMENT).outcome == "applied"
        session.commit()
        if before is not None:
            lost += cut(path, before, tmp_path, done, dice)
        done.append(saved.operation_id)
        before = copied(path, tmp_path / "held")
        lost += [("at the answer", number)] if recovered(copied(before, tmp_path / "read")) != done else []
    assert lost == []
    db.session.remove()


def log_of(path):
    return path.with_name(f"{path.name}-wal")


def copied(path, folder):
    """Return a copy of a database with its log, as the disk holds them now."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in (path, log_of(path)):
        shutil.copyfile(file, folder / file.name)
    return folder / path.name


def cut(path, before, tmp_path, done, dice):
    """Cut the log off somewhere in the commit after the last answer; return what the answer lost."""
    disk = copied(path, tmp_path / "cut")
    synced, written = log_of(before).stat().st_size, log_of(disk).stat().st_size
    if written <= synced:  # the log began anew: what it held before stands in the database, synced
        shutil.copyfile(log_of(before), log_of(disk))
        shutil.copyfile(before, disk)
        written = synced + 1
    kept = synced + dice.roll(written - synced)
    with log_of(disk).open("r+b") as file:
        file.truncate(kept)
    found = recovered(disk)
    # What was not answered yet may be there or not; what was answered is.
    kept_all = found[: len(done)] == done and len(found) <= len(done) + 1
    return [] if kept_all else [(kept - synced, written - synced, len(found), len(done))]


def recovered(path):
    """Return the operations that a database holds when it is opened again; a damaged one holds none."""
    with closing(sqlite3.connect(path)) as connection:
        whole = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        rows = connection.execute(
            "SELECT operation_id FROM ledger_operation WHERE kind <> 'open' ORDER BY seq"
        ).fetchall()
    return [operation for (operation,) in rows] if whole else []
