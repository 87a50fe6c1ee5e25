"""Units from a list: every error in its cell, all rows or none, what stands already passed over."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from competitions.organisations.imports import columns
from competitions.organisations.imports.rows import Known, KnownUnit, propose
from competitions.organisations.models import OrganisationContact, Unit
from core.audit.models import AuditRecord
from tests.client import visible
from tests.entries.tables import saved, table, workbook
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union, build_unit

CODES = ("91370100DEMA000019", "91370100DEMA00002C", "91370100DEMA00003F")
HEADINGS = ("单位名称", "统一社会信用代码", "所属工会", "所有制", "联系人", "联系电话", "备注")
PAGE = "/organisations/units/import/"


@pytest.fixture
def union(session):
    return build_union(session, name="演示机械工会")


@pytest.fixture
def page(session, browser, union):
    user = build_user(session, grants=[("organiser", "union", union.id)])
    session.commit()
    return browser(user)


def upload(page, union, rows, status=302, headings=HEADINGS):
    data = {"union_id": str(union.id), "file": (io.BytesIO(workbook(rows, headings)), "单位.xlsx")}
    return page.post(PAGE, data, status, content_type="multipart/form-data")


def row(name="", code="", union="", ownership="", contact="", phone=""):
    return (name, code, union, ownership, contact, phone, "")


def test_a_list_without_errors_is_previewed_and_then_added_whole(session, union, page):
    build_unit(session, name="演示丙厂", union_id=union.id)
    session.commit()
    rows = [
        row("演示甲厂", CODES[0].lower(), "演示机械工会", "国有控股", "演示王芳", "010-00000000"),
        row("演示乙厂"), row("演示丙厂", CODES[2]),
    ]  # fmt: skip
    where = upload(page, union, rows).headers["Location"]
    page.get(where)
    assert "新增全部 2 个单位" in visible(page.page)
    assert session.scalar(select(func.count()).select_from(Unit)) == 1
    page.post(where)
    session.expire_all()
    added = {unit.name: unit for unit in session.scalars(select(Unit))}
    assert set(added) == {"演示甲厂", "演示乙厂", "演示丙厂"}
    first = added["演示甲厂"]
    assert (first.credit_code, first.union_id, first.ownership) == (CODES[0], union.id, "state")
    assert session.scalars(select(OrganisationContact)).one().unit_id == first.id
    (record,) = session.scalars(select(AuditRecord).where(AuditRecord.action == "unit:import"))
    assert record.detail["units"] == 2
    page.post(where, {}, 409)


def test_every_error_stands_at_its_cell_and_nothing_is_written(session, union, page):
    build_unit(session, name="演示旧厂", credit_code=CODES[0])
    session.commit()
    rows = [
        row("演示甲厂", CODES[0]),  # 2: the code is another unit's
        row("", CODES[1]),  # 3: no name
        row("演示乙厂", "91370100DEMA000018"),  # 4: the check character
        row("演示丙厂", "", "演示纺织工会"),  # 5: not a union of mine
        row("演示丁厂", "", "", "国友"),  # 6: no such ownership
        row("演示戊厂", "", "", "", "演示王芳", "内线"),  # 7: no phone
        row("演示甲厂"),  # 8: as row 2
    ]
    where = upload(page, union, rows).headers["Location"]
    page.get(where)
    text = visible(page.page)
    for said in (
        "单位“演示旧厂”已使用此代码", "没有填写", "91370100DEMA000018", "没有这个名称", "没有这种所有制",
        "与第 2 行重复",
    ):  # fmt: skip
        assert said in text, said
    page.post(where, {}, 422)
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Unit)) == 1
    path, _mark, query = where.partition("?")
    answer = page.get(f"{path}/errors.xlsx?{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    wrong = [cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[-1].value]
    assert wrong == [2, 3, 4, 5, 6, 7, 8]
    page.post(f"{path}/discard?{query}")
    page.get(where, 409)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"PK\x03\x04", "损坏"),
        ("a.csv", "工会,地区\n甲,乙\n丙,丁\n".encode(), "单位名称"),
        ("a.csv", b"", "空"),
    ],
)
def test_what_is_no_list_of_units_is_refused_with_what_to_do(page, union, name, data, said):
    form = {"union_id": str(union.id), "file": (io.BytesIO(data), name)}
    page.post(PAGE, form, 422, content_type="multipart/form-data")
    assert said in visible(page.page)


def test_lists_in_gb_18030_and_a_second_user_who_has_no_part_in_them(session, union, page, browser):
    data = "单位名称,统一社会信用代码\n演示甲厂,\n".encode("gb18030")
    form = {"union_id": str(union.id), "file": (io.BytesIO(data), "a.csv")}
    where = page.post(PAGE, form, content_type="multipart/form-data").headers["Location"]
    page.get(where)
    assert "演示甲厂" in visible(page.page)
    other = build_user(session, grants=[("organiser", "union", union.id)])
    session.commit()
    browser(other).get(where, 409)


def test_a_row_for_the_union_of_others_is_not_added_below_it(session, union, page):
    build_union(session, name="演示别处工会")
    session.commit()
    where = upload(page, union, [row("演示甲厂", "", "演示别处工会")]).headers["Location"]
    page.post(where, {}, 422)
    assert session.scalar(select(func.count()).select_from(Unit)) == 0


def test_headings_are_known_by_their_usual_names_and_the_template_reads_itself(page, union):
    assert columns.fields_of([(0, "单位全称*"), (1, "信用代码（18位）"), (2, "备注"), (3, "单位名称")]) == {
        0: "name", 1: "credit_code",
    }  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(page.get(PAGE + "template.xlsx").data))
    sheet = book.worksheets[0]
    sheet.append(["", "演示甲厂", "", "演示机械工会"])
    data = {"union_id": str(union.id), "file": (io.BytesIO(saved(book)), "单位.xlsx")}
    where = page.post(PAGE, data, content_type="multipart/form-data").headers["Location"]
    page.get(where)
    assert "新增全部 1 个单位" in visible(page.page)


def test_a_name_that_differs_in_its_legal_form_alone_is_pointed_at_and_taken():
    known = Known({}, {}, {}, {"甲厂": KnownUnit("甲厂", None, retired=False)}, {})
    proposal = propose(table(("", "甲厂有限公司"), fields=("mark", "name")), known, (None, ""))
    assert [(note.code, note.row) for note in proposal.notes] == [("UNIT_LIST_NEAR", 2)]
    assert [unit.values.name for unit in proposal.units] == ["甲厂有限公司"]
