"""Section 7: the form of the files of a package, line by line."""

import hashlib
import json

import pytest

from scoring.rules.compute import ResultRow
from scoring.rules.csvtext import CsvFile, write_csv
from scoring.rules.package import parse_package, recount
from tests.recount.build import RESULTS, RIGHT, findings, package, said

MARKS = RIGHT["marks.csv"]
HEADER = "stage,aspect,entry,judge,attempt,value\n"


def test_the_package_of_these_tests_is_right() -> None:
    assert said(package()) == []
    assert said(package(), awards=True) == []


@pytest.mark.parametrize("name", ["scheme.json", "entries.csv", "marks.csv"])
def test_scheme_entries_and_marks_have_to_be_there(name: str) -> None:
    files = package()
    del files[name]
    assert said(files) == [("FILE_FORMAT", name)]


def test_an_empty_package_misses_all_three() -> None:
    assert [where for _, where in said({})] == ["scheme.json", "entries.csv", "marks.csv"]


@pytest.mark.parametrize("name", ["assignments", "penalties", "decisions"])
def test_the_other_files_may_be_absent(name: str) -> None:
    assert said(package(**{name: None})) == []


def test_other_files_are_ignored() -> None:
    assert said({**package(), "README.txt": b"\xff", "notes.csv": b""}) == []


@pytest.mark.parametrize("name", ["entries", "marks", "assignments", "penalties", "decisions", "results"])
@pytest.mark.parametrize("content", ["", "\n\r\n", "\ufeff"])
def test_an_empty_file_is_no_file_at_all(name: str, content: str) -> None:
    assert ("FILE_FORMAT", f"{name}.csv:1") in said(package(**{name: content}))


def test_an_empty_scheme_is_a_fault_of_its_file() -> None:
    assert said(package(scheme="")) == [("FILE_FORMAT", "scheme.json:1")]
    assert said(package(scheme="{\n\n,}")) == [("FILE_FORMAT", "scheme.json:3")]


def test_a_byte_order_mark_crlf_blank_lines_and_any_order_of_columns_are_accepted() -> None:
    rows = [line.split(",") for line in MARKS.splitlines()]
    turned = "\r\n\r\n".join(",".join(reversed(row)) for row in rows)
    outcome = recount(parse_package(package(marks=f"\ufeff\r\n{turned}\r\n\r\n")))[0]
    assert outcome is not None
    assert outcome.findings == ()
    assert outcome.rows == expected_rows()


def expected_rows() -> tuple[ResultRow, ...]:
    outcome = recount(parse_package(package()))[0]
    assert outcome is not None
    return outcome.rows


def test_a_scheme_may_begin_with_a_byte_order_mark() -> None:
    assert said(package(scheme="\ufeff" + RIGHT["scheme.json"])) == []


@pytest.mark.parametrize(
    ("name", "column"),
    [("entries", "name"), ("entries", "unit"), ("penalties", "reason"), ("marks", "attempt")],
)
def test_name_unit_reason_and_attempt_may_be_left_out(name: str, column: str) -> None:
    assert said(package(**{name: without(f"{name}.csv", column)})) == []


def test_a_decision_may_be_without_a_reason() -> None:
    assert said(package(decisions=without("decisions.csv", "reason"))) == []


def without(name: str, column: str) -> str:
    """Return a file without one of its columns."""
    rows = [line.split(",") for line in RIGHT[name].splitlines()]
    place = rows[0].index(column)
    return "".join(",".join(row[:place] + row[place + 1 :]) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("entries", "entry"),
        ("entries", "status"),
        ("marks", "stage"),
        ("marks", "judge"),
        ("marks", "value"),
        ("assignments", "aspect"),
        ("assignments", "entry"),
        ("penalties", "points"),
        ("decisions", "kind"),
        ("decisions", "stage"),
        ("decisions", "value"),
    ],
)
def test_any_other_column_may_not(name: str, column: str) -> None:
    assert said(package(**{name: without(f"{name}.csv", column)})) == [("FILE_FORMAT", f"{name}.csv:1")]


def test_an_unknown_and_a_repeated_column_are_named() -> None:
    marks = "stage,aspect,entry,judge,attempt,value,value,colour, stage\nP,A1,01,J1,1,88.5,1,1,1\n"
    found = findings(package(marks=marks))
    assert [(one.code, one.where, one.variant, one.params["column"]) for one in found] == [
        ("FILE_FORMAT", "marks.csv:1", "repeated_column", "value"),
        ("FILE_FORMAT", "marks.csv:1", "unknown_column", "colour"),
        ("FILE_FORMAT", "marks.csv:1", "unknown_column", " stage"),
    ]


