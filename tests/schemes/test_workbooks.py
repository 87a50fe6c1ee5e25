"""Marking schemes as workbooks: both layouts, every refusal with its row, every sum, and back again."""

import json
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from flask_babel import force_locale

from core.refusals import Refused
from scoring.schemes.bringing import bring
from scoring.schemes.cis.amounts import amount_of
from scoring.schemes.cis.words import sentence
from scoring.schemes.cis.writing import obstacle, workbook_of
from scoring.schemes.convert import convert
from scoring.schemes.documents import read_document
from scoring.schemes.offers import LIBRARY
from scoring.schemes.template.columns import COLUMNS, MEANINGS
from scoring.schemes.template.columns import plain as heading
from scoring.schemes.template.writing import template
from scoring.schemes.workbooks import lines_of
from tests.schemes.sheets import ELEVEN, FOUR, GOOD, aspect, head, levels, plain, saved

EUROSKILLS = Path(__file__).parents[1] / "golden" / "cis" / "euroskills-2023-web-development.xlsx"


def aspects_of(document):
    return [one for stage in document["stages"] for part in stage["criteria"] for one in part["aspects"]]


def total(aspects):
    return sum(Fraction(one["max"]) for one in aspects)


def faults(rows):
    found = convert("a.xlsx", saved(rows)).faults
    return [(fault.level, fault.code, fault.variant, fault.row) for fault in found]


def test_the_scheme_of_euroskills_2023_counts_as_published():
    converted = convert(EUROSKILLS.name, EUROSKILLS.read_bytes())
    assert converted.faults == ()
    (stage,) = converted.document["stages"]
    assert stage["code"] == "WS"
    assert {part["code"]: total(part["aspects"]) for part in stage["criteria"]} == {
        "A": 17, "B": 23, "C": 17, "D": 22, "E": 16, "F": 5
    }  # fmt: skip
    aspects = aspects_of(converted.document)
    by_kind = {kind: [a for a in aspects if a["kind"] == kind] for kind in ("measurement", "judgement")}
    assert (len(aspects), len(by_kind["measurement"]), len(by_kind["judgement"])) == (149, 123, 26)
    assert (total(by_kind["measurement"]), total(by_kind["judgement"])) == (76, 24)
    sections = {str(n): total([a for a in aspects if a["section"] == str(n)]) for n in range(1, 6)}
    assert sections == {"1": 5, "2": 5, "3": 25, "4": 25, "5": 40}
    assert {one["day"] for one in aspects} == {"1", "2", "3"}
    assert read_document(converted.document).findings == ()


def test_aspects_are_coded_by_their_sub_criterion():
    document = convert(EUROSKILLS.name, EUROSKILLS.read_bytes()).document
    first = aspects_of(document)[0]
    assert (first["code"], first["sub"], first["kind"], first["max"]) == (
        "A1.01", "A1 Website Layout", "judgement", "0.5"
    )  # fmt: skip
    assert first["levels"][0] == "All common elements are not responsive at all"
    assert [one["code"] for one in aspects_of(document)][2:4] == ["A1.03", "A2.01"]


def test_the_layout_of_eleven_columns_is_read_as_well():
    rows = [
        ["Skill: Test Skill"],
        ["Test Project: Made up"],
        [],
        ["Criterion", "Description", "Meas (M)", "Judg (J)", "Total"],
        ["A", "First part", 4, 0, 4],
        ["B", "Second part", 93, 3, 96],
        ["", "Total", 97, 3, 100],
        [],
        [*ELEVEN, "Criterion A", 4],
        ["A", "First part"],
        ["A1", "Setup"],
        {"C": "M", "D": "Environment restored", "F": "Deduct 0.5 for each missing file", "I": 4, "J": "A"},
        [],
        [*ELEVEN, "Criterion B", 96],
        ["B", "Second part"],
        ["B1", "Behaviour"],
        {"C": "M", "D": "Starts", "I": 93, "J": "B"},
        {"C": "J", "D": "Looks", "I": 3, "J": "B"},
        *({"E": level, "F": words} for level, words in enumerate("abcd")),
        ["Judgement aspects: mark awarded = (judgement score 0-3 / 3) x Max Mark."],
    ]
    converted = convert("eleven.xlsx", saved(rows))
    assert converted.faults == ()
    (stage,) = converted.document["stages"]
    named = [(part["code"], part["title"]) for part in stage["criteria"]]
    assert named == [("A", "First part"), ("B", "Second part")]
    assert [(a["code"], a["max"], a.get("description")) for a in aspects_of(converted.document)] == [
        ("A1.01", "4", "Deduct 0.5 for each missing file"), ("B1.01", "93", None), ("B1.02", "3", None)
    ]  # fmt: skip
    assert converted.document["title"] == "Test Skill"


