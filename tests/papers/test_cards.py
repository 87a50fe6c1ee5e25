"""Judge cards: ten to a page, for judges who work, whatever their names are made of."""

import pytest

from reports.papers import cards
from reports.papers.cards import Card
from reports.papers.issue import Issue
from tests.documents import poppler
from tests.documents.names import NAMES
from tests.factories.accounts import MOMENT

CARD = Card("演示竞赛", "焊工", "J1", "演示裁判", "裁判", False, "理论、实操", "2026年11月23日")


def drawn(app, made):
    with app.test_request_context("/"):
        return cards.draw(made, Issue("演示组织者", MOMENT))


def test_each_judge_who_works_has_a_card(session, browser, place, text_of):
    place.judges[1].user.grants[0].withdrawn_at = MOMENT  # stopped: no new work
    session.commit()
    (page,) = text_of(browser(place.users["organiser"]).get(f"{place.path}/judge-cards.pdf"))
    words = ("J1", place.judges[0].user.name, place.event.name, "理论、实操", "有效日期", "2026年5月1日")
    assert [word for word in words if word not in page] == []
    assert "J2" not in page


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (10, 1), (11, 2)])
def test_ten_cards_fill_a_page(app, tmp_path, count, pages):
    made = drawn(app, [CARD._replace(code=f"J{number}") for number in range(1, count + 1)])
    text = poppler.text_of(made, tmp_path).split("\f")[:-1]
    assert len(text) == pages
    assert sum(page.count("演示裁判") for page in text) == count


def test_rare_and_long_names_are_printed_whole(app, tmp_path):
    long = "演示" + "阿卜杜热合曼·买买提艾力·" * 3
    made = drawn(app, [CARD._replace(name=name) for name in (*NAMES, long)])
    text = "".join(poppler.text_of(made, tmp_path).split())
    assert [name for name in (*NAMES, long) if name.replace(" ", "") not in text] == []


def test_long_competitions_and_stages_stay_on_their_card(app, tmp_path):
    """Nothing that is printed on one card stands outside of its 90 × 54 mm."""
    long = "二〇二六年演示省机械冶金建材系统职工职业技能竞赛" * 3
    card = CARD._replace(competition=long, event=long, stages="、".join(["理论知识考试", "实际操作"] * 6))
    made = drawn(app, [card])
    words = poppler.text_of(made, tmp_path, "-bbox")
    side, top = cards._margins()
    boxes = [line.split('"')[1::2] for line in words.splitlines() if "<word " in line]
    assert boxes
    for left, upper, right, lower in boxes:
        assert side <= float(left) < float(right) <= side + cards.WIDTH
        assert top <= float(upper) < float(lower) <= top + cards.HEIGHT + 1


def test_a_card_holds_nothing_to_scan_and_a_line_for_the_day_where_none_is_set(app, tmp_path):
    made = drawn(app, [CARD._replace(days="")])
    assert poppler.images_of(made, tmp_path) == 0
    assert "有效日期：____" in poppler.text_of(made, tmp_path)
