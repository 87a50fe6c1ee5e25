"""Checkpoints, the verify command, and the ledger as an outsider checks it."""

import json
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.append_only import keep, release
from core.audit import services as audit
from core.database import metadata
from scoring.archive import build_ledger_archive
from scoring.evidence import exporting, site
from scoring.sheets.checkpoints import file_of, list_checkpoints, make_checkpoint
from scoring.sheets.models import LedgerOperation
from tests.client import visible
from tests.evidence.attacks import chain_hash
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import build_theory_and_practice, take
from tests.tampering import tamper, unguarded


@pytest.fixture
def event(session):
    event = build_theory_and_practice(session, {"甲": ("90", "86"), "乙": ("80", "70")})
    take(session, event, "tabulate")
    session.commit()
    return event


def verify(app, *arguments):
    done = app.test_cli_runner().invoke(args=["verify", *map(str, arguments)])
    return done.exit_code, done.output


def test_each_signature_and_each_step_leaves_a_checkpoint_also_outside_of_the_database(app, session, event):
    rows = list_checkpoints(session, event.id)
    assert [row.occasion for row in rows] == ["sign"] * 4 + ["tabulate"]
    signed = session.scalars(select(LedgerOperation).filter_by(kind="sign").order_by(LedgerOperation.seq))
    assert [(row.seq, row.head) for row in rows[:4]] == [(one.seq, one.hash) for one in signed]
    kept = file_of(app.config["SETTINGS"].instance).read_bytes()
    assert kept == exporting.checkpoint_lines(list_checkpoints(session, event.id))


def test_what_is_taken_back_leaves_no_checkpoint_outside(app, session, event):
    kept = file_of(app.config["SETTINGS"].instance)
    before = kept.read_bytes()
    make_checkpoint(session, event.id, "command", MOMENT)
    session.rollback()
    with suppress(ZeroDivisionError), session.begin_nested():
        make_checkpoint(session, event.id, "command", MOMENT)
        raise ZeroDivisionError
    session.commit()
    assert kept.read_bytes() == before


def test_verify_names_what_does_not_fit_in_both_languages(app, session, event):
    code, printed = verify(app)
    assert (code, "0 处不符" in printed) == (0, True)
    tamper(session, "UPDATE mark SET value = '99' WHERE value = '90'")
    code, printed = verify(app, "--event", event.id)
    assert code == 1
    assert "按账本应为“[['Q1', 1, '90']]”，数据库中却是“[['Q1', 1, '99']]”。" in printed
    assert "A01: marks is “[['Q1', 1, '90']]” by the ledger, but “[['Q1', 1, '99']]” in" in printed


def test_a_chain_that_was_built_anew_is_betrayed_by_the_file_in_the_instance_folder(app, session, event):
    """The insider has also removed the checkpoints from the database."""
    with unguarded(session):
        session.execute(metadata.tables["checkpoint"].delete())
        rows = session.scalars(select(LedgerOperation).order_by(LedgerOperation.seq.desc())).all()
        last = rows[0]
        session.execute(
            update(LedgerOperation)
            .where(LedgerOperation.id == last.id)
            .values(actor_id=None, hash=chain_hash(unsaved(last, actor_id=None)))
        )
    session.commit()
    code, printed = verify(app)
    assert (code, "CHECKPOINT_DIFFERS" in printed) == (1, True)
    file_of(app.config["SETTINGS"].instance).unlink()
    assert verify(app)[0] == 1  # the result names the old head


def unsaved(row, **changes):
    names = ("seq", "operation_id", "kind", "actor_id", "at", "body", "answer", "algorithm", "prev_hash")
    return LedgerOperation(**{name: getattr(row, name) for name in names} | changes)


def test_an_older_database_is_told_from_todays_by_the_checkpoints(app, session, event, tmp_path):
    kept = tmp_path / "kept.jsonl"
    kept.write_bytes(exporting.checkpoint_lines(list_checkpoints(session, event.id)))
    tamper(session, "DELETE FROM ledger_operation WHERE seq > 7")
    code, printed = verify(app, "--checkpoints", kept)
    assert (code, "CHECKPOINT_TAIL" in printed) == (1, True)
    assert "末尾被截去，或恢复了旧的数据库" in printed
    kept.write_text("{}\n")
    assert verify(app, "--checkpoints", kept)[0] == 2
    assert verify(app, "--checkpoints", tmp_path / "none")[0] == 2


def test_a_forged_checkpoint_is_told(app, session, event, tmp_path):
    lines = exporting.checkpoint_lines(list_checkpoints(session, event.id)).decode().splitlines()
    forged = json.loads(lines[-1]) | {"at": "2026-03-03T01:00:00+00:00"}
    (tmp_path / "forged.jsonl").write_text(json.dumps(forged))
    code, printed = verify(app, "--checkpoints", tmp_path / "forged.jsonl")
    assert (code, "CHECKPOINT_FORGED" in printed) == (1, True)


