"""The two reports of the seed, figure by figure as printed, on the page, in the workbook and in the PDF."""

import csv
import io
import subprocess
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask_babel import force_locale
from openpyxl import load_workbook

from demonstration import published as demonstration
from reports.documents import pdf, xlsx
from reports.papers.issue import Issue
from reports.published import sheet
from reports.published.rules import Line, faults
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union
from tests.factories.returns import build_published

ISSUE = Issue("演示统计员", datetime(2026, 11, 23, 2, tzinfo=UTC))
# As the newspaper printed them (DOMAIN.md 1.1 and 1.2): words, value, sign, kind of number.
ENERGY = {
    "2.5万余场次": (25_000, ">", "sittings"), "1200万人": (12_000_000, "=", "coverage"),
    "约150家": (150, "≈", "number"), "40余万名": (400_000, ">", "people"), "29个工种": (29, "=", "number"),
    "近万项": (10_000, "≈", "number"), "4个": (4, "=", "number"),
}  # fmt: skip
MACHINERY = {
    "5个行业": (5, "=", "number"), "62个工种": (62, "=", "number"),
    "超过2000万人": (20_000_000, ">", "unclear"),
    "14个": (14, "=", "number"), "30名": (30, "=", "people"), "54个": (54, "=", "number"),
    "33个": (33, "=", "number"), "超过30万人": (300_000, ">", "coverage"), "146家": (146, "=", "number"),
    "100余家": (100, ">", "number"), "30万人次": (300_000, "=", "participations"),
    "超50万小时": (500_000, ">", "hours"), "超过20万名": (200_000, ">", "people"),
    "226项": (226, "=", "number"),
}  # fmt: skip


@pytest.mark.parametrize(("key", "figures"), [("energy", ENERGY), ("machinery", MACHINERY)])
def test_each_figure_stands_as_it_was_printed(key, figures):
    lines = demonstration.read(key)
    assert faults(lines) == []
    found = {line.printed: (line.value, line.qualifier, line.kind) for line in lines}
    assert {printed: found.get(printed) for printed in figures} == figures
    incomplete = [line.printed for line in lines if line.complete == "no"]
    assert incomplete == (["2.5万余场次"] if key == "energy" else [])  # 据不完全统计


def test_a_line_without_its_unit_or_its_words_is_refused():
    named = ("总体", "Overall", "场次", "Sittings")
    assert faults([Line(*named, value=Decimal(3), qualifier="=", kind="number")]) == [
        "line 1: a figure without its unit", "line 1: a figure without its words",
    ]  # fmt: skip
    assert faults([]) == ["there are no lines"]


@pytest.fixture
def kept(session):
    union, other = build_union(session), build_union(session)
    report = build_published(session, union, *demonstration.read("machinery"))
    people = [build_user(session, grants=[("analyst", "union", one.id)]) for one in (union, other)]
    session.commit()
    return report, people


def test_the_workbook_holds_every_cell_of_the_report_with_its_type(kept, session):
    report, _people = kept
    with force_locale("zh"):
        document = sheet.build(report, ISSUE)
        book = load_workbook(io.BytesIO(xlsx.render(document)))
    assert book.sheetnames[0] == "封面"
    assert [name for name in book.sheetnames[2:-1]] == [table.title for table in document.tables]
    for table in document.tables:
        made = book[table.title]
        top = next(row for row in range(1, 8) if made.cell(row, 1).value == "内容")
        for number, row in enumerate(table.rows, start=top + 1):
            cells = [made.cell(number, column).value for column in range(1, len(row) + 1)]
            assert [cell if cell is not None else "" for cell in cells] == [
                cell if cell is not None else "" for cell in row
            ]
            assert made.cell(number, 2).data_type != "f"  # the sign "=" is no formula
    assert len(book[book.sheetnames[1]]._charts) == 1
    assert sum(column.width for column in made.column_dimensions.values()) <= 135  # ten points on paper
    assert made.freeze_panes is not None


def test_the_pdf_says_the_same_and_counts_its_pages(kept):
    with force_locale("zh"):
        content = pdf.render(sheet.build(kept[0], ISSUE))
    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    for words in ("超过2000万人", "原文未注明", "226", "> 20,000,000", "第 2 页，共"):
        assert words in text, words


def test_the_day_on_the_cover_is_the_day_in_china(kept):
    late = Issue("演示统计员", datetime(2026, 11, 22, 17, tzinfo=UTC))  # one o'clock in the night of the 23rd
    with force_locale("zh"):
        assert ("日期", "2026年11月23日") in sheet.build(kept[0], late).cover.below


def test_the_lines_are_a_table_whose_signs_no_program_takes_for_formulas(kept, browser):
    report, (own, other) = kept
    page, path = browser(own), f"/statistics/published/{report.ref}/report"
    page.get(f"/statistics/published/{report.ref}")
    assert f"{path}.csv" in page.page
    rows = list(csv.DictReader(io.StringIO(page.get(f"{path}.csv").get_data().decode("utf-8-sig"))))
    told = page.get(f"{path}.json").get_json()["rows"]
    assert {(row["printed"], row["value"], row["qualifier"]) for row in rows} >= {
        ("超过2000万人", "20000000", "gt"), ("5个行业", "5", "eq"),
    }  # fmt: skip
    assert {row["qualifier"] for row in told if row["printed"] == "5个行业"} == {"="}
    for ending in ("csv", "json"):
        browser(other).get(f"{path}.{ending}", status=404)


def test_the_page_keeps_the_signs_and_another_union_does_not_find_it(kept, browser):
    report, (own, other) = kept
    page = browser(own)
    page.get("/statistics/published/")
    page.get(f"/statistics/published/{report.ref}")
    text = visible(page.page)
    assert "&gt; 20,000,000" in text
    assert "人数或人次（原文未注明）" in text
    stranger = browser(other)
    stranger.get("/statistics/published/")
    assert "演示报告" not in stranger.page
    for tail in ("", "/report.xlsx", "/report.pdf"):
        stranger.get(f"/statistics/published/{report.ref}{tail}", status=404)