def test_columns_may_stand_in_any_order():
    rows = plain(*GOOD)
    turned = [
        dict(zip("MLKJIHGFEDCBA", row, strict=False)) if isinstance(row, list) else
        {"MLKJIHGFEDCBA"["ABCDEFGHIJKLM".index(column)] if column in "ABCDEFGHIJKLM" else column: value
         for column, value in row.items()}
        for row in rows[10:]
    ]  # fmt: skip
    found = aspects_of(convert("turned.xlsx", saved(turned)).document)
    assert [(a["code"], a["max"]) for a in found] == [("A1.01", "40"), ("A1.02", "60")]


A1 = ["A1", "Preparation", 1]
REFUSED = [
    ("no_mark", 13, [A1, aspect("M", "Bevel", None)]),
    ("no_description", 13, [A1, aspect("M", "", 40)]),
    ("mark_sign", 13, [A1, aspect("M", "Bevel", 0)]),
    ("mark_sign", 13, [A1, aspect("M", "Bevel", -2)]),
    ("mark_form", 13, [A1, aspect("M", "Bevel", "forty")]),
    ("mark_form", 13, [A1, aspect("M", "Bevel", "0.1234567")]),
    ("levels", 13, [A1, aspect("J", "Surface", 40)]),
    ("levels", 13, [A1, aspect("J", "Surface", 40), *levels("a", "b", "c")]),
    ("level_value", 17, [A1, aspect("J", "Surface", 40), *FOUR[:3], {"F": 4, "G": "x"}]),
    ("level_twice", 18, [A1, aspect("J", "Surface", 40), *FOUR, {"F": 3, "G": "x"}]),
    ("level_words", 17, [A1, aspect("J", "Surface", 40), *FOUR[:3], {"F": 3}]),
    ("level_measured", 14, [A1, aspect("M", "Bevel", 40), *FOUR[:1]]),
    ("level_alone", 13, [A1, FOUR[0]]),
    ("before_criterion", 12, [aspect("M", "Bevel", 40), A1, aspect("M", "Gap", 60)]),
    ("sub_twice", 14, [A1, aspect("M", "Bevel", 40), A1, aspect("M", "Gap", 60)]),
    ("sub_foreign", 14, [A1, aspect("M", "Bevel", 40), ["B1", "Gap", 1], aspect("M", "Gap", 60)]),
    ("sub_code", 12, [["Part one", "Preparation"], A1, aspect("M", "Bevel", 40)]),
    ("letter_twice", 14, [A1, aspect("M", "Bevel", 40), head("A", 60), ["A2", "x"], aspect("M", "Gap", 60)]),
    ("type", 13, [A1, aspect("X", "Bevel", 40)]),
    ("no_type", 13, [A1, aspect("", "Bevel", 40)]),
    ("no_aspects", 1, [A1]),
]  # fmt: skip


@pytest.mark.parametrize(("variant", "row", "block"), REFUSED, ids=[f"{c[0]}-{c[1]}" for c in REFUSED])
def test_what_cannot_be_read_is_refused_with_its_row(variant, row, block):
    converted = convert("a.xlsx", saved(plain(*block)))
    assert converted.document is None
    assert (variant, row) in [(fault.variant, fault.row) for fault in converted.faults]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_fault_has_its_sentence(app, locale):
    sheets = [saved(plain(*block)) for _variant, _row, block in REFUSED]
    provoked = [fault for sheet in sheets for fault in convert("a.xlsx", sheet).faults]
    with app.test_request_context(), force_locale(locale):
        said = {sentence(fault) for fault in provoked}
    assert len(said) >= len({variant for variant, _row, _block in REFUSED})
    assert not [words for words in said if "%(" in words]


