"""Read, round and write the exact numbers of a scheme and its marks (SCHEME.md section 1).

Every number is held in whole millionths: an `int` when it is a decimal of at most six places, a `Fraction`
of millionths where an exact value that is no such decimal is carried through a node without rounding.
"""

import re
from fractions import Fraction

NUMBER = re.compile(r"(-?)([0-9]{1,12})(?:\.([0-9]{1,6}))?")

Exact = int | Fraction

ONE = 1_000_000
MOST_PLACES = 6
UNITS = (1_000_000, 100_000, 10_000, 1_000, 100, 10, 1)


def parse_decimal(text: str) -> int | None:
    """Return the number a text states, in millionths, or None where it is not of the strict form."""
    parts = NUMBER.fullmatch(text)
    if parts is None:
        return None
    sign, whole, decimals = parts.groups()
    number = int(whole) * ONE + (int(decimals.ljust(MOST_PLACES, "0")) if decimals else 0)
    return -number if sign else number


def decimal_places(text: str) -> int:
    """Return how many decimals a text of the strict form is written with."""
    return len(text.partition(".")[2])


def round_ratio(numerator: int, denominator: int, places: int) -> int:
    """Return numerator ÷ denominator rounded half away from zero to `places`; the denominator is positive.

    Unit: the numerator counts millionths, and so does the result.
    Source: SCHEME.md section 1.
    """
    unit = UNITS[places]
    divisor = denominator * unit
    if numerator < 0:
        return -((-2 * numerator + divisor) // (2 * divisor)) * unit
    return (2 * numerator + divisor) // (2 * divisor) * unit


def ratio(numerator: Exact, denominator: int, places: int | None) -> Exact:
    """Return numerator ÷ denominator at a rounding point, or exactly where `places` is None."""
    if places is None:
        return simplest(Fraction(numerator) / denominator)
    return round_ratio(numerator.numerator, numerator.denominator * denominator, places)


def round_exact(number: Exact, places: int | None) -> Exact:
    """Return a number at a rounding point: rounded half away from zero, or as it is for None."""
    return number if places is None else ratio(number, 1, places)


def product(number: Exact, factor: int) -> Exact:
    """Return number × factor exactly; both count millionths."""
    return simplest(Fraction(number * factor) / ONE)


def simplest(number: Fraction) -> Exact:
    """Return a fraction as a whole number of millionths where it is one, so that later sums stay fast."""
    return number.numerator if number.denominator == 1 else number


def clamp(number: Exact, minimum: int | None, maximum: int | None) -> Exact:
    """Return a number moved inside its limits; None is no limit."""
    if minimum is not None:
        number = max(number, minimum)
    if maximum is not None:
        number = min(number, maximum)
    return number


def format_number(number: Exact, places: int | None) -> str:
    """Write a number with exactly `places` decimals; None writes up to six without trailing zeros."""
    rounded = int(ratio(number, 1, MOST_PLACES if places is None else places))
    whole, rest = divmod(abs(rounded), ONE)
    decimals = f"{rest:06d}".rstrip("0") if places is None else f"{rest:06d}"[:places]
    text = f"{whole}.{decimals}" if decimals else str(whole)
    return f"-{text}" if rounded < 0 else text


def format_short(number: Exact) -> str:
    """Write a number without trailing zeros, as a judge would have entered it."""
    return format_number(number, None)