def test_the_header_may_stand_behind_blank_lines() -> None:
    assert said(package(marks="\n\nstage,aspect\n")) == [("FILE_FORMAT", "marks.csv:3")] * 3


@pytest.mark.parametrize("row", ["P,A1,01,J1,1", "P,A1,01,J1,1,5,", " ", "P"])
def test_a_row_of_another_length_is_named_by_its_line(row: str) -> None:
    assert said(package(marks=f"{MARKS}\n{row}\n")) == [("FILE_FORMAT", "marks.csv:5")]
    turned = "value,stage,aspect,entry,judge,attempt\n" + f"{row}\n"
    assert said(package(marks=turned)) == [("FILE_FORMAT", "marks.csv:2")]


def test_a_quoted_text_may_run_over_lines_and_places_name_its_first_line() -> None:
    entries = 'entry,name,status\n01,"演示\n\n甲",valid\n02,"演示 ""乙"", 丙",x\n"0\n3",丙,y\n04,丁,z\n'
    assert said(package(entries=entries, decisions=None)) == [
        ("UNKNOWN_STATUS", "entries.csv:5"),
        ("UNKNOWN_STATUS", "entries.csv:6"),
        ("UNKNOWN_STATUS", "entries.csv:8"),
    ]
    outcome = recount(parse_package(package(entries=entries, decisions=None)))[0]
    assert outcome is not None
    assert {row.entry: row.name for row in outcome.rows}["02"] == '演示 "乙", 丙'


def test_a_mark_in_a_row_over_several_lines_is_named_by_its_first_line() -> None:
    marks = f'{HEADER}P,A1,01,"J\n\n1",1,5\nP,A1,01,"J\n2",1,x\nP,A1,02,J1,1,y\n'
    assert said(package(marks=marks)) == [("SCORE_FORMAT", "marks.csv:5"), ("SCORE_FORMAT", "marks.csv:7")]


@pytest.mark.parametrize(
    "row", ['P,A1,01,"J1"x,1,5', "P,A1,01,J\r1,1,5", 'P,A1,01,"J1,1,5', "P,A1,01," + "J" * 200_000 + ",1,5"]
)
def test_csv_that_is_not_well_formed_is_named_and_the_rest_is_read(row: str) -> None:
    marks = f"{HEADER}P,A1,02,J1,1,5\n{row}\n"
    assert said(package(marks=marks))[0] == ("FILE_FORMAT", "marks.csv:3")


def test_after_a_broken_row_the_others_are_still_checked() -> None:
    marks = f'{HEADER}P,A1,01,"J1"x,1,5\nP,A1,02,J1,1,x\n'
    assert said(package(marks=marks)) == [("FILE_FORMAT", "marks.csv:2"), ("SCORE_FORMAT", "marks.csv:3")]


def test_only_a_line_feed_ends_a_line() -> None:
    entries = "entry,name,status\n01,演\u2028示\x0b\x85,valid\n02,乙,x\n"
    assert said(package(entries=entries, decisions=None)) == [("UNKNOWN_STATUS", "entries.csv:3")]


@pytest.mark.parametrize("name", ["scheme", "entries", "marks", "results", "manifest"])
def test_bytes_that_are_not_utf_8_are_named_by_their_line(name: str) -> None:
    file = name + (".json" if name in ("scheme", "manifest") else ".csv")
    assert ("FILE_FORMAT", f"{file}:3") in said(package(**{name: b"a,b\nc,d\n\xd1\xee\n"}))


def test_a_nul_is_named_by_its_line() -> None:
    assert said(package(marks=MARKS + "P,A1,03,J\0,1,5\n")) == [("FILE_FORMAT", "marks.csv:4")]


def test_gbk_is_not_guessed() -> None:
    entries = RIGHT["entries.csv"].encode("gbk")
    assert said(package(entries=entries, decisions=None))[0] == ("FILE_FORMAT", "entries.csv:2")


# ---------------------------------------------------------------- what follows from another mistake


def test_marks_of_entries_that_could_not_be_read_are_not_unknown() -> None:
    assert said(package(entries="entry,status\n01\n")) == [("FILE_FORMAT", "entries.csv:2")]