def test_every_wrong_row_is_named_at_once():
    block = [A1, aspect("M", "", None), aspect("X", "Gap", "x"), aspect("J", "Surface", 1)]
    found = {(fault.variant, fault.row) for fault in convert("a.xlsx", saved(plain(*block))).faults}
    assert found == {
        ("no_description", 13), ("no_mark", 13), ("type", 14), ("mark_form", 14), ("levels", 15)
    }  # fmt: skip


def test_sums_that_disagree_are_warnings_that_name_both_numbers(app):
    rows = plain(*GOOD[:2], aspect("J", "Surface", 50), *FOUR, sections=((1, "All", 95), (2, "None", 5)))
    converted = convert("a.xlsx", saved(rows))
    assert [(fault.code, fault.variant, dict(fault.params)) for fault in converted.faults] == [
        ("SCHEME_TOTAL", "hundred", {"declared": "100", "summed": "90"}),
        ("SECTION_MISMATCH", "section", {"section": "1", "declared": "95", "summed": "90"}),
        ("SECTION_MISMATCH", "section", {"section": "2", "declared": "5", "summed": "0"}),
        ("SCHEME_TOTAL", "criterion", {"letter": "A", "declared": "100", "summed": "90"}),
        ("SCHEME_TOTAL", "competition", {"declared": "100", "summed": "90"}),
    ]
    assert {fault.level for fault in converted.faults} == {"warning"}
    assert converted.document is not None
    with app.test_request_context():
        assert "100" in sentence(converted.faults[0])
        assert "90" in sentence(converted.faults[0])


def test_a_criterion_without_aspects_is_left_out_with_a_warning():
    rows = [*plain(*GOOD)[:-1], head("B", 0), ["B1", "Nothing", 1]]
    assert ("warning", "SCHEME_TOTAL", "criterion_empty", 19) in faults(rows)


def test_a_section_that_nobody_declared_is_named():
    rows = plain(A1, aspect("M", "Bevel", 40), aspect("M", "Gap", 60, section="WSOS 7"))
    assert ("warning", "SECTION_MISMATCH", "section_unknown", 14) in faults(rows)


def test_extra_rows_belong_to_the_aspect_above():
    block = [A1, aspect("M", "Bevel", 100, extra="first"), {"G": "second", "H": "third"}]
    (found,) = aspects_of(convert("a.xlsx", saved(plain(*block))).document)
    assert found["description"] == "first\nsecond\nthird"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0.25", 250_000), ("17", 17_000_000), ("0.30000000000000004", 300_000), ("１.5", 1_500_000),
        ("1e-05", 10), ("0.1234567", None), ("1,5", None), ("", None), ("NaN", None), ("=1", None),
        ("-0.5", -500_000),
    ],
)  # fmt: skip
def test_numbers_of_spreadsheets_are_read_exactly(text, amount):
    assert amount_of(text) == amount


def test_a_workbook_that_is_written_reads_back_as_the_same_scheme():
    document = convert(EUROSKILLS.name, EUROSKILLS.read_bytes()).document
    scheme = read_document(document).scheme
    assert obstacle(scheme) == ""
    again = convert("again.xlsx", workbook_of(scheme))
    assert again.faults == ()
    assert again.document == document


def test_texts_stay_texts_and_formulas_none(tmp_path):
    block = [A1, aspect("M", "'=1+1", 100), {"G": "-5"}]
    document = convert("a.xlsx", saved(plain(*block))).document
    aspects_of(document)[0] |= {"title": "=1+1", "description": "1.10"}
    path = tmp_path / "out.xlsx"
    path.write_bytes(workbook_of(read_document(document).scheme))
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    again = aspects_of(convert("out.xlsx", path.read_bytes()).document)[0]
    assert (again["title"], again["description"]) == ("=1+1", "1.10")


