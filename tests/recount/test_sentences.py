"""What an organiser reads about a wrong package: whole sentences, with what was written and what may be."""

import json

import pytest

from scoring.rules.messages import render
from tests.recount.build import RIGHT, findings, one_score, package

DECISIONS = "kind,entry,stage,aspect,judge,value,reason\n"
ASSIGNMENTS = "stage,aspect,entry,judge\n"
PENALTIES = "entry,points,reason\n"
MARKS = RIGHT["marks.csv"]
NO_ENTRY = "There is no entry “09” in entries.csv. Correct the code, or add the entry."
NO_ASPECT = "The scheme has no aspect “X” in a stage “P”. Correct the codes."


@pytest.mark.parametrize(
    ("file", "content", "where", "sentence"),
    [
        ("marks", b"stage\n\xff\n", "marks.csv:2",
         "marks.csv is not UTF-8 from this line on. Save it as “CSV UTF-8”."),
        ("marks", b"\n\xff", "marks.csv:2",
         "marks.csv is not UTF-8 from this line on. Save it as “CSV UTF-8”."),
        ("marks", "\n\0", "marks.csv:2",
         "marks.csv holds a NUL character in this line. Export it again."),
        ("marks", "", "marks.csv:1",
         "marks.csv is empty; it needs at least its header line. Export it again."),
        ("scheme", "", "scheme.json:1",
         "scheme.json is empty; it needs at least its header line. Export it again."),
        ("scheme", '{\n "format" 1}', "scheme.json:2",
         "This is not JSON: reading stops at column 11 of this line. Correct the text there."),
        ("marks", None, "marks.csv", "The package has no marks.csv. Add it."),
        ("marks", MARKS + 'P,A1,01,"J"2,1,5\n', "marks.csv:4",
         "This line of marks.csv is not well-formed CSV: quotation marks or line breaks are wrong. Correct"
         " it."),
        ("marks", MARKS + "P,A1,01\n", "marks.csv:4",
         "This row of marks.csv has 3 fields, but the header has 6. Check commas and quotation marks."),
        ("penalties", "entry,points,colour\n", "penalties.csv:1",
         "penalties.csv has a column “colour” that does not belong there. Its columns are: entry, points,"
         " reason."),
        ("penalties", "entry,points,points\n", "penalties.csv:1",
         "penalties.csv has the column “points” more than once. Remove one."),
        ("penalties", "entry,reason\n", "penalties.csv:1", "penalties.csv has no column “points”. Add it."),
        ("entries", RIGHT["entries.csv"] + ",演示 丁,,\n", "entries.csv:5",
         "This row names no entry. Fill in its code, or remove the row."),
        ("entries", RIGHT["entries.csv"] + "01,演示 丁,,\n", "entries.csv:5",
         "Entry “01” stands in the list already. Remove one of the rows."),
        ("entries", RIGHT["entries.csv"] + "04,演示 丁,,ill\n", "entries.csv:5",
         "“ill” is no status. Use one of: valid, absent, dnf, ineligible, dsq, exhibition."),
        ("decisions", DECISIONS + "place,01,,,,1,\n", "decisions.csv:2",
         "“place” is no kind of decision. Use one of: order, award, absent_judge, checked_in."),
        ("decisions", DECISIONS + "award,09,,,,一等奖,\n", "decisions.csv:2", NO_ENTRY),
        ("decisions", DECISIONS + "absent_judge,01,P,X,J1,,\n", "decisions.csv:2", NO_ASPECT),
        ("decisions", DECISIONS + "order,01,,,,first,\n", "decisions.csv:2",
         "“first” is no place in an order. Write a number; the lower one goes first."),
        ("decisions", DECISIONS + "checked_in,01,,,,ja,\n", "decisions.csv:2",
         "“ja” is neither yes nor no. Write yes or no."),
        ("decisions", DECISIONS + "order,01,,,,1,\norder,01,,,,2,\n", "decisions.csv:3",
         "Two decisions “order” about entry 01 contradict each other. Keep the one that holds."),
        ("assignments", ASSIGNMENTS + "P,X,,J1\nP,,,J1\n", "assignments.csv:2", NO_ASPECT),
        ("assignments", ASSIGNMENTS + "P,A1,09,J1\nP,,,J1\n", "assignments.csv:2", NO_ENTRY),
        ("penalties", PENALTIES + "09,1,迟到\n", "penalties.csv:2", NO_ENTRY),
        ("penalties", PENALTIES + "01,1/2,迟到\n", "penalties.csv:2",
         "“1/2” is no number of points. Write digits, with up to 6 decimals after a point."),
        ("penalties", PENALTIES + "01,-1,迟到\n", "penalties.csv:2",
         "A penalty is taken off the total, so it cannot be negative: -1. Write it without the sign."),
        ("marks", MARKS + "P,A1,09,J1,1,5\n", "marks.csv:4", NO_ENTRY),
        ("marks", MARKS + "P,X,01,J1,1,5\n", "marks.csv:4", NO_ASPECT),
        ("marks", MARKS + "P,A1,01,J1,2,5\n", "marks.csv:4",
         "“2” is no attempt of this stage. Use a whole number from 1 to 1."),
        ("marks", MARKS + "P,A1,01,J1,1,5\n", "marks.csv:4",
         "Judge “J1” has marked this aspect of entry “01” already. Keep the mark that holds."),
        ("marks", MARKS + "P,A1,03,J1,1,100.01\n", "marks.csv:4",
         "100.01 is outside 0 to 100, the limits of aspect A1. Enter a value within them."),
        ("marks", MARKS + "P,A1,03,J1,1,1.005\n", "marks.csv:4",
         "1.005 is not a multiple of 0.01, the step of aspect A1. It is not rounded; enter a multiple."),
        ("marks", MARKS + "P,A1,03,J1,1,５\n", "marks.csv:4",
         "“５” is not of the form aspect A1 needs. Write digits, with up to 6 decimals after a point."),
        ("manifest", '{"files": []}', "manifest.json:/files",
         "The manifest has no “files” with names and hashes. Export the package again."),
        ("manifest", '{"files": {"marks.csv": "00"}}', "marks.csv",
         "marks.csv is not the file the manifest was made for: its hash is another. Get the package again"
         " from its source."),
        ("manifest", '{"files": {"results.csv": "00"}}', "results.csv",
         "The manifest lists results.csv, but the package does not hold it. Get the package again from its"
         " source."),
    ],
)  # fmt: skip
def test_a_finding_says_where_what_and_what_may_stand_there(
    file: str, content: str | bytes | None, where: str, sentence: str
) -> None:
    said = [(one.where, render(one)) for one in findings(package(**{file: content}))]
    assert (where, sentence) in said


