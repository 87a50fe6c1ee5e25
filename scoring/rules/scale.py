"""The 700 scale: an approximation, labelled so wherever it is shown (SCHEME.md section 5, `median700`)."""

from collections.abc import Sequence
from fractions import Fraction

from scoring.rules.numbers import ONE, Exact, ratio

MIDDLE = 700
SPREAD = 30
MAD_TO_DEVIATION = Fraction(14826, 10000)
HIGHEST = 1000


def median(numbers: Sequence[Exact]) -> Fraction:
    """Return the middle number, or the mean of the two middle ones."""
    ordered = sorted(numbers)
    return Fraction(ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def median700(totals: Sequence[Exact]) -> list[int] | None:
    """Return the scale score of each total, or None where the totals do not spread (MAD 0).

    Shape: at least one total, in any unit.
    """
    middle = median(totals)
    deviation = median([abs(total - middle) for total in totals])
    if deviation == 0:
        return None
    unit = SPREAD / (MAD_TO_DEVIATION * deviation)
    return [_whole(MIDDLE + (total - middle) * unit) for total in totals]


def _whole(score: Fraction) -> int:
    return min(HIGHEST, max(0, int(ratio(score * ONE, 1, 0)) // ONE))
