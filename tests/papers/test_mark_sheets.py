"""Blank mark sheets: a page for each entry, judge and stage; what is asked, and nobody's name."""

import pytest

from reports.papers import mark_sheets
from reports.papers.mark_sheets import box, piles
from scoring.rules.scheme import parse_scheme
from scoring.sheets.checkpoints import make_checkpoint
from scoring.sheets.rules import Seat
from tests.factories.accounts import MOMENT
from tests.factories.marking import AGREED, scheme, score, stage
from tests.papers.conftest import NAMES


def parsed(document):
    made, findings = parse_scheme(document)
    assert not [finding for finding in findings if finding.level == "error"]
    return made


def test_there_is_a_page_for_each_entry_judge_and_stage(browser, place, text_of):
    """Theory is one agreed value, entered by the first judge; practice is marked by both: 3 × (1 + 2)."""
    pages = text_of(browser(place.users["organiser"]).get(f"{place.path}/mark-sheets.pdf"))
    heads = [page.split("\n")[0].split() for page in pages]
    assert [head[1:] for head in heads] == [
        [code, "·", judge] for judge in ("J1", "J1", "J2") for code in ("A01", "A02", "A03")
    ]
    assert all("第 1 页，共 1 页" in page for page in pages)


def test_a_sheet_says_what_is_asked_and_nobodys_name(browser, place, text_of):
    pages = text_of(browser(place.users["chief_judge"]).get(f"{place.path}/mark-sheets.pdf?stage=P&judge=J2"))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        wanted = (f"A0{number}", "实操", "70%", "综合", "A1", "综合评分", "步长 0.5", "裁判 J2", "裁判长")
        assert [word for word in wanted if word not in page] == []
        assert [word for word in (*NAMES, "演示甲厂", "演示乙厂") if word in page] == []
        assert [judge.user.name for judge in place.judges if judge.user.name in page] == []


def test_an_unknown_stage_or_judge_has_no_sheets(browser, place):
    page = browser(place.users["organiser"])
    for query in ("stage=X", "judge=J9", "stage=T&judge=J2"):
        page.get(f"{place.path}/mark-sheets.pdf?{query}", 404)


def test_more_sheets_than_a_file_holds_are_refused_and_the_page_says_so(browser, place, monkeypatch):
    monkeypatch.setattr(mark_sheets, "MOST", 8)
    page = browser(place.users["organiser"])
    page.get(f"{place.path}/")
    assert "一个文件最多 8 份" in page.page
    page.get(f"{place.path}/mark-sheets.pdf", 409)
    assert "共 9 份，一个文件最多 8 份" in page.page
    page.get(f"{place.path}/mark-sheets.pdf?stage=P")


SEATS = [Seat("J1", "P", "", False), Seat("J2", "P", "A2", False), Seat("J10", "P", "", True)]


def test_a_judge_of_one_aspect_has_that_aspect_alone_and_two_comes_before_ten():
    document = scheme([stage("P", "实操", [score("A1", "外观"), score("A2", "咬边")])])
    found = piles(parsed(document), SEATS)
    assert [(pile.judge, [aspect.code for aspect in pile.aspects]) for pile in found] == [
        ("J1", ["A1", "A2"]), ("J2", ["A2"]), ("J10", ["A1", "A2"]),
    ]  # fmt: skip


def test_an_agreed_value_is_on_the_sheet_of_the_head_with_the_panel_to_sign():
    document = scheme([stage("P", "实操", [score("P1", "作品", panel=AGREED)])])
    (pile,) = piles(parsed(document), [*SEATS[:1], SEATS[2]])
    assert (pile.judge, pile.panel) == ("J10", ("J1", "J10"))


def test_everybody_of_a_panel_that_agrees_has_a_line_to_sign(browser, place, text_of):
    pages = text_of(browser(place.users["organiser"]).get(f"{place.path}/mark-sheets.pdf?stage=T"))
    assert all(f"裁判 {judge}" in page for page in pages for judge in ("J1", "J2"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "score", "max": "10"}, ""),
        ({"kind": "judgement", "max": "3", "levels": ["差", "中", "良", "优"]}, "□ 0  □ 1  □ 2  □ 3"),
        ({"kind": "measurement", "max": "3", "entry": "pass"}, "□ 是  □ 否"),
        ({"kind": "time"}, "____ 分 ____ 秒"),
        ({"kind": "deduction", "max": "10", "per": "2"}, "数量 ____"),
        ({"kind": "deduction", "max": "10"}, ""),
        ({"kind": "count", "max": "10", "per": "2"}, "数量 ____"),
        ({"kind": "count", "max": "10", "per": "2", "per_false": "1"}, "找到 ____ 误报 ____"),
    ],
)
def test_each_kind_of_aspect_has_its_box(app, fields, words):
    document = scheme([stage("P", "实操", [{"code": "P1", "title": "项", **fields}])])
    (aspect,) = parsed(document).stages[0].aspects
    with app.test_request_context("/"):
        assert box(aspect) == words


def test_several_attempts_have_a_box_each(app):
    document = scheme([stage("P", "实操", [score("P1", "作品")], attempts=2)])
    (pile,) = piles(parsed(document), SEATS[:1])
    with app.test_request_context("/"):
        table = mark_sheets._table(pile)
    assert [column.label for column in table.columns][-2:] == ["第 1 次", "第 2 次"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_sheet_names_the_ledger_as_it_was_when_it_was_printed(session, browser, place, text_of):
    """Paper that is signed by hand is a witness outside of the system: eight digits of the head."""
    checkpoint = make_checkpoint(session, place.event.id, "command", MOMENT)
    session.commit()
    pages = text_of(browser(place.users["organiser"]).get(f"{place.path}/mark-sheets.pdf"))
    assert all(f"账本 {checkpoint.head[:8]}" in page for page in pages)
