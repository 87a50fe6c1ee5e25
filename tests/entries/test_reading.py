"""A list of entrants is found in whatever people send: titles, merged cells, formulas, CSV."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from competitions.entries import columns, labels
from competitions.entries.reading import read_grid
from competitions.lists.grid import from_json
from competitions.lists.headings import letter
from competitions.lists.table import Cell
from core import canonical
from core.refusals import Refused
from tests.entries.tables import HEADINGS, read_table, saved, workbook


def read(data, kind="person", name="名单.xlsx"):
    return read_table(name, data, kind)


def refused(data, kind="person", name="名单.xlsx"):
    with pytest.raises(Refused) as caught:
        read_table(name, data, kind)
    (refusal,) = caught.value.refusals
    return refusal


def notes(found):
    return {note.code: note.params for note in found.notes}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "name"),
        ("选手姓名*", "name"),
        (" 姓 名 ", "name"),
        ("Full name", "name"),
        ("工作单位（全称）", "unit"),
        ("公民身份号码（18位）", "id_number"),
        ("ID Number", "id_number"),
        ("联系电话：", "phone"),
        ("职业技能等级", "skill_level"),
        ("Team name", "group"),
        ("备注", None),
        ("", None),
    ],
)
def test_headings_are_known_by_their_usual_names(heading, field):
    assert columns.meaning(heading) == field


def test_columns_are_named_as_spreadsheets_name_them():
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_plain_list_is_read_with_its_rows_and_columns():
    found = read(workbook([("张三", "甲厂", "11010519491231002X", "13800000000", "高级工")]))
    assert found.sheet == "名单"
    assert found.columns["id_number"] == ("C", "身份证号")
    (line,) = found.lines
    assert line.row == 2
    assert line.cell("phone") == Cell("13800000000")
    assert found.notes == []


def test_titles_above_the_header_and_empty_rows_are_passed_over():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["2026 年报名表"], [], HEADINGS, ["张三", "甲厂"], [], [None, "  "], ["李四", "乙厂"]):
        sheet.append(list(row))
    sheet.merge_cells("A1:E1")
    assert [line.row for line in read(saved(book)).lines] == [4, 7]


def test_the_example_of_the_template_is_left_out_and_this_is_said():
    headings = ("序号", *HEADINGS)
    found = read(workbook([("示例", "演示张三", "甲厂"), ("1", "李四", "甲厂")], headings))
    assert [line.row for line in found.lines] == [3]
    assert notes(found) == {"EXAMPLE_LEFT_OUT": {"rows": "2"}}


def test_a_row_that_holds_only_its_serial_number_is_empty():
    headings = ("序号", *HEADINGS)
    assert len(read(workbook([("1", "李四", "甲厂"), ("2",), ("3",)], headings)).lines) == 1


def test_the_first_sheet_with_a_header_is_used_and_the_others_are_named():
    book = openpyxl.load_workbook(io.BytesIO(workbook([("张三", "甲厂")], title="报名")))
    hidden = book.create_sheet("单位", 0)
    hidden.append(list(HEADINGS))
    hidden.sheet_state = "hidden"
    book.create_sheet("封面", 1).append(["某某竞赛"])
    book.create_sheet("旧名单").append(list(HEADINGS))
    found = read(saved(book))
    assert found.sheet == "报名"
    assert notes(found)["SHEET_USED"] == {"sheet": "报名", "others": "旧名单"}


def test_columns_that_mean_nothing_here_are_named():
    assert notes(read(workbook([("张三", "甲厂", "大号")], ("姓名", "单位", "服装尺码")))) == {
        "COLUMNS_UNREAD": {"headings": "服装尺码"}
    }


def test_a_number_keeps_its_digits_and_a_day_becomes_a_day():
    headings = ("姓名", "单位", "身份证号", "手机号", "出生日期")
    row = ("张三", "甲厂", 110105194912310021, 13800000000, date(1949, 12, 31))
    (line,) = read(workbook([row], headings)).lines
    assert line.cell("phone") == Cell("13800000000", "number")
    assert line.cell("birth") == Cell("1949-12-31", "date")
    # What Excel has made of 18 digits is told apart by its length, never taken for an ID number.
    assert line.cell("id_number").kind == "number"
    assert len(line.cell("id_number").text) == 18


def test_cells_merged_over_rows_count_for_each_of_them():
    book = openpyxl.Workbook()
    sheet = book.active
    rows = ("队名", "单位", "姓名"), ("一队", "甲厂", "张三"), (None, None, "李四"), ("二队", "甲厂", "王五")
    for row in rows:
        sheet.append(list(row))
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    found = read(saved(book), "team")
    assert [line.cell("group").text for line in found.lines] == ["一队", "一队", "二队"]
    assert [line.cell("unit").text for line in found.lines] == ["甲厂"] * 3
    assert set(notes(found)["MERGED_FILLED"]["places"].split("、")) == {"A2:A3", "B2:B3"}


def test_a_formula_is_read_by_its_last_value_and_this_is_said():
    # openpyxl writes no last values, so the sheet's own text is changed as Excel would have saved it.
    book = openpyxl.load_workbook(io.BytesIO(workbook([("张三", "甲厂")])))
    book.active["A2"] = '="张"&"三"'
    data = _with_value(saved(book), b"<v />", b"<v>\xe5\xbc\xa0\xe4\xb8\x89</v>")
    found = read(data)
    assert found.lines[0].cell("name").text == "张三"
    assert "FORMULAS_READ" in notes(found)


def test_an_excel_error_is_known_as_one():
    book = openpyxl.load_workbook(io.BytesIO(workbook([("张三", "甲厂")])))
    book.active["B2"] = "#N/A"
    (line,) = read(saved(book)).lines
    assert line.cell("unit") == Cell("#N/A", "error")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_utf8_and_gbk(encoding):
    data = "姓名,单位\r\n阿卜杜拉·买买提,甲厂\r\n".encode(encoding)
    assert read(data, name="名单.csv").lines[0].cell("name").text == "阿卜杜拉·买买提"


def test_csv_may_be_set_apart_by_tabs_or_semicolons():
    for mark in "\t;":
        data = f"姓名{mark}单位\n张三{mark}甲厂\n".encode()
        assert read(data, name="a.csv").lines[0].cell("unit").text == "甲厂"


def test_without_a_header_the_sheets_that_were_looked_at_are_named():
    refusal = refused(workbook([("张三", "甲厂")], ("甲", "乙"), title="名册"))
    assert (refusal.code, refusal.params["sheets"]) == ("HEADER_MISSING", "名册")


def test_a_column_that_is_needed_and_missing_is_named():
    refusal = refused(workbook([("张三", "138")], ("姓名", "手机号")))
    expected = {"fields": str(labels.FIELDS["unit"])}
    assert (refusal.code, refusal.params) == ("COLUMN_MISSING", expected)


def test_merged_headings_are_refused_with_their_place():
    book = openpyxl.load_workbook(io.BytesIO(workbook([("张三", "甲厂")])))
    book.active.merge_cells("C1:D1")
    refusal = refused(saved(book))
    assert (refusal.code, refusal.params["place"]) == ("HEADER_MERGED", "C1:D1")


def test_a_header_without_anybody_below_is_refused():
    assert refused(workbook([])).code == "TABLE_EMPTY"


def test_a_sheet_survives_its_rest_on_disk():
    rows = [("吴 䶮", "甲厂", 110105194912310021), ("张𬭎", "", None), ("#N/A", "甲厂")]
    found = read_grid("名单.xlsx", workbook(rows), "person")
    again = from_json(canonical.loads(canonical.dumps(found.as_json())))
    assert [list(row.cells) for row in again.rows] == [list(row.cells) for row in found.rows]
    assert (again.sheet, again.header, again.headings) == (found.sheet, found.header, found.headings)


def _with_value(data, old, new):
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            text = source.read(info)
            if "worksheets" in info.filename:
                text = text.replace(old, new).replace(b'r="A2"', b'r="A2" t="str"')
            archive.writestr(info.filename, text)
    return target.getvalue()
