"""Marks from elsewhere: every fault at once in its place, all or nothing, two people where two are needed."""

import io
import time

import openpyxl
import pytest
from openpyxl.comments import Comment

from competitions.entries.models import Entry
from core.audit.models import AuditRecord
from scoring.desk.models import MarkList
from scoring.sheets import ledger, services
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.desk.conftest import bring, enter, ledger_of, marks, state, workbook
from tests.entries.hostile import CORPUS
from tests.factories.accounts import MOMENT, build_user
from tests.factories.scoring import sheet_of
from tests.statements import statements_of

THEORY = ("参赛编号", "卷面分")


def test_a_list_becomes_signed_sheets_with_its_source_in_the_ledger(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    address = bring(page, event, workbook(THEORY, ("A01", 88.5), ("a02", "９０"), ("A03", 0)))
    page.get(address)
    shown = visible(page.page)
    assert all(word in shown for word in ("有变化的分数 3", "88.5", "A02"))
    assert ledger_of(session, event) == []  # looking at it writes nothing
    enter(page, address)
    assert [marks(session, event, code) for code in ("A01", "A02", "A03")] == [
        {"Q1": "88.5"}, {"Q1": "90"}, {"Q1": "0"},
    ]  # fmt: skip
    assert {state(session, event, code) for code in ("A01", "A02", "A03")} == {"locked"}
    written = ledger_of(session, event)
    assert [row.kind for row in written] == ["save", "sign"] * 3
    assert {row.actor_id for row in written} == {event.first.id}
    source = written[0].body["desk"]
    assert (source["kind"], source["list"], source["by"]) == ("list", 1, [event.first.id, event.first.id])
    assert ledger.first_broken(session, event.id) is None
    page.get(address)
    assert "已写入" in visible(page.page)


def test_a_long_list_asks_for_what_its_sheets_share_once(app, session, browser, make_event):
    event = make_event(entries=20, judges=1)
    page = browser(event.first)
    address = bring(page, event, workbook(THEORY, *((f"A{n:02d}", n) for n in range(1, 21))))
    asked = statements_of(app, enter, page, address)
    assert asked.total() < 30 * 20, asked.most_common(5)
    assert marks(session, event, "A20") == {"Q1": "20"}
    assert {state(session, event, f"A{n:02d}") for n in range(1, 21)} == {"locked"}
    assert ledger.first_broken(session, event.id) is None


def test_the_same_file_twice_changes_nothing_also_where_a_mark_was_changed(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    data = workbook(THEORY, ("A01", 88.5), ("A02", 90))
    enter(page, bring(page, event, data))
    sheet = sheet_of(session, event, "J1", "A01", "T")
    services.reopen_sheet(
        session, event, sheet, operation_id="given-back", reason="查卷", actor_id=event.organiser.id,
        now=MOMENT,
    )  # fmt: skip
    session.commit()
    before = len(ledger_of(session, event))
    again = bring(page, event, data)
    page.get(again)
    assert all(word in visible(page.page) for word in ("同一文件已于", "没有需要写入的内容"))
    enter(page, again, 422)
    assert len(ledger_of(session, event)) == before
    # Another file that says something else is shown as a change, from what to what.
    other = bring(page, event, workbook(THEORY, ("A01", 89)))
    page.get(other)
    assert "88.5 89" in visible(page.page)
    enter(page, other)
    assert marks(session, event, "A01") == {"Q1": "89"}


@pytest.mark.parametrize("profile", ["standard", "strict"])
def test_two_different_people_are_needed(session, browser, make_event, profile):
    event = make_event(profile)
    first, second = browser(event.first), browser(event.second)
    address = bring(first, event, workbook(THEORY, ("A01", 70)))
    second.get(address)
    digest = second.page.partition('name="digest" type="hidden" value="')[2].partition('"')[0]
    assert "第一人是您本人" in enter(first, address, 422, digest)
    assert ledger_of(session, event) == []
    enter(second, address)
    (saved, _signed) = ledger_of(session, event)
    assert (saved.actor_id, saved.body["desk"]["by"]) == (event.second.id, [event.first.id, event.second.id])


@POSTGRESQL_IN_DEEP
def test_whoever_marks_in_the_event_brings_nothing_in_strict(session, browser, make_event):
    event = make_event("strict")
    grants = [("tabulator", "event", event.id), ("judge", "event", event.id)]
    both = build_user(session, grants=grants)
    session.commit()
    told = bring(browser(both), event, workbook(THEORY, ("A01", 70)), 422)
    assert "担任裁判" in told


@POSTGRESQL_IN_DEEP
def test_figures_that_changed_since_they_were_looked_at_are_not_entered(session, browser, make_event):
    event = make_event("strict")
    first, second = browser(event.first), browser(event.second)
    data = workbook(("编号", "初评", "复评"), ("A01", 70, 80))
    address = bring(first, event, data)
    columns = {"columns-0": "code", "columns-1": "=Q1", "columns-2": ""}
    first.post(f"{address}/columns", columns)
    second.get(address)
    looked_at = second.page.partition('name="digest" type="hidden" value="')[2].partition('"')[0]
    assert looked_at
    first.post(f"{address}/columns", columns | {"columns-1": "", "columns-2": "=Q1"})
    assert "内容有变化" in enter(second, address, 422, looked_at)
    second.post(f"{address}/columns", columns, 422)  # not hers to say what the columns mean
    enter(second, address)
    assert marks(session, event, "A01") == {"Q1": "80"}


FAULTS = [
    (("A1", 80), "A", "没有编号 A1，是否为 A01？"),
    (("XYZ", 80), "A", "没有编号 XYZ"),
    (("", 80), "A", "没有编号。请填写"),
    (("A01", 101), "B", "101"),
    (("A01", 80.3), "B", "80.3"),
    (("A01", "八十"), "B", "八十"),
    (("A01", "1e2"), "B", "1e2"),
    (("A01", "=40+40"), "B", "公式"),
    (("A01", "#N/A"), "B", "#N/A"),
]


@POSTGRESQL_IN_DEEP
def test_all_faults_are_told_at_once_in_their_cells_and_keep_everything_out(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    rows = [row for row, _cell, _told in FAULTS] + [("A02", 50), ("A02", 50)]
    address = bring(page, event, workbook(THEORY, *rows))
    page.get(address)
    shown = visible(page.page)
    for number, (_row, column, told) in enumerate(FAULTS, start=2):
        assert f"{column}{number}" in shown, number
        assert told in shown
    assert "A02 已在第 11 行出现" in shown
    assert "2 个编号：A01、A03" in shown  # nobody has a mark for them here
    enter(page, address, 422, "0" * 64)
    assert ledger_of(session, event) == []


@POSTGRESQL_IN_DEEP
def test_an_entry_that_does_not_take_part_has_no_mark(session, browser, make_event):
    event = make_event()
    entry = sheet_of(session, event, "J1", "A02", "T").entry_id
    session.get(Entry, entry).status = "absent"
    session.commit()
    page = browser(event.first)
    page.get(bring(page, event, workbook(THEORY, ("A01", 50), ("A02", 50))))
    assert "A02 不参加评分" in visible(page.page)


@POSTGRESQL_IN_DEEP
def test_where_several_judges_mark_the_list_says_whose_mark_it_is(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    page.get(bring(page, event, workbook(("编号", "A1", "A2"), ("A01", 50, 2)), stage="P"))
    assert "请增加“裁判编号”列" in visible(page.page)
    rows = [("A01", "J1", 50, 2), ("A01", "J2", 52, None)]
    enter(page, bring(page, event, workbook(("编号", "裁判", "A1", "A2"), *rows), stage="P", signs=False))
    assert marks(session, event, "A01", "J1", "P") == {"A1": "50", "A2": "2"}
    assert marks(session, event, "A01", "J2", "P") == {"A1": "52"}
    assert state(session, event, "A01", "J1", "P") == "draft"  # the judges sign
    page.get(bring(page, event, workbook(("编号", "裁判", "A2"), ("A02", "J2", 1)), stage="P"))
    assert "J2 不评此评分点" in visible(page.page)  # the agreed value stands on the sheet of one judge


def test_a_signed_sheet_is_not_changed_but_both_values_are_told(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    enter(page, bring(page, event, workbook(THEORY, ("A01", 60))))
    page.get(bring(page, event, workbook(THEORY, ("A01", "61.0"))))
    assert "分数为 60；名单为 61.0" in visible(page.page)
    page.get(bring(page, event, workbook(THEORY, ("A01", "60.0"))))
    assert "没有需要写入的内容" in visible(page.page)


@POSTGRESQL_IN_DEEP
def test_entry_numbers_serve_where_they_tell_nothing_new(session, browser, make_event):
    event = make_event()
    data = workbook(("报名编号", "姓名", "成绩"), (3, "演示", 77))
    page = browser(event.organiser)
    enter(page, bring(page, event, data))
    assert marks(session, event, "A03") == {"Q1": "77"}
    strict = make_event("strict")
    for where, who in ((event, event.first), (strict, strict.organiser)):
        page = browser(who)
        page.get(bring(page, where, workbook(("报名编号", "成绩"), (3, 78))))
        assert "没有编号 3" in visible(page.page).replace("本赛项", "")


@POSTGRESQL_IN_DEEP
def test_the_template_comes_back_as_it_went_out(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    data = page.get(f"/events/{event.id}/desk/lists/template-P.xlsx").data
    time.sleep(1.1)  # a workbook tells the second in which it was made
    assert page.get(f"/events/{event.id}/desk/lists/template-P.xlsx").data == data
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["编号", "裁判编号", "A1 综合评分", "A2 咬边"]
    assert [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=2)] == [
        (code, judge) for code in ("A01", "A02", "A03") for judge in ("J1", "J2")
    ]
    assert sheet["D3"].fill.fgColor.rgb.endswith("D8D6CF")  # J2 does not mark what the panel agrees on
    sheet["C2"], sheet["D2"], sheet["C3"] = "47.5", "0", "48"
    sheet["C2"].comment = Comment("复核", "甲")
    target = io.BytesIO()
    book.save(target)
    enter(page, bring(page, event, target.getvalue(), stage="P"))
    assert marks(session, event, "A01", "J1", "P") == {"A1": "47.5", "A2": "0"}
    assert state(session, event, "A01", "J2", "P") == "locked"


def merged_body(sheet):
    sheet.merge_cells("B2:B3")


def merged_head(sheet):
    sheet["C1"] = "备注"
    sheet.merge_cells("C1:D1")


@POSTGRESQL_IN_DEEP
@pytest.mark.parametrize(
    ("change", "told"), [(merged_body, "合并单元格（B2:B3）"), (merged_head, "C1:D1")]
)
def test_merged_cells_are_refused(session, browser, make_event, change, told):
    event = make_event()
    data = workbook(("编号", "成绩"), ("A01", 50), ("A02", 60), change=change)
    assert told in bring(browser(event.first), event, data, 422)


@POSTGRESQL_IN_DEEP
def test_a_csv_in_gbk_is_read(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    data = "参赛编号,成绩\nA01,91.5\n".encode("gbk")
    enter(page, bring(page, event, data, name="成绩.csv"))
    assert marks(session, event, "A01") == {"Q1": "91.5"}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", ["zip bomb", "entity of this machine", "macro inside", "old workbook"])
def test_a_hostile_file_is_refused_with_words(session, browser, make_event, name):
    filename, make, _code = CORPUS[name]
    event = make_event(entries=1, judges=1)
    page = browser(event.first)
    told = bring(page, event, make(), 422, name=filename)
    assert "没有保存" in told or "未保存" in told
    assert session.query(MarkList).count() == 0


def test_a_list_is_put_away(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    address = bring(page, event, workbook(THEORY, ("A01", 60)))
    page.post(f"{address}/discard", {})
    page.get(address, 404)
    assert ledger_of(session, event) == []
    actions = [row.action for row in session.query(AuditRecord).order_by(AuditRecord.id)]
    assert [action for action in actions if action.startswith("list:")] == ["list:bring", "list:discard"]