def test_panels_and_ties_that_lack_unreadable_rows_are_not_judged() -> None:
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["ranking"]["share"] = False
    scheme["stages"][0]["criteria"][0]["aspects"][0]["panel"] = {"min_judges": 2}
    marks = f"{HEADER}P,A1,01,J1,1,5\nP,A1,02,J1,1\n"
    files = package(scheme=json.dumps(scheme), marks=marks)
    assert said(files) == [("FILE_FORMAT", "marks.csv:3")]


def test_a_scheme_that_cannot_be_read_leaves_the_other_files_to_be_checked() -> None:
    files = package(
        scheme="{}",
        entries="entry,status\n01,x\n01,valid\n",
        marks=f"{HEADER}P\n",
        penalties="entry,points\n09,-1\n",
    )
    found = said(files)
    assert [place for place in found if place[0] != "SCHEME_INVALID"] == [
        ("UNKNOWN_STATUS", "entries.csv:2"),
        ("DUPLICATE_ENTRY", "entries.csv:3"),
        ("FILE_FORMAT", "marks.csv:2"),
        ("UNKNOWN_ENTRY", "penalties.csv:2"),
        ("SCORE_RANGE", "penalties.csv:2"),
    ]
    assert recount(parse_package(files))[0] is None


def test_with_wrong_shares_marks_are_checked_but_totals_are_not_compared() -> None:
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["weights"] = "share"
    scheme["stages"][0]["weight"] = "0.5"
    scheme["ranking"]["share"] = False
    marks = f"{HEADER}P,A1,01,J1,1,5\nP,A1,02,J1,1,5.5\nP,A1,03,J1,1,x\n"
    assert said(package(scheme=json.dumps(scheme), marks=marks)) == [
        ("WEIGHTS_SUM", "scheme.json:/stages"),
        ("SCORE_FORMAT", "marks.csv:4"),
    ]


def test_ties_are_reported_beside_refused_panels() -> None:
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["ranking"]["share"] = False
    scheme["stages"][0]["criteria"][0]["aspects"][0]["panel"] = {"method": "agreed"}
    marks = f"{HEADER}P,A1,01,J1,1,5\nP,A1,02,J1,1,5.5\nP,A1,03,J1,1,5\nP,A1,03,J2,1,6\n"
    assert said(package(scheme=json.dumps(scheme), marks=marks, assignments=None)) == [
        ("PANEL_DISAGREES", "P.A1/03/1"),
        ("UNRESOLVED_TIE", "01,02"),
    ]


def test_every_finding_is_said_in_the_order_of_the_files_and_lines() -> None:
    files = package(
        entries="entry,status\n02,x\n01,valid\n01,valid\n",
        marks=f"{HEADER}P,A9,01,J1,1,5\nP,A1,09,J1,1,5\nP,A1,01,J1,2,5\nP,A1,01,J1,1,x\n"
        + "P,A1,01,J2,1,5\n" * 2,
        assignments="stage,aspect,entry,judge\nX,,,J1\n",
        penalties="entry,points\n01,-1\n",
        decisions="kind,entry,stage,aspect,judge,value\ntoss,01,,,,\n",
        manifest=json.dumps({"files": {"marks.csv": "0"}}),
    )
    assert said(files) == [
        ("UNKNOWN_STATUS", "entries.csv:2"),
        ("DUPLICATE_ENTRY", "entries.csv:4"),
        ("MANIFEST", "marks.csv"),
        ("UNKNOWN_ASPECT", "marks.csv:2"),
        ("UNKNOWN_ENTRY", "marks.csv:3"),
        ("ATTEMPT", "marks.csv:4"),
        ("SCORE_FORMAT", "marks.csv:5"),
        ("DUPLICATE_MARK", "marks.csv:7"),
        ("UNKNOWN_ASPECT", "assignments.csv:2"),
        ("SCORE_RANGE", "penalties.csv:2"),
        ("FILE_FORMAT", "decisions.csv:2"),
    ]


def test_a_warning_is_said_only_about_a_result() -> None:
    scheme = json.loads(RIGHT["scheme.json"]) | {"scale": "median700"}
    same = f"{HEADER}P,A1,01,J1,1,5\nP,A1,02,J1,1,5.5\n"
    assert said(package(scheme=json.dumps(scheme), marks=same)) == [("SCALE_NO_SPREAD", "scheme.json:/scale")]
    wrong = package(scheme=json.dumps(scheme), marks=same + "P,A1,03,J1,1,x\n")
    assert said(wrong) == [("SCORE_FORMAT", "marks.csv:4")]


