"""A report on paper: every word of it, heads on each page, pages counted, no text that does anything."""

import dataclasses
import re

import pytest

from reports.documents import pdf
from reports.documents.cells import fingerprint
from reports.documents.model import Column, Document, Kind, Table
from reports.documents.pen import Pen
from reports.documents.strips import Strip, gap, paginate
from tests.documents import poppler
from tests.documents.hostile import BROKEN, FORMULAS, MARKUP
from tests.documents.names import NAMES
from tests.documents.samples import ZH, report, yearly


def plain(*texts, columns=2):
    rows = tuple((text, *[""] * (columns - 1)) for text in texts)
    heads = (Column("甲"), *(Column(f"乙{i}") for i in range(columns - 1)))
    return Document("表", ZH, tables=(Table("", heads, rows),))


@pytest.mark.parametrize("english", [False, True])
def test_the_report_says_everything_that_the_document_holds(tmp_path, english):
    document = dataclasses.replace(report(english=english), seal="SHA-256 0123456789abcdef")
    text = poppler.text_of(pdf.render(document), tmp_path, "-layout")
    wanted = [document.title, document.subtitle, document.issued, document.seal, "412,906", "81.500", "17.9%"]
    wanted += [one.text for one in document.definitions] + list(document.signatures)
    wanted += [chart.title for chart in document.charts] + ["86,800", document.words.other]
    wanted += [figure.note for figure in document.figures] + [document.tables[0].notes[0], "2026-11-22"]
    assert [word for word in wanted if word not in text] == []


def test_each_page_repeats_the_head_of_the_table_and_counts_the_pages(tmp_path):
    document = report(rows=120)
    made = pdf.render(document)
    pages = poppler.text_of(made, tmp_path, "-layout").split("\f")[:-1]
    assert len(pages) >= 4
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页，共 {len(pages)} 页" in page
        assert document.issued in page
    with_rows = [page for page in pages if re.search(r"2026-11-22", page)]
    assert all(re.search(r"工种\s+场次\s+人次", page) for page in with_rows)


def test_totals_never_stand_alone_on_a_page(tmp_path):
    for rows in range(30, 60):
        document = dataclasses.replace(report(rows=rows), charts=(), figures=(), definitions=())
        pages = poppler.text_of(pdf.render(document), tmp_path, "-layout").split("\f")[:-1]
        last = next(page for page in pages if "合计（62）" in page)
        assert "2026-11-22" in last, rows


def test_signatures_never_stand_alone_on_a_page(tmp_path):
    """Who signs a page with nothing else on it signs nothing that could be told from any other page."""
    bare = {"charts": (), "figures": (), "definitions": (), "signatures": ("负责人（签字）",)}
    for rows in range(28, 60, 2):
        document = dataclasses.replace(report(rows=rows), **bare)
        last = poppler.text_of(pdf.render(document), tmp_path, "-layout").split("\f")[-2]
        assert "负责人（签字）" in last
        assert "合计（62）" in last, rows


def test_a_short_table_is_never_torn_apart(tmp_path):
    heads = (Column("行业"), Column("场次", Kind.INTEGER))
    rows = tuple((f"行{number}", number) for number in range(6))
    short = Table("按行业", heads, rows, notes=("各行不能相加。",))
    for length in range(20, 50, 3):
        long = Table("清单", heads, tuple((f"项{number}", number) for number in range(length)))
        made = pdf.render(Document("表", ZH, tables=(long, short)))
        pages = poppler.text_of(made, tmp_path, "-layout").split("\f")[:-1]
        assert {"按行业", "行0", "行5", "各行不能相加。"} <= set(pages[-1].split()), length


def test_every_font_is_embedded_and_can_be_copied_from(tmp_path):
    for made in (pdf.render(report()), pdf.render(report(english=True))):
        fonts = poppler.fonts_of(made, tmp_path)
        assert fonts
        assert all(font["emb"] == "yes" and font["uni"] == "yes" for font in fonts), fonts


def test_the_same_document_gives_the_same_bytes():
    assert pdf.render(report()) == pdf.render(report())
    assert fingerprint(report()) == fingerprint(report())


def test_the_moment_of_issue_is_the_documents(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf.render(report()))
    assert "Nov 22 02:31:00 2026 UTC" in poppler.run("pdfinfo", str(tmp_path / "a.pdf")).replace("  ", " ")


def test_landscape_is_landscape(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf.render(dataclasses.replace(report(), landscape=True)))
    assert "841.89 x 595.276" in poppler.run("pdfinfo", str(tmp_path / "a.pdf"))


@pytest.mark.parametrize("text", [*MARKUP[:8], *FORMULAS[:8]])
def test_mark_up_and_formulas_are_printed_as_they_are_written(tmp_path, text):
    made = pdf.render(plain(text, columns=1))
    expected = " ".join(text.split())
    assert expected in " ".join(poppler.text_of(made, tmp_path).split())
    assert poppler.images_of(made, tmp_path) == 0
    assert b"/URI" not in made
    assert b"/JavaScript" not in made


