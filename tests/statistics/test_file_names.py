"""A file says in its name whose figures it holds, split by what and of when."""

import re
from urllib.parse import unquote

import pytest

from core.files.answers import disposition
from core.files.kinds import joined_name, size_words
from tests.factories.accounts import build_user
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union


def test_a_file_is_named_after_its_report(session, browser):
    union = build_union(session, name="演示/机械工会")
    event = build_event(session, "final", competition=build_competition(session, union=union, year=2026))
    user = build_user(session, grants=[("analyst", "union", union.id)])
    session.commit()
    page = browser(user)
    for ending in ("xlsx", "pdf", "csv", "json"):
        query = f"trade={event.trade_id}&by=year&first_year=2026&last_year=2026"
        header = page.get(f"/statistics/statistics.{ending}?{query}").headers["Content-Disposition"]
        assert re.match(rf'attachment; filename="statistics-year-2026-\d{{8}}\.{ending}"; ', header)
        named = unquote(header.split("filename*=UTF-8''")[1])
        assert named == f"劳动和技能竞赛统计_按年度_2026年_演示_机械工会_焊工.{ending}"


@pytest.mark.parametrize(
    ("name", "plain"),
    [("成绩 1-600.xlsx", "file-1-600.xlsx"), ("规程.pdf", "file.pdf"), ("A01-1.pdf", "A01-1.pdf"),
     ('a"b\r\n.zip', "a-b.zip")],
)  # fmt: skip
def test_old_programs_get_a_name_of_english_letters(name, plain):
    assert disposition(name).startswith(f'attachment; filename="{plain}"; filename*=')


@pytest.mark.parametrize(("size", "words"), [(1, "1 KB"), (34_000, "34 KB"), (1_100_000, "1.1 MB")])
def test_a_small_file_is_not_nothing(size, words):
    assert size_words(size) == words


def test_a_slash_in_a_name_parts_no_folders():
    assert joined_name(["甲/乙工会", "2024\\2025"], "xlsx") == "甲_乙工会_2024_2025.xlsx"
