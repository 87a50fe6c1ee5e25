"""Read the dictionary of indicators from its data file, once, and refuse one that is not in order."""

import csv
import functools
from collections.abc import Mapping
from pathlib import Path

from competitions.indicators.rules import Indicator, faults

FILE = Path(__file__).parent / "data" / "indicators.csv"


@functools.cache
def indicators(path: Path = FILE) -> tuple[Indicator, ...]:
    """Return every figure in the order of the file.

    Raises: ValueError with a line for each fault.
    """
    with path.open(encoding="utf-8", newline="") as file:
        found = tuple(_indicator(line) for line in csv.DictReader(file))
    if wrong := faults(found):
        raise ValueError("; ".join(wrong))
    return found


@functools.cache
def by_key() -> Mapping[str, Indicator]:
    """Return the figures by their keys."""
    return {one.key: one for one in indicators()}


def _indicator(line: dict[str, str]) -> Indicator:
    own = {name: text for name, text in line.items() if name not in {"places", "additive"}}
    return Indicator(places=int(line["places"]), additive=frozenset(line["additive"].split()), **own)