def test_what_cannot_be_printed_is_marked_and_breaks_nothing(tmp_path):
    text = poppler.text_of(pdf.render(plain(*BROKEN, "王𠀀四", "a\u202eb", columns=1)), tmp_path)
    assert "王〓四" in text
    assert "\u202e" not in text
    assert "[31m" in text


def test_rare_names_stand_in_tables_as_they_are_written(tmp_path):
    text = poppler.text_of(pdf.render(plain(*NAMES, columns=1)), tmp_path)
    assert [name for name in NAMES if name not in text] == []


def test_a_text_of_ten_thousand_characters_leaves_the_other_rows_in_place(tmp_path):
    made = pdf.render(plain("长" * 10_000, "后一行", columns=4))
    text = poppler.text_of(made, tmp_path)
    assert "后一行" in text
    assert "…" in text


def test_twenty_columns_stay_on_the_page(tmp_path):
    columns = tuple(Column(f"第{i}列指标名称", Kind.INTEGER) for i in range(20))
    table = Table("宽", columns, (tuple(123_456 + i for i in range(20)),))
    made = pdf.render(Document("宽表", ZH, tables=(table,), landscape=True))
    (tmp_path / "document.pdf").write_bytes(made)
    boxes = poppler.run("pdftotext", "-bbox", str(tmp_path / "document.pdf"), "-")
    assert max(float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes)) <= 842 - 49


def test_a_code_is_not_torn_apart(tmp_path):
    figures = [Column("参赛人次", Kind.INTEGER, "人次")] * 11
    columns = (Column("工种"), Column("编码"), *figures)
    rows = tuple((f"工种名称相当长的第{n}行", f"6-18-01-{n:02d}", *range(11)) for n in range(9))
    made = pdf.render(Document("报", ZH, tables=(Table("数", columns, rows),), landscape=True))
    said = poppler.text_of(made, tmp_path)
    assert all(f"6-18-01-{n:02d}" in said for n in range(9))


WIDE = [f"涉及的场次之{number}" for number in "甲乙丙丁戊己庚辛壬癸"]


def test_a_unit_stands_whole_below_the_name_of_its_column(tmp_path):
    columns = (Column("工种"), *(Column(name, Kind.INTEGER, "场次") for name in WIDE))
    table = Table("按工种", columns, (("焊工", *[1] * len(WIDE)),))
    text = poppler.text_of(pdf.render(Document(title="单位", words=ZH, tables=(table,))), tmp_path)
    assert text.count("（场次）") == len(WIDE)
    assert "场次（" not in text


def test_where_room_is_short_the_heads_of_numbers_break_before_texts_do(tmp_path):
    heads = ("Competitions held there", "Participations of all", "Different people there", "Units taken part")
    columns = (Column("Trade"), *(Column(name, Kind.INTEGER) for name in heads))
    trade = "Aluminium electrolysis and refining worker"
    table = Table("By trade", columns, ((trade, 1, 2, 3, 4),))
    made = pdf.render(Document(title="Heads", words=ZH, tables=(table,)))
    assert trade in poppler.text_of(made, tmp_path, "-layout")


def test_a_chart_stays_on_the_page_of_its_table(tmp_path):
    """Below the first chart and its 12 rows there is room for the second chart, not for its rows."""
    rows = tuple((f"第{number}项", number) for number in range(1, 13))
    columns = (Column("项目"), Column("数量", Kind.INTEGER))
    tables = tuple(
        Table(f"表{number}", columns, rows, chart=dataclasses.replace(yearly(), title=f"图{number}"))
        for number in (1, 2, 3)
    )
    pages = poppler.text_of(pdf.render(Document(title="成对", words=ZH, tables=tables)), tmp_path).split("\f")
    found = [(f"图{count}" in page, f"表{count}" in page) for count, page in enumerate(pages[:-1], start=1)]
    assert found == [(True, True)] * 3


def test_an_empty_table_says_so(tmp_path):
    table = Table("按工种", (Column("工种"),), (), empty="没有符合条件的数据")
    assert "没有符合条件的数据" in poppler.text_of(pdf.render(Document("空", ZH, tables=(table,))), tmp_path)


def _nothing(pen: Pen, left: float, top: float) -> None:
    """Draw nothing, for strips that are only counted."""


def test_what_keeps_together_moves_to_the_next_page_together():
    head = Strip(10, _nothing, keep=True)
    rows = [Strip(30, _nothing, head=head) for _ in range(4)]
    pages = paginate([head, *rows], 80, 80)
    assert [len(page) for page in pages] == [3, 3]  # head + 2 rows; head again + 2 rows
    assert pages[1][0] is head


def test_room_falls_away_at_the_top_of_a_page():
    pages = paginate([Strip(70, _nothing), gap(20), Strip(70, _nothing)], 80, 80)
    assert [[strip.height for strip in page] for page in pages] == [[70], [70]]