def test_a_dropped_trigger_is_told(app, session, event):
    release(session.connection(), "audit_record")
    session.commit()
    code, printed = verify(app)
    assert (code, "TRIGGERS_MISSING" in printed, "audit_record" in printed) == (1, True, True)
    keep(session.connection(), "audit_record")
    session.commit()


@pytest.fixture
def program(tmp_path):
    (tmp_path / "ledger.pyz").write_bytes(build_ledger_archive())

    def run(*arguments):
        command = [sys.executable, "-S", "-I", "ledger.pyz", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout

    return run


def test_an_outsider_checks_the_exported_ledger(session, event, browser, program, tmp_path):
    supervisor = build_user(session, "supervisor", [("supervisor", "event", event.id)])
    session.commit()
    page = browser(supervisor)
    assert "检查点" in visible(page.get(f"/events/{event.id}/evidence").text)
    assert "全部相符" in visible(page.get(f"/events/{event.id}/evidence?check=1").text)
    ledger = page.post(f"/events/{event.id}/evidence/ledger.jsonl", status=200).data
    kept = page.get(f"/events/{event.id}/evidence/checkpoints.jsonl").data
    (tmp_path / "ledger.jsonl").write_bytes(ledger)
    (tmp_path / "kept.jsonl").write_bytes(kept)
    code, told = program("ledger.jsonl", "--checkpoints", "kept.jsonl", "--lang", "zh")
    assert (code, "账本完整" in told) == (0, True)
    lines = ledger.splitlines(keepends=True)
    for damage, word in (
        ([line.replace(b'"90"', b'"99"') for line in lines], "does not fit the chain"),
        (lines[:-1], "its end was cut off"),
        (lines[:2] + lines[3:], "does not fit the chain"),
        (lines[:1], "its end was cut off"),
    ):
        (tmp_path / "ledger.jsonl").write_bytes(b"".join(damage))
        code, told = program("ledger.jsonl", "--checkpoints", "kept.jsonl")
        assert (code, word in told) == (1, True), told
    (tmp_path / "ledger.jsonl").write_text("no ledger")
    assert program("ledger.jsonl")[0] == 2


def test_no_name_is_added_to_an_exported_ledger(session, event):
    text = "".join(exporting.ledger_lines(session, event.id))
    assert "甲" not in text
    assert "乙" not in text


def test_who_marks_sees_no_evidence_and_an_arbitrator_takes_no_ledger(session, event, browser):
    """The record is under a checkpoint, too, and knows names: whoever marks blindly gets no hash of it."""
    for role, status in (("judge", 403), ("chief_judge", 403), ("tabulator", 403), ("arbitrator", 200)):
        user = build_user(session, role, [(role, "event", event.id)])
        session.commit()
        browser(user).get(f"/events/{event.id}/evidence", status)
    browser(user).post(f"/events/{event.id}/evidence/ledger.jsonl", status=403)


def test_a_checkpoint_is_made_at_the_server(app, session, event):
    done = app.test_cli_runner().invoke(args=["checkpoint", "make", str(event.id)])
    made = json.loads(done.output)
    assert (made["event"], made["occasion"], done.exit_code) == (event.id, "command", 0)
    assert verify(app)[0] == 0


def test_the_record_of_the_site_is_under_checkpoints_too(app, session, event, tmp_path):
    """Its tail cut off, or all of it chained anew, is told by a checkpoint that was kept elsewhere."""
    for name in "甲乙丙":
        audit.record(
            session, "union:change", actor_id=None, subject="union:1", now=MOMENT, detail={"name": name}
        )
    assert site.is_due(session, MOMENT)
    assert site.make_due(session, MOMENT) == 1
    assert not site.is_due(session, MOMENT + timedelta(days=1))  # nothing has been done since
    done = app.test_cli_runner().invoke(args=["checkpoint", "export"])
    assert [json.loads(line)["event"] for line in done.output.splitlines()] == [event.id, 0]
    (tmp_path / "kept.jsonl").write_text(done.output)
    assert verify(app, "--checkpoints", tmp_path / "kept.jsonl")[0] == 0
    tamper(session, "DELETE FROM audit_record WHERE chain = 'site' AND seq = 3")
    code, printed = verify(app, "--checkpoints", tmp_path / "kept.jsonl")
    assert (code, "操作记录“site”第 3 条，但记录只到第 2 条" in printed) == (1, True)


def test_only_who_sees_every_record_is_handed_the_checkpoints_of_all(session, event, browser):
    for scope, status in ((("event", event.id), 403), (("site", 0), 200)):
        user = build_user(session, grants=[("supervisor", *scope)])
        session.commit()
        assert ("请另处保存" in browser(user).get("/accounts/audit").text) == (status == 200)
        browser(user).get("/accounts/audit/checkpoints.jsonl", status)