@pytest.mark.parametrize(
    ("fields", "value", "sentence"),
    [
        ({"kind": "count", "per": "1"}, "1.5",
         "“1.5” is no whole number, but aspect A1 counts whole ones. Enter a whole number."),
        ({"kind": "count", "per": "1"}, "-1",
         "-1 is negative, but aspect A1 starts at 0. Enter 0 or more."),
        ({"kind": "measurement", "entry": "pass"}, "ja",
         "“ja” is neither yes nor no. Enter yes or no for aspect A1."),
        ({"kind": "time"}, "1.0005",
         "“1.0005” has more than 3 decimals. Enter seconds to the thousandth for aspect A1."),
        ({"kind": "indicator"}, "5",
         "“5” names no target, and aspect A1 has none of its own. Enter achieved/target."),
        ({"kind": "indicator"}, "5/0",
         "The target in “5/0” is not above 0. Enter the target of aspect A1 for this entry."),
        ({"kind": "judgement"}, "4", "4 is no level of aspect A1. Enter a whole number from 0 to 3."),
        ({"kind": "score", "min": "1", "max": "9.5"}, "0.5",
         "0.5 is outside 1 to 9.5, the limits of aspect A1. Enter a value within them."),
    ],
)  # fmt: skip
def test_a_refused_mark_says_what_its_aspect_takes(
    fields: dict[str, object], value: str, sentence: str
) -> None:
    marks = f"stage,aspect,entry,judge,attempt,value\nP,A1,01,J1,1,{value}\n"
    found = findings(package(scheme=one_score(**fields), marks=marks, assignments=None))
    assert [(one.where, render(one)) for one in found] == [("marks.csv:2", sentence)]


@pytest.mark.parametrize(
    ("ties", "params"),
    [
        ([], {"entries": "01, 02"}),
        ([{"by": "manual"}], {"entries": "01, 02", "missing": "01, 02"}),
    ],
)
def test_a_tie_names_who_shares_it_and_what_is_missing(ties: list[object], params: dict[str, str]) -> None:
    scheme = json.loads(RIGHT["scheme.json"])
    scheme["ranking"] |= {"share": False, "ties": ties}
    marks = "stage,aspect,entry,judge,attempt,value\nP,A1,01,J1,1,5\nP,A1,02,J1,1,5.5\n"
    found = findings(package(scheme=json.dumps(scheme), marks=marks))
    assert [(one.where, one.params) for one in found] == [("01,02", params)]
