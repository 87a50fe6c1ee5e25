"""Every finding has words in English and Chinese that say what is wrong and what to do."""

import ast
import string
from pathlib import Path

import pytest

import scoring.rules
from scoring.rules.findings import Finding
from scoring.rules.messages import CATALOGUE, comparison_lines, one_line, render, render_line
from scoring.rules.resulttable import Difference

CODES = {
    *("FILE_FORMAT", "MANIFEST", "SCHEME_INVALID", "WEIGHTS_SUM", "UNKNOWN_ENTRY", "UNKNOWN_ASPECT"),
    *("UNKNOWN_STATUS", "ATTEMPT", "DUPLICATE_ENTRY", "DUPLICATE_MARK", "SCORE_FORMAT", "SCORE_RANGE"),
    *("SCORE_STEP", "JUDGEMENT_VALUE", "PANEL_SIZE", "PANEL_SPREAD", "PANEL_DISAGREES", "UNRESOLVED_TIE"),
    *("MISSING_TIEBREAK_VALUE", "AWARD_BOUNDARY_TIE", "SCALE_NO_SPREAD"),
    *("STANDING_INVALID", "STANDING_VALUE", "STANDING_AWARD", "STANDING_EVENT", "STANDING_TWICE",
      "STANDING_ORDER"),
}


def fields(template: str) -> set[str]:
    """Return the parameters a template needs."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_code_of_the_format_has_words_and_no_other_code_has() -> None:
    assert {code for code, _ in CATALOGUE} == CODES


@pytest.mark.parametrize("key", sorted(CATALOGUE))
def test_both_languages_say_the_same_with_the_same_parameters(key: tuple[str, str]) -> None:
    english, chinese = CATALOGUE[key]
    assert fields(english) == fields(chinese)
    assert english.endswith(".")
    assert chinese.endswith("。")
    assert "\n" not in english + chinese


def literals(tree: ast.AST) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_template_is_used() -> None:
    files = [
        *Path(scoring.rules.__path__[0]).glob("*.py"),
        Path(scoring.rules.__path__[0]).parent / "recount.py",
    ]
    sources = [path for path in files if not path.name.startswith("messages")]
    said = set().union(*(literals(ast.parse(path.read_text(encoding="utf-8"))) for path in sources))
    assert {variant for _, variant in CATALOGUE} <= said


def test_a_message_is_filled_with_the_parameters_of_its_finding() -> None:
    finding = Finding(
        "SCORE_RANGE",
        "marks.csv:12",
        {"value": "101", "aspect": "A1", "least": "0", "most": "100"},
        "error",
        "range",
    )
    assert render(finding) == "101 is outside 0 to 100, the limits of aspect A1. Enter a value within them."
    assert render(finding, "zh") == "101 超出评分点 A1 的范围 0 至 100，请填写范围内的数值。"


def test_half_a_character_is_named_besides_missing_quotation_marks() -> None:
    finding = Finding("SCHEME_INVALID", "scheme.json:/title", {"key": "title"}, "error", "text")
    assert "half a character is left in it (\\ud800 to \\udfff" in render(finding)
    assert "残缺的半个字符（\\ud800 至 \\udfff" in render(finding, "zh")


def test_a_line_is_code_place_and_message() -> None:
    finding = Finding("UNKNOWN_ENTRY", "marks.csv:12", {"entry": "09"}, "error", "entry")
    assert render_line(finding).split("\t") == ["UNKNOWN_ENTRY", "marks.csv:12", render(finding)]


def test_what_people_wrote_cannot_break_the_line_or_the_template() -> None:
    finding = Finding("UNKNOWN_ENTRY", "a\tb", {"entry": "{x}\n\x1b[31m"}, "error", "entry")
    line = render_line(finding)
    assert line.count("\t") == 2
    assert "\n" not in line
    assert r"“{x}\x0a\x1b[31m”" in line
    assert line.split("\t")[1] == r"a\x09b"


def test_long_values_are_shortened() -> None:
    finding = Finding("UNKNOWN_ENTRY", "x", {"entry": "9" * 201}, "error", "entry")
    assert "“" + "9" * 199 + "…”" in render(finding)
    assert "9" * 200 not in render(finding)
    exactly = Finding("UNKNOWN_ENTRY", "x", {"entry": "9" * 200}, "error", "entry")
    assert "9" * 200 in render(exactly)


def test_chinese_and_spaces_stay_as_they_are() -> None:
    assert one_line("张 三") == "张 三"


def test_the_comparison_says_that_results_agree() -> None:
    assert comparison_lines([]) == [
        "RESULTS_AGREE\tresults.csv\tThe published result agrees with the recount."
    ]
    assert comparison_lines([], "zh") == ["RESULTS_AGREE\tresults.csv\t公布的成绩与复算结果一致。"]


def test_the_comparison_names_the_first_differences() -> None:
    cell = Difference("results.csv:3", "02", "total", "90.00", "90.01")
    empty = Difference("results.csv:3", "02", "rank", "", "2")
    more = Difference("results.csv:4", "09", "entry", "09", None)
    less = Difference("results.csv", "01", "entry", None, "01")
    assert comparison_lines([cell, empty, more, less]) == [
        "RESULTS_DIFFER\tresults.csv:3\tEntry 02, total: published 90.00, recounted 90.01.",
        "RESULTS_DIFFER\tresults.csv:3\tEntry 02, rank: published -, recounted 2.",
        "RESULTS_DIFFER\tresults.csv:4\tEntry 09 is published once more than the recount has it.",
        "RESULTS_DIFFER\tresults.csv\tEntry 01 is missing from the published result.",
    ]
    assert comparison_lines([cell, empty, more, less], "zh") == [
        "RESULTS_DIFFER\tresults.csv:3\t参赛编号 02 的 total：公布为 90.00，复算为 90.01。",
        "RESULTS_DIFFER\tresults.csv:3\t参赛编号 02 的 rank：公布为 -，复算为 2。",
        "RESULTS_DIFFER\tresults.csv:4\t参赛编号 09 在公布的成绩中多出一行。",
        "RESULTS_DIFFER\tresults.csv\t公布的成绩中缺少参赛编号 01。",
    ]


def test_an_empty_cell_is_shown_as_a_dash_on_either_side() -> None:
    [line] = comparison_lines([Difference("results.csv:3", "02", "rank", "2", "")])
    assert line.endswith("Entry 02, rank: published 2, recounted -.")


def test_after_ten_differences_the_rest_is_counted() -> None:
    cell = Difference("results.csv:3", "02", "total", "90.00", "90.01")
    assert len(comparison_lines([cell] * 10)) == 10
    lines = comparison_lines([cell] * 12)
    assert (len(lines), lines[-1]) == (11, "RESULTS_DIFFER\tresults.csv\tThere are 2 more differences.")
    assert comparison_lines([cell] * 12, "zh")[-1] == "RESULTS_DIFFER\tresults.csv\t另有 2 处不一致。"
