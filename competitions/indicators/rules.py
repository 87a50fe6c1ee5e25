"""What an indicator is, and what its data file must fulfil. Pure.

Source: the indicators C01–C18 of union reports on labour and skills competitions (docs/statistics.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

KINDS = ("sittings", "participations", "people", "coverage", "number", "amount", "hours")
ORIGINS = ("computed", "return")
DIMENSIONS = (
    "year", "level", "region", "union", "industry", "trade", "kind", "group", "sex", "age", "skill",
    "ownership",
)  # fmt: skip
CODES = tuple(f"C{number:02}" for number in range(1, 19))
QUALIFIERS = ("=", "≈", ">", "≥")


@dataclass(frozen=True)
class Indicator:
    """One figure of the dictionary.

    Shape: `key` is its own ("C12a"), `code` the indicator it belongs to ("C12"); `kind` one of KINDS,
    `origin` one of ORIGINS; `additive` the DIMENSIONS over which values may be added; `places` the decimals.
    Unit: `unit_zh` and `unit_en`, as they stand behind the figure.
    """

    key: str
    code: str
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    kind: str
    places: int
    origin: str
    additive: frozenset[str]
    definition_zh: str
    definition_en: str
    source_zh: str
    source_en: str

    def adds_up_over(self, dimension: str) -> bool:
        """Say whether the values of a dimension may be added to a total."""
        return dimension in self.additive


def faults(indicators: Sequence[Indicator]) -> list[str]:
    """Return what is wrong with a dictionary, a line for each fault; none where it can be used."""
    found = [f"{code} has no figure" for code in CODES if code not in {one.code for one in indicators}]
    keys = [one.key for one in indicators]
    found += [f"{key} stands there twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
    for one in indicators:
        found += [f"{one.key}: {fault}" for fault in _faults_of(one)]
    return found


def _faults_of(one: Indicator) -> list[str]:
    texts = (
        one.name_zh, one.name_en, one.unit_zh, one.unit_en, one.definition_zh, one.definition_en,
        one.source_zh, one.source_en,
    )  # fmt: skip
    asked = {
        "its key does not begin with its code": one.key.startswith(one.code) and one.code in CODES,
        "a text is missing": all(texts),
        "unknown kind": one.kind in KINDS,
        "unknown origin": one.origin in ORIGINS,
        "unknown dimension": one.additive <= set(DIMENSIONS),
        "decimals of what is counted": one.places == 0 or one.kind == "amount",
        # An employee who is reached is the same one in the next year and in the next trade.
        "coverage added over years or trades": one.kind != "coverage" or not one.additive & {"year", "trade"},
    }
    return [fault for fault, holds in asked.items() if not holds]
