"""How a report looks: what its years are called; a chart only where there is something to draw."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import text, update

from competitions.entries.models import EntryMember
from tests.factories.accounts import build_user
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_unit
from tests.people.people import add, enter, id_number


@pytest.fixture
def analyst(session):
    """An analyst of two contests of 2025, in each of which the same woman took part."""
    woman = add(session, build_unit(session), number=id_number(0))
    for number in (1, 2):
        competition = build_competition(session, name=f"演示竞赛{number}", year=2025)
        enter(session, woman, build_event(session, "final", competition=competition))
    session.execute(update(EntryMember).values(sex="female"))
    session.execute(text("INSERT INTO statistics_mark (event_id) SELECT id FROM event"))
    user = build_user(session, grants=[("analyst", "site", 0)])
    session.commit()
    return user


def test_no_chart_is_drawn_where_every_figure_is_withheld(analyst, browser):
    page = browser(analyst, locale="en")
    of_all, of_women = (
        page.get(f"/statistics/?by=trade{more}").get_data(as_text=True) for more in ("", "&sex=female")
    )
    assert "Participations, by trade" in of_all
    assert ", by trade" not in of_women
    assert "&lt;3" in of_women


@pytest.mark.parametrize(
    ("locale", "basis", "title", "head"),
    [
        ("en", "calendar", "By year", "Year"),
        ("en", "statistical", "By statistical year", "Statistical year"),
        ("zh_CN", "statistical", "按统计年度", "统计年度"),
    ],
)
def test_statistical_years_are_called_so(analyst, browser, locale, basis, title, head):
    page = browser(analyst, locale=locale)
    address = f"by=year&basis={basis}"
    said = page.get(f"/statistics/?{address}").get_data(as_text=True)
    assert f">{title}</h2>" in said
    assert re.search(rf"<th[^>]*>\s*{head}\s*<", said)
    book = load_workbook(BytesIO(page.get(f"/statistics/statistics.xlsx?{address}").data))
    assert title in book.sheetnames
    assert head in [cell.value for row in book[title] for cell in row]
