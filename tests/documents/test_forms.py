"""Papers to fill in by hand: groups with headings, boxes to write in, covers, several papers in one file."""

import dataclasses
import io

import pytest
from openpyxl import load_workbook

from reports.documents import pdf, xlsx
from reports.documents.model import Column, Cover, Document, Kind, Table
from reports.documents.pdf_table import FORM_ROW, table_strips
from tests.documents import poppler
from tests.documents.samples import ZH

HEADS = (Column("单位"), Column("序号", Kind.INTEGER), Column("姓名"))


def roster(units=3, each=4, **fields):
    places = [(unit, number) for unit in range(units) for number in range(each)]
    rows = tuple((f"演示单位{u}", u * each + n, f"演示选手{u}-{n}") for u, n in places)
    return Table("", HEADS, rows, group=0, **fields)


def pages_of(made, tmp_path):
    return poppler.text_of(made, tmp_path, "-layout").split("\f")[:-1]


def test_a_group_is_a_heading_over_its_rows_and_no_column(tmp_path):
    (page,) = pages_of(pdf.render(Document("名册", ZH, tables=(roster(),))), tmp_path)
    assert "单位 " not in page
    assert [page.count(f"演示单位{unit}") for unit in range(3)] == [1, 1, 1]
    assert page.index("演示单位1") < page.index("演示选手1-0") < page.index("演示单位2")


def test_a_group_that_goes_on_says_so_on_the_next_page(tmp_path):
    pages = pages_of(pdf.render(Document("名册", ZH, tables=(roster(2, 60),))), tmp_path)
    for page in pages:
        for unit in range(2):
            assert (f"演示选手{unit}-" in page) == (f"演示单位{unit}" in page)


def test_no_heading_of_a_group_stands_alone_at_the_foot_of_a_page(tmp_path):
    for each in range(8, 24):
        for page in pages_of(pdf.render(Document("名册", ZH, tables=(roster(6, each),))), tmp_path):
            lines = [line.strip() for line in page.splitlines() if line.strip()]
            assert not lines[-2].startswith("演示单位"), each  # the last line counts the pages


def test_a_workbook_keeps_the_group_as_a_column():
    book = load_workbook(io.BytesIO(xlsx.render(Document("名册", ZH, tables=(roster(2, 2),)))))
    found = list(book.active.values)
    assert found[-1][:3] == ("演示单位1", 3, "演示选手1-1")


def test_rows_of_a_form_have_room_for_a_pen():
    form = Table("", (*HEADS, Column("签名", width=24)), (("甲", 1, "乙", ""),), form=True)
    plain = dataclasses.replace(form, form=False)
    assert [strip.height for strip in table_strips(form, ZH, 495)][-1] == FORM_ROW
    assert [strip.height for strip in table_strips(plain, ZH, 495)][-1] < FORM_ROW
    sheet = load_workbook(io.BytesIO(xlsx.render(Document("表", ZH, tables=(form,))))).active
    last = sheet.max_row
    assert sheet.row_dimensions[last].height >= FORM_ROW
    assert sheet.cell(last, 4).border.left.style == sheet.cell(last, 4).border.top.style == "thin"


def test_a_form_shows_every_line_of_what_is_asked(tmp_path):
    text = "\n".join(f"第{number}行" for number in range(30))
    table = Table("", (Column("评分项"), Column("评分", width=20)), ((text, ""),), form=True)
    (page,) = pages_of(pdf.render(Document("评分表", ZH, tables=(table,))), tmp_path)
    assert all(f"第{number}行" in page for number in range(30))


def test_a_cover_is_the_first_page_and_is_counted(tmp_path):
    cover = Cover(("演示竞赛", "焊工"), (("主办单位", "演示工会、演示局"), ("地点", "演示大厅")), "暂定稿")
    pages = pages_of(pdf.render(Document("秩序册", ZH, tables=(roster(),), cover=cover)), tmp_path)
    assert len(pages) == 2
    words = "".join(pages[0].split())
    assert words == "演示竞赛焊工秩序册主办单位演示工会、演示局地点演示大厅暂定稿"
    assert "第 2 页，共 2 页" in pages[1]


def test_a_cover_holds_what_is_far_too_long(tmp_path):
    long = "二〇二六年演示省机械冶金建材系统职工职业技能竞赛" * 4
    cover = Cover((long, long), tuple((f"单位{n}", long) for n in range(4)))
    first = pages_of(pdf.render(Document("秩序册", ZH, cover=cover)), tmp_path)[0]
    assert "".join(first.split()).count(long) == 6


def test_every_line_to_sign_has_room_for_a_name(tmp_path):
    labels = tuple(f"Supervisor’s signature {number}" for number in range(5))
    made = pdf.render(Document("Form", ZH, signatures=labels))
    (page,) = pages_of(made, tmp_path)
    lines = [line for line in page.splitlines() if "Supervisor" in line]
    assert [line.count("Supervisor") for line in lines] == [2, 2, 1]


def test_documents_of_one_file_are_counted_each_by_itself(tmp_path):
    documents = [Document(f"评分表{n}", ZH, tables=(roster(),), issued_at=None) for n in range(3)]
    pages = pages_of(pdf.render_all(documents, title="评分表"), tmp_path)
    assert [f"评分表{n}" in page and "第 1 页，共 1 页" in page for n, page in enumerate(pages)] == [True] * 3


def test_documents_of_two_sizes_are_no_file():
    both = [Document("甲", ZH), Document("乙", ZH, landscape=True)]
    for documents in (both, []):
        with pytest.raises(ValueError, match="one size"):
            pdf.render_all(documents, title="表")
