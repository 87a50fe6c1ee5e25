"""The sheet names the criterion above its aspects, on the tablet as in the preview."""

import re

import pytest

from tests.factories.accounts import build_user
from tests.factories.marking import build_event_with, scheme, score
from tests.factories.scoring import sheet_of
from tests.tablet.sending import owner

LOOK = {"code": "A", "title": "外观", "aspects": [score("A1", "焊缝"), score("A2", "咬边")]}
SIZE = {"code": "B", "title": "", "aspects": [score("B1", "焊脚")]}
ORDER = ["A 外观", "焊缝", "咬边", "B", "焊脚"]


def headings(page):
    """The criteria and the titles of the aspects in the order of the page."""
    named = r'<h\d class="criterion">(.*?)</h\d>|<span class="aspect__title">(.*?)</span>'
    found = [criterion or aspect for criterion, aspect in re.findall(named, page)]
    return [re.sub(r"<[^>]+>", "", text).strip() for text in found]


@pytest.fixture
def opened(session, browser):
    """Return the blank sheet of the judge's app and the preview of one stage with these criteria."""

    def open_both(criteria, **fields):
        document = scheme([{"code": "P", "title": "实操", "criteria": criteria, **fields}])
        event = build_event_with(session, document, ["甲"])
        organiser = build_user(session, grants=[("organiser", "event", event.id)])
        session.commit()
        judge = owner(session, sheet_of(session, event, "J1", "A01", "P"))
        marked, shown = browser(judge), browser(organiser)
        marked.get(f"/marking/{event.id}/P/")
        shown.get(f"/events/{event.id}/scheme/sheet")
        return marked.page, shown.page

    return open_both


def test_each_criterion_stands_once_above_its_aspects(opened):
    sheet, preview = opened([LOOK, SIZE])
    assert headings(sheet) == ORDER
    assert headings(preview) == ORDER


def test_every_attempt_names_them_again(opened):
    sheet, _preview = opened([LOOK, SIZE], attempts=2, take="best")
    assert headings(sheet) == ORDER * 2


def test_a_lone_criterion_is_named_by_its_title_and_not_by_its_code_alone(opened):
    sheet, preview = opened([LOOK])
    assert headings(sheet) == headings(preview) == ["A 外观", "焊缝", "咬边"]
    sheet, preview = opened([SIZE])
    assert headings(sheet) == headings(preview) == ["焊脚"]
