"""The dictionary holds every indicator of union reports; a broken data file is refused with its faults."""

import pytest

from competitions.indicators.dictionary import FILE, by_key, indicators
from tests.client import visible
from tests.factories.accounts import build_user


def test_it_holds_c01_to_c18_with_their_units_and_kinds():
    known = by_key()
    assert sorted({one.code for one in indicators()}) == [f"C{number:02}" for number in range(1, 19)]
    said = {key: (known[key].unit_zh, known[key].kind) for key in ("C02", "C05", "C06", "C07", "C15", "C11a")}
    assert said == {
        "C02": ("场次", "sittings"), "C05": ("人次", "participations"), "C06": ("人", "people"),
        "C07": ("人", "coverage"), "C15": ("万元", "amount"), "C11a": ("名", "people"),
    }  # fmt: skip


@pytest.mark.parametrize("key", ["C03", "C04", "C06", "C08a", "C08b"])
def test_what_is_counted_once_each_is_added_over_neither_years_nor_unions(key):
    """DOMAIN: C06, C03, C04, C08 are not additive across events."""
    assert not by_key()[key].additive & {"year", "union", "trade", "industry", "kind"}


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("C12b,C12", "C12a,C12"), "C12a stands there twice"),
        (("C17,C17", "C01x,C01"), "C17 has no figure"),
        (("participations,0,computed", "heads,0,computed"), "unknown kind"),
        (("coverage,0,return,union", "coverage,0,return,year union"), "coverage added over years or trades"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(tmp_path, change, fault):
    broken = tmp_path / "indicators.csv"
    broken.write_text(FILE.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(ValueError, match=fault):
        indicators(broken)


def test_the_page_shows_definitions_to_an_analyst_and_to_nobody_without_the_role(session, browser):
    analyst = build_user(session, grants=[("analyst", "union", 1)])
    judge = build_user(session, grants=[("judge", "event", 1)])
    session.commit()
    page = browser(analyst)
    page.get("/statistics/indicators/")
    text = visible(page.page)
    assert "合理化建议（实施）" in text
    assert "不与参赛人数相加" in text
    browser(judge).get("/statistics/indicators/", status=403)
