"""A package that is written can be recounted, and is the same bytes whatever the order of its rows."""

import hashlib
import json
from pathlib import Path

import pytest

from scoring.recount import package_files, read_package, recount, write_package, zip_package
from scoring.rules.compute import compute
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, MarkInput, PenaltyInput
from scoring.rules.resulttable import result_header, result_rows
from tests.recount.build import run
from tests.rules.build import parsed, scheme

DOCUMENT = scheme(title="焊工 决赛", awards={"tiers": [{"title": "一等奖", "count": 1}]})
ENTRIES = [EntryInput("02", "演示, 乙", "二厂"), EntryInput("01", "演示 甲", "一厂", where="x")]
MARKS = [MarkInput("P", "A1", "02", "J1", 1, "90"), MarkInput("P", "A1", "01", "J1", 1, "88.5")]
ASSIGNMENTS = [AssignmentInput("P", "", "", "J1", "x")]
PENALTIES = [PenaltyInput("02", "0.5", "迟到", "x")]
DECISIONS = [DecisionInput("checked_in", "01", value="yes", reason="签到表", where="x")]


def files(*, awards: bool = True, backwards: bool = False) -> dict[str, bytes]:
    """Return the files of one package, its rows in one order or the other."""
    step = -1 if backwards else 1
    outcome = compute(parsed(DOCUMENT), ENTRIES, MARKS, ASSIGNMENTS, PENALTIES, DECISIONS, awards=awards)
    return package_files(
        DOCUMENT,
        ENTRIES[::step],
        MARKS[::step],
        ASSIGNMENTS,
        PENALTIES,
        DECISIONS,
        results=(result_header(outcome.scheme, awards=awards), result_rows(outcome, awards=awards)),
        product="Jiangsai 1.0",
        rules="scheme/1",
        signature="…",
    )


def test_every_file_is_written() -> None:
    assert sorted(files()) == [
        "assignments.csv",
        "decisions.csv",
        "entries.csv",
        "manifest.json",
        "marks.csv",
        "penalties.csv",
        "results.csv",
        "scheme.json",
    ]


def test_rows_are_sorted_and_quoted() -> None:
    found = files()
    assert found["entries.csv"].decode() == (
        'entry,name,unit,status\n01,演示 甲,一厂,valid\n02,"演示, 乙",二厂,valid\n'
    )
    assert found["marks.csv"].decode() == (
        "stage,aspect,entry,judge,attempt,value\nP,A1,01,J1,1,88.5\nP,A1,02,J1,1,90\n"
    )
    assert found["assignments.csv"].decode() == "stage,aspect,entry,judge\nP,,,J1\n"
    assert found["decisions.csv"].decode().splitlines()[1] == "checked_in,01,,,,yes,签到表"
    assert found["results.csv"].decode().splitlines()[:2] == [
        "rank,entry,status,total,P,P.A,award",
        "1,02,valid,89.50,90.00,90.00,一等奖",
    ]


def test_the_manifest_has_the_hash_of_every_other_file() -> None:
    found = files()
    manifest = json.loads(found["manifest.json"])
    assert manifest["files"] == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in found.items()
        if name != "manifest.json"
    }
    assert (manifest["product"], manifest["rules"], manifest["signature"]) == (
        "Jiangsai 1.0",
        "scheme/1",
        "…",
    )


def test_the_order_of_rows_changes_no_byte() -> None:
    assert files() == files(backwards=True)
    assert zip_package(files()) == zip_package(dict(reversed(files(backwards=True).items())))


@pytest.mark.parametrize("name", ["package", "package.zip"])
def test_what_was_written_can_be_recounted_and_agrees(tmp_path: Path, name: str) -> None:
    write_package(tmp_path / name, files())
    done = run(str(tmp_path / name), "--awards")
    assert (done.returncode, done.stdout) == (0, files()["results.csv"])
    assert done.stderr.startswith(b"RESULTS_AGREE\t")


def test_without_a_result_there_is_no_results_file(tmp_path: Path) -> None:
    found = package_files(DOCUMENT, ENTRIES, MARKS, ASSIGNMENTS)
    assert "results.csv" not in found
    assert found["penalties.csv"] == b"entry,points,reason\n"
    write_package(tmp_path, found)
    assert recount(read_package(tmp_path))[1] == []


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    write_package(tmp_path, files())
    (tmp_path / "marks.csv").write_bytes(files()["marks.csv"].replace(b"88.5", b"98.5"))
    done = run(str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"MANIFEST\tmarks.csv\t")
