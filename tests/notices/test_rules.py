"""What may stand in a notice, when it may be published, and how its text is read."""

from datetime import date

import pytest

from competitions.notices import checks, markup, rules
from competitions.notices.markup import Block
from competitions.notices.rules import NoticeValues, Standing
from core import personal

TODAY = date(2026, 5, 6)
PLAIN = NoticeValues("通知", "正文。", None, None, "", "")
OPEN = PLAIN._replace(starts_on=TODAY, ends_on=date(2026, 5, 13), contact="组委会办公室，010-00000000")


def codes(kind, values, states=(), files=(), corrects=False):
    found = checks.publish_refusals(kind, values, list(states), list(files), TODAY, corrects=corrects)
    return {(refusal.code, refusal.where) for refusal in found}


@pytest.mark.parametrize(
    "text",
    [
        "身份证号110105194912310021。",
        "11010519491231002X",
        "11010519491231002x",
        "110105 19491231 0021",
        "110105-19491231-0021",
        "１１０１０５１９４９１２３１００２１",
        "old: 110105491231002",
    ],
)
def test_an_id_number_is_found_however_it_is_written(text):
    assert [found.kind for found in personal.numbers_in(text)] == ["id_number"]


@pytest.mark.parametrize(
    "text",
    ["13800138000", "电话：138 0013 8000", "138-0013-8000", "+86 13800138000", "１３８００１３８０００"],
)
def test_a_mobile_number_is_found_however_it_is_written(text):
    assert personal.numbers_in(text) == [("phone", "138***00")]
    assert personal.numbers_in(text, phones=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "010-00000000", "2026年11月22日", "工发〔2026〕15号", "330***********1234", "138****8000",
        "统一社会信用代码 91110000100000000X", "编号 20260001000100010001", "第1234567890123456789号",
        "110105199913310021",
    ],
)  # fmt: skip
def test_other_numbers_are_left_alone(text):
    assert personal.numbers_in(text) == []


def test_no_more_of_a_number_is_shown_than_tells_which_one_is_meant():
    assert personal.numbers_in("110105194912310021") == [("id_number", "110***21")]


def test_a_name_is_masked_but_for_its_first_character():
    names = ("张三", "欧阳修文", "𬭎某", "")
    assert [personal.masked_name(name) for name in names] == ["张*", "欧*", "𬭎*", "*"]


def test_a_plain_notice_can_be_published():
    assert codes("call", PLAIN) == set()


@pytest.mark.parametrize("kind", ["entrants", "award"])
def test_a_list_that_stands_open_for_objections_needs_days_and_somebody_to_object_to(kind):
    assert codes(kind, PLAIN, ["final"]) == {("NOTICE_PERIOD_MISSING", "starts_on")}
    assert codes(kind, OPEN._replace(contact=" "), ["final"]) == {("NOTICE_CONTACT_MISSING", "contact")}
    assert codes(kind, OPEN, ["final"]) == set()


def test_days_in_the_wrong_order_are_refused_even_in_a_draft():
    reversed_days = OPEN._replace(ends_on=date(2026, 5, 1))
    assert [refusal.code for refusal in checks.shape_refusals(reversed_days)] == ["NOTICE_PERIOD_REVERSED"]


def test_a_period_that_is_over_cannot_begin_but_its_notice_can_still_be_corrected():
    past = OPEN._replace(starts_on=date(2026, 4, 1), ends_on=date(2026, 4, 8))
    assert codes("entrants", past) == {("NOTICE_PERIOD_PAST", "ends_on")}
    assert codes("entrants", past._replace(correction="更正单位名称"), corrects=True) == set()


def test_a_correction_says_what_has_changed():
    assert codes("call", PLAIN, corrects=True) == {("NOTICE_CORRECTION_MISSING", "correction")}


@pytest.mark.parametrize(
    ("states", "refused"),
    [
        (["scoring"], True), (["tabulated"], True), (["announced"], False), (["final", "archived"], False),
        (["final", "scoring"], True), (["final", "cancelled"], False), (["cancelled"], True), ([], True),
    ],
)  # fmt: skip
def test_results_are_told_only_after_they_were_announced(states, refused):
    assert (("NOTICE_NOT_ANNOUNCED", "kind") in codes("result", PLAIN, states)) is refused


@pytest.mark.parametrize("field", ["title", "body", "correction"])
def test_no_number_of_a_person_is_published(field):
    text = "请联系 13800138000"
    assert ("NOTICE_PERSONAL", field) in codes("call", PLAIN._replace(**{field: text}))


def test_a_contact_may_have_a_phone_but_no_id_number_and_no_file_is_named_after_one():
    assert codes("call", PLAIN._replace(contact="王老师 13800138000")) == set()
    assert codes("call", PLAIN._replace(contact="110105194912310021")) == {("NOTICE_PERSONAL", "contact")}
    assert codes("call", PLAIN, files=["13800138000.pdf"]) == {("NOTICE_PERSONAL", "files")}


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        (date(2026, 5, 1), Standing("before", 5)),
        (date(2026, 5, 6), Standing("running", 7)),
        (date(2026, 5, 13), Standing("running", 0)),
        (date(2026, 5, 14), Standing("over", 0)),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(today, standing):
    assert rules.standing(OPEN.starts_on, OPEN.ends_on, today) == standing


def test_five_working_days_leave_the_weekend_out():
    assert rules.usual_end(date(2026, 5, 6)) == date(2026, 5, 13)  # Wednesday to Wednesday
    assert rules.usual_end(date(2026, 5, 8)) == date(2026, 5, 15)  # Friday to Friday


def test_a_text_is_read_as_headings_lists_tables_and_paragraphs():
    text = """各有关单位：
现通知如下。

一、时间

# 地点
- 一号楼
- 二号楼

| 序号 | 姓名 |
|---|---|
| 1 | 张* | 演示厂 |

一、二等奖获得者由组委会颁发证书。"""
    assert markup.parse(text) == [
        Block("salutation", ("各有关单位：",)),
        Block("paragraph", ("现通知如下。",)),
        Block("heading", ("一、时间",)),
        Block("heading", ("地点",)),
        Block("bullets", ("一号楼", "二号楼")),
        Block("table", rows=(("序号", "姓名", ""), ("1", "张*", "演示厂"))),
        Block("paragraph", ("一、二等奖获得者由组委会颁发证书。",)),
    ]


@pytest.mark.parametrize(
    "text", ["", "|", "||", "|-|", "#", "-", "# ", "---", "一、", "<b>x</b>", "| a\n|b|", "\0"]
)
def test_odd_texts_lose_nothing_and_break_nothing(text):
    blocks = markup.parse(text)
    shown = "".join("".join(block.lines) + "".join("".join(row) for row in block.rows) for block in blocks)
    assert set(shown) >= set(text) - set("|-# \n\0")
