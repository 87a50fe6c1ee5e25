"""What has changed between two versions of a scheme, row by row."""

import json
from copy import deepcopy

import pytest

from scoring.schemes import offers
from scoring.schemes.changes import changes
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.scoring import WELDING, build_scheme

BASE = offers.LIBRARY.find_document("theory-practical")


def changed(change):
    document = deepcopy(BASE)
    change(document)
    return [(c.pointer, c.is_old, c.before, c.after) for c in changes(BASE, document)]


def aspects(document):
    return document["stages"][1]["criteria"][0]["aspects"]


def test_the_same_document_has_not_changed():
    assert changed(lambda document: None) == []


def test_a_maximum_and_a_weight_are_named_with_both_values():
    def change(document):
        document["stages"][0]["weight"] = "0.4"
        aspects(document)[0]["max"] = "25"

    assert changed(change) == [
        ("/stages/0/weight", False, "0.3", "0.4"),
        ("/stages/1/criteria/0/aspects/0/max", False, "20", "25"),
    ]


def test_a_new_row_is_one_change_and_those_below_it_have_not_changed():
    new = {"code": "A0", "title": "新", "kind": "score", "max": "5"}
    found = changed(lambda document: aspects(document).insert(0, new))
    assert found == [("/stages/1/criteria/0/aspects/0", False, None, new)]


def test_a_row_that_is_gone_is_named_where_it_stood():
    old = aspects(BASE)[0]
    assert changed(lambda document: aspects(document).pop(0)) == [
        ("/stages/1/criteria/0/aspects/0", True, old, None)
    ]


def test_a_row_that_only_moved_has_not_changed():
    assert changed(lambda document: aspects(document).reverse()) == []


def test_a_key_that_comes_or_goes_is_a_change():
    def change(document):
        aspects(document)[0]["panel"] = {"method": "median"}
        del document["stages"][1]["max"]

    assert ("/stages/1/max", True, "100", None) in changed(change)
    panel = [item for item in changed(change) if item[0].startswith("/stages/1/criteria/0/aspects/0/panel")]
    assert [(item[0].rpartition("/")[2], item[3]) for item in panel if item[3]] == [("method", "median")]


@pytest.mark.parametrize("other", [None, [], 5, {"stages": 3}, {"stages": [1]}, {"awards": {"tiers": [0]}}])
def test_whatever_stands_there_nothing_breaks(other):
    assert changes(BASE, other)
    assert changes(other, BASE)


def test_the_page_of_a_version_says_what_it_changed(session, browser):
    event = build_event(session)
    build_scheme(session, event)
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    page, path = browser(user), f"/events/{event.id}/scheme"
    assert "与第" not in visible(page.get(f"{path}/").text)
    document = json.loads(json.dumps(WELDING))
    document["stages"][0]["weight"] = "0.4"
    document["stages"][1]["weight"] = "0.6"
    aspect = document["stages"][1]["criteria"][0]["aspects"]
    aspect.append({"code": "A9", "title": "新评分点", "kind": "score", "max": "5"})
    page.post(f"{path}/edit", {"document": json.dumps(document, ensure_ascii=False), "base": "1"})
    text = visible(page.get(f"{path}/").text)
    assert "与第 1 版相比 3 处不同" in text
    assert "阶段 T › 权重 0.3 0.4" in text
    assert "阶段 P › 大项 A › 评分点 A9 – 新增：新评分点" in text