# ---------------------------------------------------------------- manifest


def manifest_of(files: dict[str, bytes], **wrong: str) -> str:
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return json.dumps({"files": hashes | wrong, "product": "x", "rules": "1", "signature": ""})


def test_right_hashes_are_no_finding() -> None:
    files = package()
    assert said({**files, "manifest.json": manifest_of(files).encode()}) == []
    upper = manifest_of(files).upper().replace("FILES", "files")
    names = json.loads(upper)["files"]
    lower = {"files": {name.lower(): value for name, value in names.items()}}
    assert said({**files, "manifest.json": json.dumps(lower).encode()}) == []


def test_a_wrong_hash_and_a_listed_file_that_is_gone_are_named() -> None:
    files = package()
    listed = manifest_of({**files, "results.csv": b""}, **{"marks.csv": "0" * 64, "notes.txt": "0"})
    found = findings({**files, "manifest.json": listed.encode()})
    assert [(one.code, one.where, one.variant) for one in found] == [
        ("MANIFEST", "marks.csv", "hash"),
        ("MANIFEST", "results.csv", "absent"),
    ]


@pytest.mark.parametrize("content", ["[]", "{}", '{"files": []}', "null"])
def test_a_manifest_lists_its_files(content: str) -> None:
    assert said(package(manifest=content)) == [("FILE_FORMAT", "manifest.json:/files")]


def test_a_manifest_that_is_no_json_is_a_fault_of_its_file() -> None:
    assert said(package(manifest="{")) == [("FILE_FORMAT", "manifest.json:1")]


def test_a_wrong_hash_hides_no_tie() -> None:
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["ranking"]["share"] = False
    marks = f"{HEADER}P,A1,01,J1,1,5\nP,A1,02,J1,1,5.5\n"
    files = package(scheme=json.dumps(scheme), marks=marks, manifest='{"files": {"marks.csv": "0"}}')
    assert said(files) == [("MANIFEST", "marks.csv"), ("UNRESOLVED_TIE", "01,02")]


# ---------------------------------------------------------------- results.csv


@pytest.mark.parametrize(
    "header",
    [
        "rank,entry,status,total,P",
        "rank,entry,status,total,P,P.A,scale",
        "rank,entry,status,total,P,P.A,P.A",
        "entry,status,total,P,P.A",
    ],
)
def test_a_published_result_has_the_columns_of_the_scheme(header: str) -> None:
    assert said(package(results=header + "\n")) == [("FILE_FORMAT", "results.csv:1")]


def test_a_published_result_may_give_the_awards_or_not() -> None:
    assert said(package(results=RESULTS)) == []
    awarded = "\n".join(f"{line}," for line in RESULTS.splitlines()).replace("P.A,", "P.A,award")
    assert said(package(results=awarded)) == []


def test_a_stage_may_be_called_like_a_column() -> None:
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["stages"][0]["code"] = "total"
    marks = MARKS.replace("P,A1", "total,A1")
    results = "rank,entry,status,total,total,total.A\n"
    files = package(scheme=json.dumps(scheme), marks=marks, results=results, assignments=None)
    assert said(files) == []


# ---------------------------------------------------------------- reading and writing CSV


def test_a_missing_optional_column_reads_as_empty_wherever_it_belongs() -> None:
    file = CsvFile("x.csv", "c,a\n3,1\n", ("a", "b", "c"), ("b",), [])
    assert list(file.rows()) == [["1", "", "3"]]
    assert file.header == ("c", "a")


def test_fields_are_quoted_as_rfc_4180_needs_and_lines_end_with_lf() -> None:
    written = write_csv(("a", "b"), [("1,2", 'say "x"'), ("line\nbreak", "\r"), (" space ", "")])
    assert written == 'a,b\n"1,2","say ""x"""\n"line\nbreak","\r"\n space ,\n'


def test_a_header_of_any_width_is_refused_in_time() -> None:
    found = said(package(marks=",".join(map(str, range(50_000))) + "\n"))
    assert len(found) == 50_005
    assert set(found) == {("FILE_FORMAT", "marks.csv:1")}
