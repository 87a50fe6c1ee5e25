"""Choose round ticks for a value axis, and the large unit (万, 亿, thousand) that keeps them short."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from reports.documents.cells import decimals, number
from reports.documents.model import Number, Words

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(4), Decimal(5), Decimal(10))
_SPACES = 4  # gaps between ticks that a chart of this height can carry


@dataclass(frozen=True, slots=True)
class Axis:
    """Ticks from low to high with their labels, and the caption that names the unit."""

    ticks: tuple[Decimal, ...]
    labels: tuple[str, ...]
    caption: str

    @property
    def low(self) -> Decimal:
        """Return the value at the foot of the axis."""
        return self.ticks[0]

    @property
    def span(self) -> Decimal:
        """Return how much the axis covers."""
        return self.ticks[-1] - self.ticks[0]


def axis_for(values: Iterable[Number], words: Words, unit: str, *, whole: bool) -> Axis:
    """Return an axis that begins at zero (below it for negative values) and ends at or above the greatest.

    Shape: `whole` keeps the steps at whole numbers, for counts.
    """
    known = [Decimal(value) for value in values if value is not None] or [Decimal(0)]
    ticks = round_ticks(min(Decimal(0), *known), max(Decimal(0), *known), whole=whole)
    divisor, scale = scale_for(max(map(abs, ticks)), words.scales)
    scaled = [tick / divisor for tick in ticks]
    places = max(map(decimals, scaled))
    labels = tuple(number(value.quantize(Decimal(1).scaleb(-places)), places) for value in scaled)
    return Axis(ticks, labels, words.scaled % {"scale": scale, "unit": unit} if scale else unit)


def round_ticks(low: Decimal, high: Decimal, *, whole: bool) -> tuple[Decimal, ...]:
    """Return ticks 1, 2, 2.5, 4 or 5 × 10ⁿ apart that reach from low to high."""
    step = _step((high - low) / _SPACES, whole=whole)
    first, last = -_up(-low, step), _up(high, step) if high > low else 1
    return tuple(step * i for i in range(first, last + 1))


def scale_for(value: Decimal, scales: Sequence[tuple[int, str]]) -> tuple[int, str]:
    """Return the largest unit of the language that the value holds at least twice."""
    fitting = [scale for scale in scales if value >= 2 * scale[0]]
    return fitting[-1] if fitting else (1, "")


def _step(least: Decimal, *, whole: bool) -> Decimal:
    if least <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(least.adjusted())
    step = next(factor * power for factor in _STEPS if factor * power >= least)
    return Decimal(_up(step, Decimal(1))) if whole else step


def _up(value: Decimal, step: Decimal) -> int:
    return int((value / step).to_integral_value(ROUND_CEILING))
