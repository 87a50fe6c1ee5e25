"""What a sheet may look like that no library of ours has written: other programs' habits, and tricks."""

import pytest

from core.refusals import Refused
from core.tables.archive import COLUMNS
from core.tables.cells import EMPTY, Cell
from core.tables.workbook import open_sheets
from tests.entries.hostile import HEAD, SHEET, SPREADSHEET, TAIL, rebuilt, sheet, strings

BARE_HEAD = HEAD.partition("?>")[2]
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{SPREADSHEET}"><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m"/>'
    '</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/></cellXfs></styleSheet>'
)


def rows_of(data):
    with open_sheets("a.xlsx", data) as (only,):
        return list(only.rows)


def refusal(data):
    with pytest.raises(Refused) as caught:
        rows_of(data)
    (found,) = caught.value.refusals
    return found.code


def texts(data):
    return [[cell.text for cell in cells] for _number, cells in rows_of(data)]


def inline(text, ref=""):
    return f'<c{ref} t="inlineStr"><is>{text}</is></c>'


def test_cells_without_a_place_follow_the_one_before():
    first = '<row><c><v>1</v></c><c r="C1"><v>3</v></c><c><v>4</v></c></row>'
    found = texts(sheet(f"{first}<row><c><v>5</v></c></row>"))
    assert found == [["1", "", "3", "4"], ["5"]]


def test_missing_rows_are_empty_rows():
    assert rows_of(sheet('<row r="3"><c r="B3"><v>1</v></c></row>')) == [
        (1, []), (2, []), (3, [EMPTY, Cell("1", "number")]),
    ]  # fmt: skip


def test_shared_texts_of_several_runs_are_one_text_without_their_reading():
    items = (
        "<si><r><t>张</t></r><r><rPr/><t xml:space='preserve'> 三</t></r>"
        "<rPh sb='0' eb='1'><t>zhang</t></rPh></si>"
        "<si><t/></si>"
    )
    parts = {SHEET: HEAD + '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>' + TAIL}
    assert texts(rebuilt({**parts, "xl/sharedStrings.xml": f'<sst xmlns="{SPREADSHEET}">{items}</sst>'})) == [
        ["张 三", ""]
    ]


