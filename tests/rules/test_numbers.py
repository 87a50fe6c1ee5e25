"""Section 1: numbers are read exactly, rounded half away from zero, written with exactly their places."""

from fractions import Fraction

import pytest

from scoring.rules.numbers import (
    clamp,
    decimal_places,
    format_number,
    format_short,
    parse_decimal,
    product,
    ratio,
    round_exact,
    round_ratio,
    simplest,
)


@pytest.mark.parametrize(
    ("text", "millionths"),
    [
        ("0", 0),
        ("-0", 0),
        ("7", 7_000_000),
        ("007", 7_000_000),
        ("88.5", 88_500_000),
        ("-20.25", -20_250_000),
        ("0.000001", 1),
        ("-0.000001", -1),
        ("999999999999.999999", 999_999_999_999_999_999),
    ],
)
def test_a_strict_decimal_is_read_exactly(text: str, millionths: int) -> None:
    assert parse_decimal(text) == millionths


@pytest.mark.parametrize(
    "text",
    ["", " ", "+1", "1e2", "1 ", " 1", "1_0", ".5", "5.", "５", "٣", "NaN", "1,5", "--1", "-", "1..1"],
)
def test_anything_else_is_no_number(text: str) -> None:
    assert parse_decimal(text) is None


def test_more_than_twelve_digits_or_six_decimals_are_no_number() -> None:
    assert parse_decimal("1234567890123") is None
    assert parse_decimal("0.1234567") is None
    assert parse_decimal("1\n") is None


def test_the_decimals_a_text_is_written_with_are_counted() -> None:
    assert [decimal_places(text) for text in ("1", "1.5", "1.500")] == [0, 1, 3]


@pytest.mark.parametrize(
    ("text", "places", "rounded"),
    [
        # EX-02: banker's rounding and binary floats give 88.12, 1.00 and 2.67.
        ("88.125", 2, "88.13"),
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
        ("-88.125", 2, "-88.13"),
        ("-1.005", 2, "-1.01"),
        ("-1.0049", 2, "-1.00"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("0.49", 0, "0"),
        ("-0.49", 0, "0"),
        ("1.234567", 6, "1.234567"),
        ("1.000005", 5, "1.00001"),
    ],
)
def test_a_half_is_rounded_away_from_zero(text: str, places: int, rounded: str) -> None:
    number = parse_decimal(text)
    assert number is not None
    assert format_number(round_exact(number, places), places) == rounded


def test_a_ratio_is_rounded_once() -> None:
    assert round_ratio(2_000_000, 3, 2) == 670_000
    assert round_ratio(-2_000_000, 3, 2) == -670_000
    assert ratio(Fraction(1_000_000, 3), 2, 3) == 167_000
    assert ratio(1_000_000, 3, None) == Fraction(1_000_000, 3)
    assert type(ratio(2_000_000, 2, None)) is int


def test_without_places_the_exact_value_is_carried() -> None:
    assert round_exact(Fraction(1_000_000, 3), None) == Fraction(1_000_000, 3)


def test_a_product_of_two_decimals_is_exact() -> None:
    assert product(1_500_000, 300_000) == 450_000
    assert product(1, 500_000) == Fraction(1, 2)


def test_a_whole_fraction_becomes_a_whole_number() -> None:
    assert type(simplest(Fraction(4, 2))) is int
    assert simplest(Fraction(1, 2)) == Fraction(1, 2)


def test_clamping_moves_a_number_inside_its_limits_only() -> None:
    assert [clamp(number, 2, 5) for number in (1, 2, 3, 5, 6)] == [2, 2, 3, 5, 5]
    assert clamp(-7, None, None) == -7
    assert clamp(7, None, 0) == 0
    assert clamp(-7, 0, None) == 0


def test_a_number_is_written_with_exactly_its_places() -> None:
    written = [format_number(95_000_000, places) for places in (0, 1, 2, 6)]
    assert written == ["95", "95.0", "95.00", "95.000000"]
    assert format_number(-500_000, 2) == "-0.50"


def test_a_number_without_places_is_written_to_six_decimals_without_trailing_zeros() -> None:
    assert format_number(Fraction(2_000_000, 3), None) == "0.666667"
    written = [format_short(number) for number in (1_500_000, 2_000_000, 100_000_000, 0)]
    assert written == ["1.5", "2", "100", "0"]


def test_a_number_that_rounds_to_zero_has_no_sign() -> None:
    assert format_number(-4_000, 2) == "0.00"
    assert format_number(Fraction(-1, 3), None) == "0"
