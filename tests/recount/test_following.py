"""Section 7: what only follows from another mistake is no finding of its own; the rest is said in order."""

import json

import pytest

from scoring.rules.package import parse_package, recount
from tests.recount.build import RESULTS, RIGHT, package, said

HEADER = "stage,aspect,entry,judge,attempt,value\n"
BROKEN = "P,A1,03\n"
# Entry 02 has a penalty of 0.5, so that these two totals are equal: 5.
EQUAL = "P,A1,01,J1,1,5\nP,A1,02,J1,1,5.5\n"


def ranked(**changes: object) -> str:
    """Return scheme.json with another ranking: ranks may not be shared."""
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["ranking"] |= {"share": False, **changes}
    return json.dumps(scheme)


def paneled(**panel: object) -> str:
    """Return scheme.json with another panel."""
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["stages"][0]["criteria"][0]["aspects"][0]["panel"] = panel
    return json.dumps(scheme)


@pytest.mark.parametrize(
    ("code", "panel", "marks"),
    [
        ("PANEL_SIZE", {"min_judges": 2}, "P,A1,01,J1,1,5\n"),
        ("PANEL_SPREAD", {"max_spread": "1"}, "P,A1,01,J1,1,5\nP,A1,01,J2,1,7\n"),
        ("PANEL_DISAGREES", {"method": "agreed"}, "P,A1,01,J1,1,5\nP,A1,01,J2,1,7\n"),
    ],
)
def test_a_panel_that_an_unreadable_row_may_belong_to_is_not_judged(
    code: str, panel: dict[str, object], marks: str
) -> None:
    files = {"scheme": paneled(**panel), "assignments": None}
    assert said(package(**files, marks=HEADER + marks)) == [(code, "P.A1/01/1")]
    broken = said(package(**files, marks=HEADER + BROKEN + marks))
    assert broken == [("FILE_FORMAT", "marks.csv:2")]


@pytest.mark.parametrize(
    ("code", "scheme", "awards"),
    [
        ("UNRESOLVED_TIE", ranked(), False),
        ("MISSING_TIEBREAK_VALUE", ranked(ties=[{"by": "manual"}]), False),
        ("AWARD_BOUNDARY_TIE", RIGHT["scheme.json"], True),
    ],
)
def test_a_tie_that_an_unreadable_row_may_part_is_not_judged(code: str, scheme: str, awards: bool) -> None:
    whole, broken = (package(scheme=scheme, marks=HEADER + EQUAL + more) for more in ("", BROKEN))
    assert said(whole, awards=awards) == [(code, "01,02")]
    assert said(broken, awards=awards) == [("FILE_FORMAT", "marks.csv:4")]


def test_with_wrong_shares_nobody_is_tied() -> None:
    # Half of 5, and half of 6 less 0.5, are equal: 2.5.
    scheme = json.loads(ranked()) | {"weights": "share"}
    scheme["stages"][0]["weight"] = "0.5"
    marks = f"{HEADER}P,A1,01,J1,1,5\nP,A1,02,J1,1,6\n"
    assert said(package(scheme=json.dumps(scheme | {"weights": "plain"}), marks=marks)) == [
        ("UNRESOLVED_TIE", "01,02")
    ]
    assert said(package(scheme=json.dumps(scheme), marks=marks)) == [("WEIGHTS_SUM", "scheme.json:/stages")]


def test_a_finding_about_a_whole_file_comes_before_those_about_its_lines() -> None:
    files = package(marks=b"\xff", manifest='{"files": {"marks.csv": "0"}}')
    assert said(files) == [("MANIFEST", "marks.csv"), ("FILE_FORMAT", "marks.csv:1")]


def test_the_published_table_is_read_with_its_columns() -> None:
    found = parse_package(package(results=RESULTS))
    assert found.published_header == ("rank", "entry", "status", "total", "P", "P.A")
    assert found.published is not None
    assert [where for where, _ in found.published] == ["results.csv:2", "results.csv:3", "results.csv:4"]


def test_awards_are_counted_only_where_they_are_asked_for() -> None:
    outcome = recount(parse_package(package()))[0]
    assert outcome is not None
    assert outcome.awards is None


def test_columns_of_one_name_are_read_in_their_order() -> None:
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["stages"][0] |= {"code": "total", "weight": "0.5"}
    results = "rank,entry,status,total,total,total.A\n1,01,valid,44.25,88.50,88.50\n"
    found = parse_package(package(scheme=json.dumps(scheme), results=results))
    assert found.published == [("results.csv:2", ("1", "01", "valid", "44.25", "88.50", "88.50", ""))]