def test_a_part_may_give_its_elements_a_prefix():
    body = '<x:row><x:c t="inlineStr"><x:is><x:t>张三</x:t></x:is></x:c></x:row>'
    whole = f'<x:worksheet xmlns:x="{SPREADSHEET}"><x:sheetData>{body}</x:sheetData></x:worksheet>'
    assert texts(rebuilt({SHEET: whole})) == [["张三"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_may_be_written_in_another_encoding(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    whole = f"{declared}{BARE_HEAD}<row>{inline('<t>李䶮</t>')}</row>{TAIL}"
    assert texts(rebuilt({SHEET: whole.encode(encoding)})) == [["李䶮"]]


def test_a_document_type_is_refused_in_any_encoding():
    declared = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]>'
    whole = declared + BARE_HEAD + TAIL
    assert refusal(rebuilt({SHEET: whole.encode("utf-16")})) == "FILE_DAMAGED"


def test_days_are_known_by_the_number_format_of_their_cell():
    cells = ((0, "46000"), (1, "46000"), (2, "46000.75"), (1, "1e9"))
    row = "".join(f'<c s="{style}"><v>{value}</v></c>' for style, value in cells)
    parts = {SHEET: f"{HEAD}<row>{row}</row>{TAIL}", "xl/styles.xml": STYLES}
    day = Cell("2025-12-09", "date")
    assert rows_of(rebuilt(parts)) == [(1, [Cell("46000", "number"), day, day, Cell("#VALUE!", "error")])]


def test_days_may_be_counted_from_1904():
    book = (
        f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {SHEET: HEAD + '<row><c s="1"><v>44538</v></c></row>' + TAIL, "xl/styles.xml": STYLES}
    ((_number, cells),) = rows_of(rebuilt({**parts, "xl/workbook.xml": book}))
    assert cells == [Cell("2025-12-09", "date")]


def test_every_kind_of_cell():
    row = (
        '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>1990-05-20</v></c>'
        '<c t="str"><f>A1</f><v>张三</v></c><c><f>1+1</f><v>2</v></c><c t="n"><v>370102.50</v></c><c s="0"/>'
        '<c><v>007</v></c><c><v>3.702E+3</v></c><c t="str"><v>a_x000D_b</v></c>'
    )
    ((_number, cells),) = rows_of(sheet(f"<row>{row}</row>"))
    assert cells == [
        Cell("TRUE"), Cell("FALSE"), Cell("#N/A", "error"), Cell("1990-05-20", "date"),
        Cell("张三", formula=True),
        Cell("2", "number", formula=True), Cell("370102.5", "number"), EMPTY, Cell("7", "number"),
        Cell("3702", "number"), Cell("a\rb"),
    ]  # fmt: skip


def test_formulas_are_said_to_be_there():
    with open_sheets("a.xlsx", sheet("<row><c><f>1+1</f><v>2</v></c></row>")) as (only,):
        assert only.formulas


def test_columns_beyond_the_last_are_passed_over_and_small_letters_are_letters():
    row = '<c r="b1"><v>2</v></c><c r="AN1"><v>40</v></c><c r="AO1"><v>41</v></c><c><v>42</v></c>'
    (cells,) = texts(sheet(f'<row r="1">{row}</row>'))
    assert (len(cells), cells[1], cells[-1]) == (COLUMNS, "2", "40")


def test_a_text_split_by_comments_and_sections_is_one_text():
    assert texts(sheet(f"<row>{inline('<t>张<!-- x -->三<![CDATA[<]]></t>')}</row>")) == [["张三<"]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('<row r="2"/><row r="2"/>', "FILE_DAMAGED"),  # a row twice: neither is thrown away unseen
        ('<row r="x"/>', "FILE_DAMAGED"),
        ('<row r="1e999"/>', "FILE_DAMAGED"),
        ('<row><c r="1"/></row>', "FILE_DAMAGED"),
        ('<row><c r="ABCD1"/></row>', "FILE_DAMAGED"),
        ("<row><c><v>abc</v></c></row>", "FILE_DAMAGED"),
        ('<row><c t="s"><v>9</v></c></row>', "FILE_DAMAGED"),
        ('<row><c t="b"><v>2</v></c></row>', "FILE_DAMAGED"),
        ('<row r="60101"/>', "FILE_ROWS"),
    ],
)
def test_what_cannot_be_a_row_is_refused(row, code):
    assert refusal(sheet(row)) == code


def test_a_sheet_that_does_not_end_is_refused():
    assert refusal(rebuilt({SHEET: HEAD + "<row>"})) == "FILE_DAMAGED"


def test_a_text_without_end_is_refused_however_it_is_cut():
    for cut in ("<!---->", "<?a?>", "<![CDATA[x]]>"):
        text = ("x" * 9000 + cut) * 4000
        assert refusal(sheet(f"<row>{inline(f'<t>{text}</t>')}</row>")) == "FILE_BOMB"
        assert refusal(strings(f"<si><t>{text[: 30 * 1024 * 1024]}</t></si>")) == "FILE_BOMB"


def test_the_texts_of_all_cells_together_have_an_end():
    cell = inline(f"<t>{'张' * 30_000}</t>")
    rows = "".join(f"<row>{cell.replace('张', chr(0x4E00 + n), 1)}</row>" for n in range(600))
    assert refusal(sheet(rows)) == "FILE_BOMB"


def test_tags_that_say_nothing_have_an_end():
    assert refusal(sheet("<row>" + "<a/>" * 9_100_000 + "</row>")) == "FILE_BOMB"
    assert refusal(sheet("<row " + "a" * 600_000 + "/>")) == "FILE_BOMB"


def test_a_fault_of_whoever_reads_is_no_damage_of_the_file():
    def look():
        with open_sheets("a.xlsx", sheet("<row/>")) as (only,):
            next(only.rows)
            raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"):
        look()
