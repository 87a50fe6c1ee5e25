"""A workbook to compute with: typed cells, a head in sight, texts that stay texts, definitions."""

import dataclasses
import io
import re
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from reports.documents import xlsx
from reports.documents.model import Chart, Column, Cover, Document, Figure, Kind, Series, Shape, Table
from reports.documents.sheet_text import cell_text, csv_text, display_width, sheet_name
from tests.documents.hostile import BROKEN, FORMULAS, MARKUP
from tests.documents.samples import ZH, report

MIDNIGHT = datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None)  # a workbook knows no time zones


def opened(document):
    return load_workbook(io.BytesIO(xlsx.render(document)))


def table_of(*texts):
    rows = tuple((text, index) for index, text in enumerate(texts))
    return Document("表", ZH, tables=(Table("数据", (Column("文字"), Column("序号", Kind.INTEGER)), rows),))


def sheet_xml(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def test_figures_tables_and_definitions_stand_on_their_sheets():
    assert opened(report()).sheetnames == ["概览", "按工种", "指标口径"]
    assert opened(report(english=True)).sheetnames == ["Overview", "By trade", "Definitions"]


def test_title_filter_line_and_moment_stand_on_top():
    sheet = opened(report())["按工种"]
    assert sheet["A1"].value == "劳动和技能竞赛统计 · 按工种"
    assert "省级及以上" in sheet["A2"].value
    assert sheet["A3"].value.startswith("2026年11月22日 10:31")


def test_cells_have_their_types_and_formats():
    sheet = opened(report())["按工种"]
    assert [cell.value for cell in sheet[5]] == [
        "焊工", 412, 61204, 48733, 81.5, 0.184, MIDNIGHT,
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[5]] == ["s", "n", "n", "n", "n", "n", "d"]
    assert [cell.number_format for cell in sheet[5]] == [
        "@", "#,##0", "#,##0", "#,##0", "#,##0.000", "0.0%", "yyyy-mm-dd",
    ]  # fmt: skip
    assert [cell.alignment.horizontal for cell in sheet[5]][:2] == ["left", "right"]


def test_the_head_stays_in_sight_and_can_be_filtered_without_the_totals():
    sheet = opened(report())["按工种"]
    assert [cell.value for cell in sheet[4]][:3] == ["工种", "场次", "人次"]
    assert sheet["E4"].value == "平均成绩（分）"
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:G18"
    assert sheet["A19"].value == "合计（62）"


def test_totals_are_bold_values_that_the_system_counted():
    sheet = opened(report())["按工种"]
    assert [cell.value for cell in sheet[19]][:4] == ["合计（62）", 3412, 412906, 318227]
    assert all(cell.font.bold for cell in sheet[19])
    assert not any(cell.font.bold for cell in sheet[18])


def test_paper_is_landscape_one_page_wide_with_the_head_repeated():
    sheet = opened(report())["按工种"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)  # 9 is A4
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.oddFooter.right.text == "第 &P 页，共 &N 页"


def test_columns_are_wide_enough_for_han_characters():
    sheet = opened(report())["按工种"]
    assert sheet.column_dimensions["A"].width >= display_width("数控机床装调维修工") == 18


def test_each_figure_is_defined():
    sheet = opened(report())["指标口径"]
    assert [cell.value for cell in sheet[4]] == ["指标", "单位", "口径"]
    assert [cell.value for cell in sheet[7]] == [
        "参赛人数", "人", "按身份证件号码摘要去重的人数；各类之和大于合计，不可相加。",
    ]  # fmt: skip


def test_the_overview_has_figures_and_native_charts_that_point_at_cells():
    made = xlsx.render(report())
    sheet = load_workbook(io.BytesIO(made))["概览"]
    assert [cell.value for cell in sheet[5]][:2] == ["指标", "数值"]
    assert [cell.value for cell in sheet[7]][:2] == ["参赛人次", 412906]
    charts = [text for name, text in sheet_xml(made).items() if "/charts/chart" in name]
    assert len(charts) == 2
    assert "'概览'!$B$14:$B$18" in charts[0]
    assert [sheet.cell(row, 2).value for row in range(14, 19)] == [47200, 53100, 63400, 69200, 73500]


@pytest.mark.parametrize("text", [*FORMULAS, *MARKUP])
def test_a_text_stays_a_text(text):
    cell = opened(table_of(text))["数据"]["A3"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x005F_", "_").replace("\r", "\n") == text.replace("\r", "\n")


def test_no_cell_of_a_workbook_is_a_formula():
    evil = dataclasses.replace(
        report(), title="=1+1", subtitle="@SUM(A1)", issued="=2+2", tables=table_of(*FORMULAS).tables,
        meta=(("=a", "=b"),), charts=(dataclasses.replace(report().charts[0], title="=1+1"),),
    )  # fmt: skip
    sheets = {name: text for name, text in sheet_xml(xlsx.render(evil)).items() if "/worksheets/" in name}
    assert [name for name, text in sheets.items() if re.search(r"<f[ >/]", text)] == []


def test_texts_that_would_break_the_file_are_mended():
    sheet = opened(table_of(*BROKEN))["数据"]
    assert [sheet.cell(row, 1).value for row in range(3, 9)] == [
        "\ufffdnul", "bell\ufffd", "\ufffd[31m", "\ufffdlone", "\ufffd", "tail\ufffd",
    ]  # fmt: skip


def test_a_number_that_a_spreadsheet_would_round_is_written_as_text():
    rows = ((Decimal("1234567890.123456"),), (12345678901234567,), (Decimal("0.1"),))
    document = Document("表", ZH, tables=(Table("数", (Column("n", Kind.DECIMAL),), rows),))
    sheet = opened(document)["数"]
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["1234567890.123456", "12345678901234567", 0.1]


def test_the_same_document_gives_the_same_bytes():
    assert xlsx.render(report()) == xlsx.render(report())


def test_an_empty_table_says_so():
    table = Table("空", (Column("工种"),), (), empty="没有符合条件的数据")
    assert opened(Document("空表", ZH, tables=(table,)))["空"]["A3"].value == "没有符合条件的数据"


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("按工种/地区[2026]:?*", set(), "按工种 地区 2026"),
        ("'引号'", set(), "引号"),
        ("", set(), "Sheet"),
        ("History", set(), "History_"),
        ("数据", {"数据"}, "数据 (2)"),
        ("DATA", {"data"}, "DATA (2)"),
        ("很" * 40, set(), "很" * 31),
        ("很" * 40, {"很" * 31}, "很" * 27 + " (2)"),
        ("𬭎" * 20, set(), "𬭎" * 15),  # 31 UTF-16 units hold fifteen characters beyond the BMP
    ],
)
def test_a_sheet_has_a_name_that_excel_accepts(wanted, taken, name):
    assert sheet_name(wanted, taken) == name
    assert name.casefold() in taken