def test_every_row_of_a_workbook_is_as_high_as_its_longest_text(tmp_path):
    """Programs that do not fit rows by themselves would print one text over the next."""
    path = tmp_path / "out.xlsx"
    document = convert(EUROSKILLS.name, EUROSKILLS.read_bytes()).document
    path.write_bytes(workbook_of(read_document(document).scheme))
    sheet = openpyxl.load_workbook(path).active
    rows = {row[6].value: row[6].row for row in sheet.iter_rows() if row[6].value}
    long = next(text for text in rows if text.startswith("When scaling the browser between 360x640"))
    assert len(long) > 3 * sheet.column_dimensions["G"].width
    assert sheet.row_dimensions[rows[long]].height >= 4 * 15
    heads = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("Sub\n"))
    assert sheet.row_dimensions[heads[0].row].height >= 4 * 15  # “Aspect Type M = Meas J = Judg”
    assert not sheet["A1"].alignment.wrap_text  # the title runs on over the empty cells beside it


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 8, 1), ("1234567", 8, 1), ("12345678", 8, 2), ("焊缝成形", 10, 1), ("焊缝成形好", 10, 2)],
)
def test_a_chinese_letter_is_as_wide_as_two_digits(text, width, lines):
    assert lines_of(text, width) == lines


@pytest.mark.parametrize(
    ("key", "why"),
    [("worldskills", ""), ("theory-practical", "stages"), ("five-judges", "kinds"), ("innovation", "kinds")],
)
def test_only_judgements_and_measurements_fit_into_the_workbook(key, why):
    assert obstacle(read_document(LIBRARY.find_document(key)).scheme) == why


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_template_reads_back_in_both_languages(app, locale):
    with app.test_request_context(), force_locale(locale):
        data = template()
    converted = convert("template.xlsx", data)
    assert converted.faults == ()
    read = read_document(converted.document)
    assert read.usable
    theory, practice = converted.document["stages"]
    assert (theory["weight"], practice["weight"]) == ("0.3", "0.7")
    assert [(a["code"], a["kind"], a["max"]) for a in aspects_of(converted.document)] == [
        ("Q1", "score", "100"), ("A1", "score", "60"), ("A2", "deduction", "40")
    ]  # fmt: skip
    panel = aspects_of(converted.document)[1]["panel"]
    assert panel == {"method": "trimmed_mean", "drop": 1, "min_judges": 5}


def table(*rows, names=("stage", "weight", "criterion", "title", "kind", "max", "levels", "method", "drop")):
    headings = {
        "stage": "阶段", "weight": "权重", "criterion": "大项", "title": "评分项", "kind": "评分方式",
        "max": "配分", "levels": "等级标准", "method": "合成方法", "drop": "去高低",
    }  # fmt: skip
    return saved([["焊工 决赛"], [headings[name] for name in names], *rows], title="评分表")


def test_a_plain_table_becomes_a_scheme_with_codes_of_its_own():
    data = table(
        ["理论", "30%", "", "卷面", "打分", 100],
        ["S", "0.7", "A", "外观", "评价", 6, "差\n中\n良\n优"],
        ["", "", "", "咬边", "扣分", 40],
        ["", "", "B", "用时", "时间"],
    )
    converted = convert("t.xlsx", data)
    first, second = converted.document["stages"]
    assert converted.document["title"] == "焊工 决赛"
    assert (first["weight"], second["weight"]) == ("0.3", "0.7")
    assert [part["code"] for part in second["criteria"]] == ["A", "B"]
    assert [a["code"] for a in aspects_of(converted.document)] == ["A1", "A1", "A2", "B3"]
    assert aspects_of(converted.document)[1]["levels"] == ["差", "中", "良", "优"]


def test_words_that_a_template_does_not_know_are_named_by_row():
    data = table(
        ["S", "1", "A", "外观", "猜", "许多", "", "抽签", "一"],
        ["S", "0.5", "A", "咬边", "扣分", 40],
    )  # fmt: skip
    converted = convert("t.xlsx", data)
    assert converted.document is None
    assert {(fault.variant, fault.row) for fault in converted.faults} == {
        ("kind_word", 3), ("amount", 3), ("method_word", 3), ("weight_twice", 4)
    }  # fmt: skip


