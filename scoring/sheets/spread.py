"""Whose marks lie further apart than a panel allows: who is asked to look again. Pure.

Highest − lowest value as it was entered, before trimming, as the computation checks it. Source: SCHEME.md
section 4 (`max_spread`), DOMAIN.md 4.6.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from scoring.rules.model import Aspect, Stage
from scoring.rules.values import read_value, spread_number
from scoring.sheets.rules import MarkKey

Values = Mapping[str, str]


class Apart(NamedTuple):
    """One place of a stage at which a panel's values are too far apart, and who makes it so."""

    key: MarkKey
    values: Values
    judges: tuple[str, ...]


def far_apart(aspect: Aspect, values: Values) -> list[str]:
    """Return the judges whose value is further from another's than the panel allows.

    Shape: `values` by judge, as they were entered; who could agree with everybody is not among the judges.
    """
    most = aspect.panel.max_spread
    numbers = {judge: _number(aspect, text) for judge, text in values.items()}
    if most is None or not numbers:
        return []
    lowest, highest = min(numbers.values()), max(numbers.values())
    return sorted(judge for judge, n in numbers.items() if n - lowest > most or highest - n > most)


def _number(aspect: Aspect, text: str) -> int:
    value = read_value(aspect, text)
    if isinstance(value, list):  # what is on a sheet has been checked before
        raise ValueError(f"{aspect.code}: {text}")
    return spread_number(value)


def find_apart(
    stage: Stage, panels: Mapping[str, Collection[str]], marks: Mapping[str, Mapping[MarkKey, str]]
) -> list[Apart]:
    """Return where complete panels of an entry are too far apart.

    Shape: `panels` gives by aspect who sits there, `marks` the marks of whoever has signed; a panel of which
    somebody has not signed is not looked at yet.
    """
    return [found for aspect in stage.aspects for found in _apart(aspect, stage, panels, marks)]


def _apart(
    aspect: Aspect,
    stage: Stage,
    panels: Mapping[str, Collection[str]],
    marks: Mapping[str, Mapping[MarkKey, str]],
) -> Iterator[Apart]:
    judges = panels.get(aspect.code, ())
    if not judges or not set(judges) <= marks.keys():
        return
    for key in (MarkKey(aspect.code, attempt) for attempt in range(1, stage.attempts + 1)):
        values = {judge: marks[judge][key] for judge in judges if key in marks[judge]}
        far = far_apart(aspect, values)
        if far:
            yield Apart(key, values, tuple(far))


def by_judge(places: Iterable[Apart]) -> dict[str, list[MarkKey]]:
    """Return who is asked about what."""
    found: dict[str, list[MarkKey]] = {}
    for place in places:
        for judge in place.judges:
            found.setdefault(judge, []).append(place.key)
    return found