def test_a_text_longer_than_a_cell_is_cut_between_characters():
    assert len(cell_text("长" * 40_000)) == 32_767
    assert cell_text("𬭎" * 20_000) == "𬭎" * 16_383


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_runs_nothing(text):
    assert not csv_text(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_a_cover_is_the_first_sheet_with_who_answers_for_it_and_lines_to_sign():
    pairs = (("填报单位", "=演示工会"), ("负责人", "演示主席"), ("日期", "2026年11月23日"))
    cover = Cover(above=("演示工会",), below=pairs)
    document = dataclasses.replace(report(), cover=cover, signatures=("负责人（签字）",))
    book = opened(document)
    assert book.sheetnames == ["封面", "概览", "按工种", "指标口径"]
    sheet = book["封面"]
    said = {sheet.cell(row, 2).value: sheet.cell(row, 3) for row in range(1, sheet.max_row + 1)}
    assert said["负责人"].value == "演示主席"
    assert (said["填报单位"].value, said["填报单位"].data_type) == ("=演示工会", "s")
    assert said["负责人（签字）"].border.bottom.style == "thin"
    assert sheet.page_setup.fitToHeight == 1


def test_a_count_beside_decimals_has_none_and_a_row_is_as_high_as_its_text():
    rows = (("长文字" * 20, Decimal("5420.75")), ("短", 96))
    table = Table("数据", (Column("文字", width=30), Column("数", Kind.DECIMAL)), rows)
    sheet = opened(Document("表", ZH, tables=(table,)))["数据"]
    found = {sheet.cell(row, 2).value: row for row in range(1, sheet.max_row + 1)}
    formats = [sheet.cell(found[number], 2).number_format for number in (5420.75, 96)]
    assert formats == ["#,##0.00", "#,##0"]
    assert sheet.row_dimensions[found[5420.75]].height > 60  # five lines of a column 30 wide


def test_cells_that_look_alike_share_a_look_and_no_others_do():
    columns = (Column("单位"), Column("申报数", Kind.DECIMAL, mixed=True))
    rows = (("项", 14), ("=1+1", Decimal("860.5")), ("万元", Decimal("2.25")), ("人", 3860), ("-1", None))
    sheet = opened(Document("报", ZH, tables=(Table("数", columns, rows),)))["数"]
    top = next(cell.row for cell in sheet["A"] if cell.value == "单位")
    found = [(row[0].quotePrefix, row[1].number_format) for row in sheet.iter_rows(min_row=top + 1)]
    assert found == [
        (False, "#,##0"), (True, "#,##0.0"), (False, "#,##0.00"), (False, "#,##0"), (True, "#,##0"),
    ]  # fmt: skip


def test_a_chart_of_a_table_stands_beside_its_values_and_a_long_heading_breaks_once():
    chart = Chart("人次", Shape.BAR, ("甲", "乙"), (Series("人次", (3, 4)),))
    columns = (Column("工种"), Column("参赛人次与观摩人次合计", Kind.INTEGER, unit="人次"))
    table = Table("数", columns, (("甲", 3), ("乙", 4)), chart=chart)
    sheet = opened(Document("报", ZH, tables=(table,)))["数"]
    assert sheet._charts[0].anchor._from.col == 3
    assert sheet.column_dimensions["B"].width < 22  # 28 characters over two lines
    top = next(cell.row for cell in sheet["A"] if cell.value == "工种")
    assert sheet.row_dimensions[top].height == 38


def test_a_line_longer_than_the_columns_is_broken_over_them_and_does_not_widen_the_paper():
    columns = (Column("名次", Kind.INTEGER, width=10), Column("姓名", width=20))
    table = Table("名单", columns, ((1, "演示甲"),), notes=("短注", "长" * 40))
    sheet = opened(Document("成绩公告", ZH, subtitle="指纹" * 30, tables=(table,)))["名单"]
    # 120 characters of 9 points in room for 30 of 10: four lines; the title of 15 fits into one.
    assert sorted(f"{one}" for one in sheet.merged_cells.ranges) == ["A2:B2", "A6:B6"]
    assert sheet["A2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height > 50
    assert sheet.row_dimensions[6].height > 35  # 80 characters: three lines


@pytest.mark.parametrize(("charts", "pages_high"), [(1, 1), (2, 1), (9, 0)])
def test_the_overview_is_printed_on_one_page_as_long_as_it_can_be_read(charts, pages_high):
    """So no chart is cut by the edge of a page; two charts were, in a published report."""
    chart = Chart("图", Shape.BAR, tuple("甲乙丙"), (Series("数", (1, 2, 3)),))
    sheet = opened(Document(title="数据", words=ZH, charts=(chart,) * charts)).worksheets[0]
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, pages_high)
    assert sheet.print_area.startswith("'概览'!$A$1:$D$")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_long_name_of_a_figure_has_the_room_to_be_read():
    name = "全国安全生产知识网络竞赛参与企业职工及家属的人数（不完全统计，含港澳地区）"  # 74 columns of 38
    figures = (Figure(name, 5, "人"), Figure("短", 5, "人"))
    sheet = opened(Document(title="数据", words=ZH, figures=figures)).worksheets[0]
    cell = next(row[0] for row in sheet.iter_rows() if row[0].value == name)
    heights = [sheet.row_dimensions[cell.row + more].height for more in (0, 1)]
    assert (cell.alignment.wrap_text, heights) == (True, [34, 20])


@pytest.mark.parametrize(("bars", "gap"), [(1, 500), (2, 431), (4, 166), (12, 80)])
def test_a_few_bars_are_no_blocks(bars, gap):
    """17 cm of paper shared by the bars, of which none is wider than 1.6 cm; Excel's gap ends at 500."""
    names = tuple("甲乙丙丁戊己庚辛壬癸子丑"[:bars])
    chart = Chart("图", Shape.BAR, names, (Series("人次", (3,) * bars),), unit="人次", ordered=True)
    document = dataclasses.replace(report(), figures=(), tables=(), charts=(chart,), cover=None)
    content = zipfile.ZipFile(io.BytesIO(xlsx.render(document))).read("xl/charts/chart1.xml").decode()
    assert re.findall(r'<gapWidth val="(\d+)"', content) == [str(gap)]