def test_a_template_without_a_column_that_is_needed_says_which(app):
    converted = convert("t.xlsx", table(["S", "1", "外观", 40], names=("stage", "weight", "title", "max")))
    assert [(fault.variant, fault.row, dict(fault.params)) for fault in converted.faults] == [
        ("column", 2, {"column": "kind"})
    ]
    with app.test_request_context(), force_locale("zh"):
        assert sentence(converted.faults[0]) == "缺少“评分方式”列，请连同表头补上。"


def test_everything_that_is_wrong_with_a_template_is_told_at_once_with_its_row(app):
    """Row 3: no kind, and nothing more of it; 4: no number; 5: no maximum; 6: a judgement without levels."""
    data = table(
        ["S", "1", "A", "外观", "猜"],
        ["", "", "", "咬边", "扣分", "四十"],
        ["", "", "", "尺寸", "打分"],
        ["", "", "", "工艺", "评价", 6],
    )
    with app.test_request_context(), force_locale("zh"):
        lines = bring("t.xlsx", data).lines
    assert [line["row"] for line in lines] == [3, 4, 5, 6]
    assert lines[2]["place"] == "评分表 第 5 行"
    assert lines[2]["message"].startswith("满分：缺少")


def test_the_command_names_the_rows_of_a_template_too(app, tmp_path):
    path = tmp_path / "t.xlsx"
    path.write_bytes(table(["S", "1", "A", "尺寸", "打分"], ["", "", "", "工艺", "猜", 6]))
    result = app.test_cli_runner().invoke(args=["scheme", "convert", str(path)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split("\t")[1] for line in result.stderr.splitlines()] == ["t.xlsx:4", "t.xlsx:3"]


def test_a_missing_column_is_named_as_sheets_head_it_and_its_cells_are_not_missed_one_by_one():
    rows = plain(["A1", "x", 1], aspect("M", "Bevel", 90), aspect("M", "Gap", 10))
    for row in rows:
        if isinstance(row, list) and "Max\nMark" in row:
            row[row.index("Max\nMark")] = ""
    found = convert("a.xlsx", saved(rows)).faults
    assert [(f.variant, dict(f.params)) for f in found if f.level == "error"] == [
        ("heading", {"heading": "Max Mark"})
    ]


def test_every_column_of_the_template_is_read_by_its_own_heading(app):
    for locale in ("zh", "en"):
        with app.test_request_context(), force_locale(locale):
            read = {name: MEANINGS[heading(str(column[0]))] for name, column in COLUMNS.items()}
        assert read == {name: name for name in COLUMNS}


def test_a_workbook_without_any_known_headings_is_refused():
    with pytest.raises(Refused) as caught:
        convert("a.xlsx", saved([["姓名", "单位"], ["张三", "甲厂"]]))
    assert caught.value.refusals[0].code == "SCHEME_SHEET"


def test_the_command_prints_json_and_nothing_else(app):
    result = app.test_cli_runner().invoke(args=["scheme", "convert", str(EUROSKILLS)])
    assert result.exit_code == 0
    assert len(aspects_of(json.loads(result.stdout))) == 149
    assert result.stderr == ""


@pytest.mark.parametrize(("lang", "said"), [("en", "has no maximum mark"), ("zh", "评分点没有满分")])
def test_the_command_refuses_with_code_row_and_words(app, tmp_path, lang, said):
    path = tmp_path / "bad.xlsx"
    path.write_bytes(saved(plain(A1, aspect("M", "Bevel", None))))
    result = app.test_cli_runner().invoke(args=["scheme", "convert", str(path), "--lang", lang])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("SCHEME_INVALID\tbad.xlsx:13\t")
    assert said in result.stderr


def test_the_command_names_a_file_that_is_not_there(app, tmp_path):
    result = app.test_cli_runner().invoke(args=["scheme", "convert", str(tmp_path / "none.xlsx")])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "none.xlsx" in result.stderr
