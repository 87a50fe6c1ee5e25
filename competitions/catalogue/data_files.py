"""Read the data files of the catalogue: which file fills which list, and what its own columns mean."""

import csv
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from competitions.catalogue import rules

FOLDER = Path(__file__).parent / "data"
FILES = {
    rules.ACTIVITY_KIND: "activity_kinds.csv",
    rules.LEVEL: "levels.csv",
    rules.NATIONAL_UNION: "national_unions.csv",
    rules.STANDARD_INDUSTRY: "gbt4754.csv",
    rules.INDUSTRY: "industries.csv",
    rules.REGION: "regions.csv",
    rules.TRADE_GROUP: "trade_groups.csv",
    rules.TRADE: "trades.csv",
}
COLUMNS = ("code", "code_state", "name_zh", "name_en", "source")
FLAGS = frozenset({"green", "digital", "non_standard", "scored"})
LISTS = frozenset({"entry_kinds", "gbt4754"})


class Row(NamedTuple):
    """One entry as a data file gives it."""

    kind: str
    key: str
    values: dict[str, Any]


def rows(folder: Path = FOLDER) -> Iterator[Row]:
    """Yield every entry of every file, lists in the order of FILES."""
    for kind, name in FILES.items():
        for line in _lines(folder / name):
            yield Row(kind, line["key"], _values(line))


def trade_industries(folder: Path = FOLDER) -> list[tuple[str, str]]:
    """Return (trade key, industry key) pairs."""
    return [(line["trade"], line["industry"]) for line in _lines(folder / "trade_industries.csv")]


@functools.cache
def source_titles() -> dict[str, str]:
    """Return the title of each source by its key."""
    return {line["key"]: line["title"] for line in _lines(FOLDER / "sources.csv")}


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _values(line: dict[str, str]) -> dict[str, Any]:
    own = {name: text for name, text in line.items() if name not in (*COLUMNS, "key", "parent", "position")}
    return {
        **{name: line[name] for name in COLUMNS},
        "parent_key": line["parent"],
        "position": int(line["position"]),
        "attributes": {name: _value(name, text) for name, text in own.items()},
    }


def _value(name: str, text: str) -> Any:
    if name in FLAGS:
        return text in ("1", "yes")
    return text.split() if name in LISTS else text
