"""What is announced is signed, cites what it replaces, and can be checked by everybody with names masked."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest

from competitions.events import services as events
from core import append_only, canonical
from core.refusals import Refused
from core.signing import services as signing
from scoring.archive import build_recount_archive, build_result_archive
from scoring.results import integrity, queries, services, statements
from scoring.sheets import decisions
from scoring.sheets.decisions import Act
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import build_organiser, build_theory_and_practice, entry_of, take

HOUR = timedelta(hours=1)
REASON = "A01 携带手机，取消成绩"


@pytest.fixture
def event(session):
    found = build_theory_and_practice(session, {"演示甲": ("95", "95"), "演示乙": ("80", "80")})
    take(session, found, "tabulate", "announce")
    return found


def disqualify(session, event, code="A01"):
    act = Act(f"op-{event.id}-{code}", None, "演示甲携带手机", MOMENT)
    decisions.set_status(session, event, entry_of(session, event, code), "dsq", act)
    session.commit()


def correct(session, event, now=MOMENT + HOUR, reason=REASON):
    version = services.correct(session, event, reason, actor_id=build_user(session).id, now=now)
    session.commit()
    return version


def codes(caught):
    return [refusal.code for refusal in caught.value.refusals]


def test_a_correction_is_a_signed_version_that_cites_the_announced_one(session, event):
    disqualify(session, event)
    correct(session, event)
    second, first = statements.list_statements(session, event.id)
    assert first.statement["replaces"] is None
    assert second.statement["replaces"] == {
        "version": 1, "document_sha256": first.version.sha256, "reason": REASON,
    }  # fmt: skip
    assert (second.statement["ledger"]["head"], second.statement["document_sha256"]) == (
        second.version.ledger_head, second.version.sha256,
    )  # fmt: skip
    assert all(statements.is_genuine(session, row) for row in (first, second))
    assert integrity.refusals(session, event.id) == []


def test_notice_and_appeals_count_anew_from_a_correction(session, event):
    event.notice_days, event.appeal_minutes = 1, 120
    disqualify(session, event)
    with pytest.raises(Refused) as caught:
        events.take_step(session, event, "finalise", actor_id=None, now=MOMENT + 9 * HOUR)
    assert set(codes(caught)) == {"NOTICE_PERIOD", "RESULT_MOVED"}
    correct(session, event, now=MOMENT + 48 * HOUR)
    with pytest.raises(Refused) as caught:
        events.take_step(session, event, "finalise", actor_id=None, now=MOMENT + 49 * HOUR)
    assert codes(caught) == ["APPEAL_WINDOW", "NOTICE_PERIOD"]
    # Announced on 4 March: the notice is the 5th, over when the 6th begins in Shanghai.
    events.take_step(session, event, "finalise", actor_id=None, now=MOMENT + 48 * HOUR + timedelta(days=2))
    assert [row.kind for row in statements.list_statements(session, event.id)] == [
        "final", "announced", "announced",
    ]  # fmt: skip


@pytest.mark.parametrize(("reason", "code"), [
    ("", "REASON_NEEDED"), ("见演示甲的情况", "RESULT_REASON_NAME"),
    ("证件 11010519491231002X 有误", "RESULT_REASON_PERSONAL"),
])  # fmt: skip
def test_what_everybody_reads_names_nobody(session, event, reason, code):
    disqualify(session, event)
    with pytest.raises(Refused) as caught:
        correct(session, event, reason=reason)
    assert codes(caught) == [code]


def test_nothing_is_announced_twice(session, event):
    with pytest.raises(Refused) as caught:
        correct(session, event)
    assert codes(caught) == ["RESULT_UNCHANGED"]


def test_a_unit_that_is_called_otherwise_moves_no_result(session, event):
    entry_of(session, event, "A01").unit.name = "演示新名单位"
    session.commit()
    take(session, event, "finalise")
    assert [version.number for version in queries.list_versions(session, event.id)] == [1]


def test_a_statement_that_was_rewritten_and_a_key_that_was_stolen_are_found(session, event):
    (said,) = statements.list_statements(session, event.id)
    append_only.release(session.connection(), "result_statement")
    said.statement = {**said.statement, "competition": "别的竞赛"}
    session.commit()
    assert [refusal.code for refusal in integrity.refusals(session, event.id)] == ["RESULT_STATEMENT"]
    said.statement = {**said.statement, "competition": event.competition.name}
    session.commit()
    append_only.keep(session.connection(), "result_statement")
    session.commit()
    assert integrity.refusals(session, event.id) == []
    (key,) = signing.list_keys(session, statements.PURPOSE)
    signing.revoke(session, key, since=MOMENT, now=MOMENT + HOUR)
    assert [refusal.code for refusal in integrity.refusals(session, event.id)] == ["RESULT_STATEMENT"]


def test_a_stranger_reads_all_versions_with_names_masked(session, browser, event):
    disqualify(session, event)
    correct(session, event)
    stranger = browser()
    first = statements.list_statements(session, event.id)[-1]
    page = stranger.get(f"/published/{first.ref}")
    text = visible(page.text)
    assert page.status_code == 200
    assert "本版已被取代" in text
    assert "第 1 版 已被第 2 版取代" in text  # in the list of versions, where it was green
    assert "演示甲" not in page.text
    assert "演*" in text
    newest = stranger.get(f"/published/{statements.list_statements(session, event.id)[0].ref}")
    text = visible(newest.text)
    assert "取代第 1 版" in text
    assert REASON in text
    assert "与第 1 版相比的变化" in text
    assert first.version.sha256 in text
    assert first.signature in text
    stranger.get("/published/0123456789abcdef", 404)
    organiser = build_organiser(session, event)
    session.commit()
    inside = browser(organiser)
    inside.get(f"/events/{event.id}/results")
    assert f"/published/{statements.list_statements(session, event.id)[0].ref}" in inside.page


def test_everybody_can_check_signature_and_sums_without_this_system(session, browser, event, tmp_path):
    disqualify(session, event)
    correct(session, event)
    stranger, said = browser(), statements.list_statements(session, event.id)[0]
    for name in ("statement.json", "result.json", "recount.zip"):
        (tmp_path / name).write_bytes(stranger.get(f"/published/{said.ref}/{name}").data)
    (tmp_path / "result.pyz").write_bytes(build_result_archive())
    (tmp_path / "recount.pyz").write_bytes(build_recount_archive())
    (key,) = signing.list_keys(session, statements.PURPOSE)

    def run(*arguments):
        command = [sys.executable, "-S", "-I", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    checking = ("result.pyz", "statement.json", "--document", "result.json", "--key", key.public)
    assert run(*checking).returncode == 0
    assert run(*checking[:-1], "00" * 32).returncode == 1
    assert run("recount.pyz", "recount.zip").returncode == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "recount.zip").read_bytes())) as archive:
        entries = archive.read("entries.csv").decode()
        everything = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "演*" in entries
    assert "演示甲" not in everything
    assert "携带手机" not in everything
    document = json.loads((tmp_path / "result.json").read_text())
    document["rows"][0][0] = "2"
    (tmp_path / "result.json").write_text(canonical.dumps(document))
    assert run(*checking).returncode == 1
    paper = stranger.get(f"/published/{said.ref}/announcement.pdf")
    assert paper.data.startswith(b"%PDF-")


def test_only_an_organiser_announces_a_correction(session, browser, event):
    disqualify(session, event)
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    browser(chief).post(f"/events/{event.id}/results/correction", {"reason": REASON}, 403)
