"""The result on paper: every row as it was frozen, names only once they may be seen."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from scoring.sheets import decisions
from scoring.sheets.decisions import Act
from tests.documents import poppler
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_organiser, build_stranger, build_theory_and_practice, entry_of, take
from tests.factories.trust import close

# 30/70: 李䶮 0.3 × 96 + 0.7 × 98.5 = 97.75; the next two both 90.00; the last 55.00.
FOUR = {
    "李䶮": ("96", "98.5"), "王𬭎": ("90", "90"), "阿卜杜拉·买买提": ("90", "90"),
    "演示孙三": ("50", "57.14"),
}  # fmt: skip
PRIZES = {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]}

HOUR = timedelta(hours=1)


@pytest.fixture
def event(session):
    event = build_theory_and_practice(session, FOUR, awards=PRIZES)
    session.commit()
    return event


def read_pdf(page, event, tmp_path, number=1):
    path = f"/events/{event.id}/results/versions/{number}/announcement.pdf"
    return poppler.text_of(page.get(path).data, tmp_path, "-layout")


def read_rows(page, event, number=1):
    path = f"/events/{event.id}/results/versions/{number}/announcement.xlsx"
    (sheet,) = load_workbook(io.BytesIO(page.get(path).data)).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(index for index, row in enumerate(rows) if "名次" in row)
    return [row for row in rows[head : head + 5]]


def test_the_announcement_holds_the_whole_table_with_names(session, browser, event, tmp_path):
    take(session, event, "tabulate", "announce")
    page = browser(build_committed(session, build_organiser, event))
    text = read_pdf(page, event, tmp_path)
    assert "成绩公告" in text
    assert "尚未公布" not in text
    assert [name for name in FOUR if name not in text] == []
    assert "97.75" in text
    assert "96.00" in text  # with the places it was frozen with
    assert "相同成绩并列名次" in text
    for label in ("裁判长", "监督员", "日期", "盖章"):
        assert label in text
    head, *rows = read_rows(page, event)
    assert head[:4] == ["名次", "编号", "选手", "单位"]
    assert [row[0] for row in rows] == [1, 2, 2, 4]
    assert [row[2] for row in rows] == list(FOUR)
    totals = [Decimal(str(row[head.index("总分")])) for row in rows]
    assert totals == [Decimal("97.75"), 90, 90, Decimal("55")]
    assert [row[head.index("奖项")] for row in rows] == ["一等奖", "二等奖", "二等奖", None]


def test_before_the_announcement_a_sealed_result_goes_by_codes(session, browser, tmp_path):
    strict = {"competition": build_competition(session, profile="standard")}
    event = build_theory_and_practice(session, FOUR, awards=PRIZES, event=strict)
    close(session, event, "lock", build_user(session))
    session.commit()
    take(session, event, "tabulate")
    page = browser(build_committed(session, build_organiser, event))
    text = read_pdf(page, event, tmp_path)
    assert "成绩汇总表（尚未公布）" in text
    assert "A01" in text
    assert [name for name in FOUR if name in text] == []


def test_a_correction_says_what_it_replaces(session, browser, event, tmp_path):
    take(session, event, "tabulate")
    take(session, event, "reopen_scoring", reason="演示：补录一处扣分", now=MOMENT + HOUR)
    act = Act("late-penalty", None, "未清理工位", MOMENT + HOUR)
    decisions.give_penalty(session, event, entry_of(session, event, "A02"), "3", act)
    take(session, event, "tabulate", "announce", now=MOMENT + 2 * HOUR)
    page = browser(build_committed(session, build_organiser, event))
    text = " ".join(read_pdf(page, event, tmp_path, number=2).split())
    assert "版本 2" in text
    assert "代替 第 1 版" in text
    assert "87.00" in text  # 90 less 3
    assert "87.00" not in read_pdf(page, event, tmp_path, number=1)


def test_strangers_and_versions_that_are_not_there_get_no_file(session, browser, event):
    take(session, event, "tabulate", "announce")
    path = f"/events/{event.id}/results/versions"
    page = browser(build_committed(session, build_organiser, event))
    page.get(f"{path}/7/announcement.pdf", status=404)
    stranger = browser(build_committed(session, lambda s, _event: build_stranger(s), event))
    stranger.get(f"{path}/1/announcement.pdf", status=403)
    stranger.get(f"{path}/1/announcement.xlsx", status=403)


def build_committed(session, build, event):
    user = build(session, event)
    session.commit()
    return user
