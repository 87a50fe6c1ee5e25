"""Section 1: numbers, rounding points, clamps."""

import re
from fractions import Fraction

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
WHOLE = re.compile(r"-?[0-9]{1,12}")


def is_number(text: object) -> bool:
    """Say whether the text is a number of the format."""
    return isinstance(text, str) and NUMBER.fullmatch(text) is not None


def is_whole(text: str) -> bool:
    """Say whether the text is a whole number, written without a point."""
    return WHOLE.fullmatch(text) is not None


def rounded(value: Fraction, places: int | None) -> Fraction:
    """Round half away from zero to so many decimals; `None` leaves the value exact."""
    if places is None:
        return value
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    size = Fraction(whole, 10**places)
    return -size if value < 0 else size


def clamped(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction:
    """Bring the value back between the two limits, where they are given."""
    if low is not None and value < low:
        value = low
    if high is not None and value > high:
        value = high
    return value


def shown(value: Fraction | None, places: int | None) -> str:
    """Write a value with exactly so many decimals; `None`: at most six, none of them a trailing zero."""
    if value is None:
        return ""
    digits = 6 if places is None else places
    units = int(abs(rounded(value, digits)) * 10**digits)
    sign = "-" if value < 0 and units else ""
    whole, part = divmod(units, 10**digits)
    text = f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"
    return text.rstrip("0").rstrip(".") if places is None else text


def median(values: list[Fraction]) -> Fraction:
    """Return the middle value, or the mean of the two middle ones."""
    row = sorted(values)
    half = len(row) // 2
    return row[half] if len(row) % 2 else (row[half - 1] + row[half]) / 2
