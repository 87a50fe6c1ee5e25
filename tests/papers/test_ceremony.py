"""Papers of the ceremony: from the announced result alone, everybody in the right order, every name whole."""

import pytest

from competitions.entries.models import Entry
from reports.certificates import services
from scoring.results.queries import find_announced
from tests.client import visible
from tests.documents import poppler
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import build_organiser, build_theory_and_practice, take
from tests.papers.conftest import rows_of

AWARDS = {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]}
PAPERS = ("winners", "podium", "handover")


@pytest.fixture
def event(session):
    """An announced result: 甲 first, 乙 and 丙 second prizes, 丁 without one."""
    scores = {name: (str(90 - 5 * n), "80") for n, name in enumerate("甲乙丙丁")}
    event = build_theory_and_practice(session, scores, awards=AWARDS)
    take(session, event, "tabulate", "announce")
    session.commit()
    return event


@pytest.fixture
def page(session, event, browser):
    user = build_organiser(session, event)
    session.commit()
    return browser(user)


def table_of(page, event, name):
    ((_title, rows),) = rows_of(page.get(f"/events/{event.id}/papers/{name}.xlsx")).items()
    return rows


def test_the_podium_goes_from_the_last_award_to_the_first(event, page):
    found = [row[:3] for row in table_of(page, event, "podium") if row[0] in {"一等奖", "二等奖"}]
    assert found == [("二等奖", 1, "丙"), ("二等奖", 2, "乙"), ("一等奖", 3, "甲")]


def test_the_winners_list_names_who_won_and_nobody_else(event, page):
    found = [row[:3] for row in table_of(page, event, "winners") if row[0] in {"一等奖", "二等奖"}]
    assert found == [("一等奖", 1, "甲"), ("二等奖", 2, "乙"), ("二等奖", 3, "丙")]
    assert "丁" not in {cell for row in table_of(page, event, "winners") for cell in row}


def test_the_hand_over_list_holds_the_numbers_of_the_certificates_that_count(session, event, page):
    take(session, event, "finalise")
    issued = services.issue(session, event, actor_id=None, now=MOMENT)
    services.revoke(session, event, issued[0], "退回", actor_id=build_user(session).id, now=MOMENT)
    session.commit()
    rows = table_of(page, event, "handover")
    found = [row[4:7] for row in rows if row[1] in {"一等奖", "二等奖"}]
    (head,) = [row for row in rows if row[0] == "序号"]
    assert head[5:7] == ("证书", "奖品")
    # A revoked one has no box to tick: nobody hands it over.
    assert found == [("已撤销", "—", "□"), (issued[1].number, "□", "□"), (issued[2].number, "□", "□")]


def test_a_place_card_stands_for_each_winner(event, page, tmp_path):
    text = poppler.text_of(page.get(f"/events/{event.id}/papers/place-cards.pdf").data, tmp_path)
    cards = text.split("\f")[:-1]
    assert sorted(card.split()[0] for card in cards) == sorted("甲乙丙")


def test_a_name_that_no_font_prints_is_refused_by_name(session, event, page):
    first = next(row.entry_id for row in find_announced(session, event).rows if row.rank == 1)
    session.get(Entry, first).name = "王𠀀"
    session.commit()
    for name in (*PAPERS, "place-cards"):
        page.get(f"/events/{event.id}/papers/{name}.pdf", 409)
        assert "王𠀀" in visible(page.page)


def test_nobody_is_called_by_a_ranking_that_can_still_change(session, browser):
    event = build_theory_and_practice(session, {"甲": ("90", "80"), "乙": ("80", "80")}, awards=AWARDS)
    take(session, event, "tabulate")
    user = build_organiser(session, event)
    session.commit()
    page = browser(user)
    for name in (*PAPERS, "place-cards"):
        page.get(f"/events/{event.id}/papers/{name}.pdf", 409)
    assert "成绩尚未公布" in visible(page.page)


def test_whoever_may_not_see_the_field_gets_no_paper_of_the_ceremony(session, event, browser):
    other = build_user(session, grants=[("tabulator", "event", event.id)])
    session.commit()
    for name in (*PAPERS, "place-cards"):
        browser(other).get(f"/events/{event.id}/papers/{name}.pdf", 403)
