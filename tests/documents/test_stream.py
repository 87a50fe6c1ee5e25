"""Mass exports: the same values, the same safety, whatever the number of rows."""

import csv
import io
import itertools
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from reports.documents import stream
from reports.documents.csv_rows import write_csv
from reports.documents.model import Column, Kind
from tests.documents.hostile import BROKEN, FORMULAS, MARKUP
from tests.documents.names import NAMES
from tests.documents.samples import ZH

COLUMNS = (
    Column("编号", Kind.INTEGER),
    Column("姓名"),
    Column("日期", Kind.DATE),
    Column("成绩", Kind.DECIMAL, unit="分"),
    Column("占比", Kind.PERCENT),
)
MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None)  # a workbook knows no time zones
ROW = (7, "王䶮", date(2026, 11, 22), Decimal("81.125"), Decimal("0.184"))


def written(rows, columns=COLUMNS, name="参赛人员"):
    target = io.BytesIO()
    stream.write_xlsx(target, columns, rows, ZH, name=name)
    return target.getvalue()


def texts_back(texts):
    book = load_workbook(io.BytesIO(written([(text,) for text in texts], (Column("文字"),))))
    return [cell.value for cell in book.worksheets[0]["A"][1:]]


def test_another_program_reads_the_typed_cells():
    sheet = load_workbook(io.BytesIO(written([ROW]))).worksheets[0]
    assert sheet.title == "参赛人员"
    assert [cell.value for cell in sheet[1]] == ["编号", "姓名", "日期", "成绩（分）", "占比"]
    assert [cell.value for cell in sheet[2]] == [7, "王䶮", MIDNIGHT, 81.125, 0.184]
    assert [cell.number_format for cell in sheet[2]] == ["#,##0", "@", "yyyy\\-mm\\-dd", "General", "0.0%"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E2"
    assert sheet["A1"].font.bold
    assert [cell.alignment.horizontal for cell in sheet[1]] == ["right", None, "right", "right", "right"]


def test_on_paper_it_is_landscape_one_page_wide_with_its_head_on_every_page():
    sheet = load_workbook(io.BytesIO(written([ROW]))).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)  # 9 is A4
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1"


@pytest.mark.parametrize("texts", [FORMULAS, MARKUP, NAMES, (" 前后有空格 ", "a\nb", "", "_x0041_")])
def test_texts_stay_as_they_are(texts):
    back = [(text or "").replace("_x005F_", "_").replace("\r", "\n") for text in texts_back(texts)]
    assert back == [text.replace("\r", "\n") for text in texts]


def test_no_cell_is_a_formula():
    made = written([(text,) for text in FORMULAS], (Column("=文字"),), name="=1+1")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<f[ >/]", text) == []
    assert {cell.data_type for cell in load_workbook(io.BytesIO(made)).worksheets[0]["A"]} == {"s"}


def test_broken_texts_and_foreign_types_do_not_break_the_file():
    assert len(texts_back(BROKEN)) == len(BROKEN)
    odd = [
        (None, 5, "2026", "＜3", date(1899, 1, 1)),
        (10**18, "", date(2026, 1, 2), 3, Decimal("1.2345678901234567")),
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(written(odd))).worksheets[0]
    assert [cell.value for cell in sheet[2]] == [None, 5, "2026", "＜3", "1899-01-01"]
    assert [cell.value for cell in sheet[3]][0] == str(10**18)
    assert [cell.value for cell in sheet[3]][4] == "1.2345678901234567"


def test_rows_beyond_a_sheets_limit_go_on_to_the_next(monkeypatch):
    monkeypatch.setattr(stream, "MOST_ROWS", 3)
    book = load_workbook(io.BytesIO(written([(i, "a", None, None, None) for i in range(7)])))
    assert book.sheetnames == ["参赛人员", "参赛人员 (2)", "参赛人员 (3)"]
    assert [[cell.value for cell in sheet["A"]] for sheet in book] == [
        ["编号", 0, 1, 2], ["编号", 3, 4, 5], ["编号", 6],
    ]  # fmt: skip


def test_a_full_last_sheet_is_not_followed_by_an_empty_one(monkeypatch):
    monkeypatch.setattr(stream, "MOST_ROWS", 3)
    assert len(load_workbook(io.BytesIO(written([ROW] * 6))).sheetnames) == 2


def test_no_rows_give_a_sheet_with_its_head():
    sheet = load_workbook(io.BytesIO(written([]))).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["编号"]


def test_rows_are_taken_one_after_the_other_and_never_held():
    taken = []

    def rows():
        for i in range(10_000):
            taken.append(i)
            yield (i, "a", None, None, None)

    counted = itertools.tee(rows(), 1)[0]
    assert stream.write_xlsx(io.BytesIO(), COLUMNS, counted, ZH, name="x") == 10_000 == len(taken)


def test_the_same_rows_give_the_same_bytes():
    assert written([ROW]) == written([ROW])


def test_csv_can_be_read_back_and_runs_nothing():
    target = io.BytesIO()
    rows = [(1, text, date(2026, 11, 22), Decimal("-1.50"), None) for text in (*NAMES, *FORMULAS)]
    assert write_csv(target, COLUMNS, rows, ZH) == len(rows)
    content = target.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    back = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert back[0] == ["编号", "姓名", "日期", "成绩（分）", "占比"]
    assert back[1] == ["1", "张演示", "2026-11-22", "-1.50", ""]
    assert [row[1] for row in back[1 : 1 + len(NAMES)]] == list(NAMES)
    hostile = [row[1] for row in back[1 + len(NAMES) :]]
    assert [text for text in hostile if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
