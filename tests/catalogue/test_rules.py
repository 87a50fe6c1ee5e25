"""Codes: what can be right by its shape, and what stands above it."""

import pytest

from competitions.catalogue import rules


@pytest.mark.parametrize("code", ["6-18-02-04", "1-01-00-01", "8-00-00-00"])
def test_a_trade_code_has_the_shape_of_the_classification(code):
    assert rules.is_trade_code(code)


@pytest.mark.parametrize(
    "code",
    [
        "6-18-1-1",  # the example of the rule book: groups of two digits
        "9-01-01-01",  # there are eight major groups
        "0-18-02-04",
        "6-18-02-04 ",
        "６-18-02-04",  # full-width
        "6-18-02-04-01",
        "",
    ],
)
def test_other_shapes_are_no_trade_code(code):
    assert not rules.is_trade_code(code)
    assert rules.code_fault("trade", code) == "TRADE_CODE"


@pytest.mark.parametrize("code", ["A", "T", "A01", "B06", "T97"])
def test_an_industry_code_is_a_section_or_a_division(code):
    assert rules.is_industry_code(code)


@pytest.mark.parametrize("code", ["U", "C00", "C98", "34", "C3", "C341", "c34", ""])
def test_codes_outside_a_to_t_and_01_to_97_are_refused(code):
    assert rules.code_fault("gbt4754", code) == "INDUSTRY_CODE"


def test_a_trade_stands_below_the_nearest_group_that_there_is():
    groups = {"6-18-02-00", "6-18-00-00", "6-31-00-00"}
    assert rules.parent_of("trade", "6-18-02-04", groups) == "6-18-02-00"
    assert rules.parent_of("trade", "6-18-09-01", groups) == "6-18-00-00"
    assert rules.parent_of("trade", "6-31-04-00", groups) == "6-31-00-00"


def test_a_trade_without_any_group_has_no_place():
    assert rules.parent_of("trade", "6-18-02-04", {"5-01-00-00"}) is None


def test_sections_stand_alone_and_divisions_below_their_section():
    assert rules.parent_of("gbt4754", "C", {"C"}) == ""
    assert rules.parent_of("gbt4754", "C34", {"C"}) == "C"
    assert rules.parent_of("region", "370100", {"370000"}) == "370000"
    assert rules.parent_of("region", "370000", set()) == ""
