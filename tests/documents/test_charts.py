"""A chart has round ticks, few bars, words for who cannot see it, and nothing that the page forbids."""

import re
from decimal import Decimal

import pytest
from defusedxml import ElementTree

from reports.documents import svg
from reports.documents.axis import axis_for, round_ticks
from reports.documents.charts import description, folded
from reports.documents.model import Chart, Series, Shape
from reports.documents.plot import plot
from tests.documents.samples import EN, TRADES, ZH, by_trade, trend, yearly

ALL = (yearly(), by_trade(), trend(), yearly(english=True), by_trade(english=True))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("low", "high", "whole", "ticks"),
    [
        (0, 121800, True, [0, 40000, 80000, 120000, 160000]),
        (0, 3, True, [0, 1, 2, 3]),
        (0, 1, True, [0, 1]),
        (0, 0, True, [0, 1]),
        (0, "0.9", False, [0, "0.25", "0.5", "0.75", 1]),
        (-3, 10, True, [-4, 0, 4, 8, 12]),
    ],
)
def test_ticks_are_round(low, high, whole, ticks):
    assert list(round_ticks(Decimal(low), Decimal(high), whole=whole)) == [Decimal(tick) for tick in ticks]


def test_large_values_are_counted_in_the_large_unit_of_the_language():
    chinese = axis_for([121800], ZH, "人次", whole=True)
    assert (chinese.labels, chinese.caption) == (("0", "4", "8", "12", "16"), "万人次")
    english = axis_for([121800], EN, "entries", whole=True)
    assert (english.labels[-1], english.caption) == ("160,000", "entries")
    small = axis_for([Decimal("0.9")], ZH, "分", whole=False)
    assert small.labels == ("0.00", "0.25", "0.50", "0.75", "1.00")


def test_more_than_twelve_categories_become_eleven_and_other():
    chart = folded(by_trade(), ZH)
    assert chart.categories == (*TRADES[:11], "其他")
    assert chart.series[0].values == (412, 377, 301, 288, 164, 150, 131, 120, 96, 77, 52, 33 + 21 + 8)


def test_distinct_people_are_never_added_into_other():
    chart = folded(by_trade(additive=False), ZH)
    assert chart.categories == TRADES[:12]
    assert chart.note == "前 12 项，共 14 项"


def test_years_keep_their_order_however_many():
    years = tuple(str(year) for year in range(2000, 2027))
    chart = Chart("t", Shape.BAR, years, (Series("s", tuple(range(27))),), ordered=True)
    assert folded(chart, ZH) is chart


def test_a_chart_says_its_values_in_words():
    assert description(trend()).startswith("2022: 高级工 1,204, 技师 310; 2023:")
    assert "2024: 高级工 —, 技师 455" in description(trend())
    assert description(trend()).endswith("人次")


@pytest.mark.parametrize("chart", ALL)
def test_the_page_gets_an_image_with_a_name_and_a_description(chart):
    root = ElementTree.fromstring(str(svg.render(chart, ZH, ref="c7")))
    assert root.get("role") == "img"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}" == "c7-t c7-d"
    assert title.text == chart.title
    assert desc.text == description(chart)


@pytest.mark.parametrize("chart", [yearly(), by_trade(), trend()])
def test_the_page_gets_no_inline_style_script_or_address(chart):
    text = str(svg.render(chart, ZH, ref="c"))
    assert not re.search(r"style=|<style|<script|\son\w+=|href|url\(", text)


def test_a_name_in_a_chart_is_only_text():
    evil = '"><script>alert(1)</script>'
    chart = Chart(evil, Shape.BAR, (evil, "b"), (Series(evil, (1, 2)), Series("x&y", (3, 4))), unit=evil)
    text = str(svg.render(chart, ZH, ref=evil))
    ElementTree.fromstring(text)
    assert "<script" not in text


def test_bars_are_as_high_as_their_values():
    surface = plot(Chart("t", Shape.BAR, ("甲", "乙"), (Series("s", (10, 20)),)), ZH)
    first, second = surface.boxes
    assert second.height == pytest.approx(2 * first.height)
    assert first.y + first.height == pytest.approx(second.y + second.height)


def test_stacks_carry_their_total_and_fill_it():
    surface = plot(yearly(), ZH)
    heights = [box.height for box in surface.boxes[:3]]
    assert heights[0] / sum(heights) == pytest.approx(47200 / 86800)
    assert [label.text for label in surface.labels if label.strong][0] == "86,800"


def test_a_year_without_a_value_breaks_the_line():
    surface = plot(trend(), ZH)
    assert [len(trace.points) for trace in surface.traces] == [2, 2, 5]


@pytest.mark.parametrize("chart", ALL)
def test_everything_stays_on_the_surface(chart):
    surface = plot(chart, EN, width=420)
    for box in surface.boxes:
        assert 0 <= box.x <= box.x + box.width <= surface.width + 0.01
        assert 0 <= box.y <= box.y + box.height <= surface.height + 0.01
    assert all(0 <= label.x <= surface.width and 0 < label.y <= surface.height for label in surface.labels)


def test_a_chart_without_values_can_be_drawn():
    empty = Chart("t", Shape.BAR, (), ())
    assert "<svg" in svg.render(empty, ZH, ref="c")
    assert "<svg" in svg.render(Chart("t", Shape.BAR, ("甲",), (Series("s", (None,)),)), ZH, ref="c")
