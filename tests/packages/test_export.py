"""Whoever holds the exported package and Python can check the result, without anything of this system."""

import io
import json
import subprocess
import sys
import zipfile

import pytest

from scoring.packages.reading import load_files
from scoring.packages.services import recount_program
from scoring.results.queries import find_newest
from tests.factories.marking import build_organiser, build_theory_and_practice, take
from tests.factories.packages import GRAND_PRIX, HALFPIPE, import_event
from tests.tampering import unguarded

TIERS = {"tiers": [{"title": "一等奖", "count": 1}]}
FILES = {
    "scheme.json", "entries.csv", "marks.csv", "assignments.csv", "penalties.csv", "decisions.csv",
    "results.csv", "manifest.json",
}  # fmt: skip


def exported(browser, event, user, **fields):
    response = browser(user).post(f"/events/{event.id}/results/package.zip", fields, 200)
    assert response.headers["Content-Disposition"].startswith("attachment; filename=recount-")
    return response.data


def files_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def recounted(tmp_path, data, program, *options):
    """Run the downloaded recount on the downloaded package, apart from everything of this project."""
    package, pyz = tmp_path / "package.zip", tmp_path / "recount.pyz"
    package.write_bytes(data)
    pyz.write_bytes(program)
    command = [sys.executable, "-S", "-I", str(pyz), str(package), *options]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def program(browser):
    return browser().get("/recount.pyz").data


def test_the_exported_package_recounts_to_the_published_result(session, browser, tmp_path, program):
    event = build_theory_and_practice(session, {"甲": ("90", "86"), "乙": ("83", "80")}, awards=TIERS)
    organiser = build_organiser(session, event)
    take(session, event, "tabulate", "announce", "finalise")
    data = exported(browser, event, organiser)
    assert set(files_of(data)) == FILES
    done = recounted(tmp_path, data, program, "--awards")
    assert (done.returncode, done.stderr) == (
        0,
        "RESULTS_AGREE\tresults.csv\tThe published result agrees with the recount.\n",
    )
    assert done.stdout.splitlines()[1] == "1,A01,valid,87.20,90.00,86.00,90.00,86.00,一等奖"


@pytest.mark.parametrize("folder", [GRAND_PRIX / "pairs-free-skating", HALFPIPE], ids=["pairs", "halfpipe"])
def test_a_real_competition_goes_out_as_it_came_in(session, browser, tmp_path, program, folder):
    event = import_event(session, folder)
    organiser = build_organiser(session, event)
    session.commit()
    done = recounted(tmp_path, exported(browser, event, organiser), program)
    assert done.returncode == 0
    assert "agrees" in done.stderr
    published = (folder / "expected.csv").read_text(encoding="utf-8").splitlines()
    assert sorted(done.stdout.splitlines()) == sorted(published)


def test_a_changed_mark_is_found_out(session, browser, tmp_path, program):
    event = build_theory_and_practice(session, {"甲": ("90", "86"), "乙": ("83", "80")})
    organiser = build_organiser(session, event)
    take(session, event, "tabulate")
    files = files_of(exported(browser, event, organiser))
    files["marks.csv"] = files["marks.csv"].replace(b",86\n", b",87\n")
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    done = recounted(tmp_path, changed.getvalue(), program)
    assert done.returncode == 2
    assert done.stderr.startswith("MANIFEST\tmarks.csv")


def test_an_old_version_is_exported_as_it_was(session, browser, tmp_path, program):
    event = build_theory_and_practice(session, {"甲": ("90", "86"), "乙": ("83", "80")})
    organiser = build_organiser(session, event)
    take(session, event, "tabulate")
    take(session, event, "reopen_scoring", reason="复核")
    opened = browser(organiser)
    data = {"status-status": "dsq", "status-reason": "作弊"}
    opened.post(f"/events/{event.id}/progress/entries/A01/status", data)
    take(session, session.merge(event, load=True), "tabulate")
    first = recounted(tmp_path, exported(browser, event, organiser, version="1"), program)
    second = recounted(tmp_path, exported(browser, event, organiser), program)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "1,A01,valid,87.20" in first.stdout
    assert ",A01,dsq,," in second.stdout
    opened.post(f"/events/{event.id}/results/package.zip", {"version": "9"}, 404)


def test_a_version_goes_out_as_it_was_frozen_and_the_recount_says_where_it_differs(
    session, browser, tmp_path, program
):
    """Rules of another time gave 87.21 for what these rules count as 87.20."""
    event = build_theory_and_practice(session, {"甲": ("90", "86")}, awards=TIERS)
    organiser = build_organiser(session, event)
    take(session, event, "tabulate")
    version = find_newest(session, event.id)
    cells = [["1", "A01", "valid", "87.21", "90.00", "86.00", "90.00", "86.00", "特等奖"]]
    with unguarded(session):
        version.document = version.document | {"rows": cells}
    session.commit()
    data = exported(browser, event, organiser)
    assert files_of(data)["results.csv"].decode().splitlines()[1] == ",".join(cells[0])
    done = recounted(tmp_path, data, program, "--awards")
    assert (done.returncode, done.stdout.splitlines()[1].split(",")[3]) == (3, "87.20")
    assert "87.21" in done.stderr


def test_while_marks_are_missing_the_package_says_what_is_there(session, browser):
    event = build_theory_and_practice(session, {"甲": ("90", "86")})
    organiser = build_organiser(session, event)
    session.commit()
    incoming = load_files(files_of(exported(browser, event, organiser)))
    assert [(row.entry, row.rank) for row in incoming.outcome.rows] == [("A01", 1)]


def test_the_manifest_names_the_program_that_the_page_offers(session, browser, program):
    event = build_theory_and_practice(session, {"甲": ("90", "86")})
    organiser = build_organiser(session, event)
    session.commit()
    manifest = json.loads(files_of(exported(browser, event, organiser))["manifest.json"])
    assert manifest["rules"].endswith(recount_program().sha256)
    assert program == recount_program().data
    assert manifest["product"] == "匠赛 Jiangsai"
