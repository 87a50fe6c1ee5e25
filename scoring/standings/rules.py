"""The frozen document of a published standing. Pure.

It names blind codes and groups, never people; whoever holds it can count the standing again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from scoring.rules.group_standing import Achievement, GroupStanding
from scoring.rules.standing_package import (
    standing_header,
    standing_package_files,
    standing_rows,
)

FORMAT = "standing-result/1"
WITHOUT_VALUES = 8


class Source(NamedTuple):
    """An event with the result version that was counted."""

    event: str
    title: str
    version: int
    sha256: str


def document(
    method: Mapping[str, Any], sources: Sequence[Source], rows: Sequence[Achievement],
    standing: GroupStanding, orders: Sequence[Sequence[Any]] = (),
) -> dict[str, Any]:  # fmt: skip
    """Return everything that a standing came from, with its table, as exact text."""
    ordered = sorted(rows, key=lambda row: (row.event, row.entry))
    decided = {"orders": [list(row) for row in orders]} if orders else {}
    return decided | {
        "format": FORMAT,
        "method": dict(method),
        "events": [list(source) for source in sources],
        "results": [list(row[:WITHOUT_VALUES]) for row in ordered],
        "values": [[row.event, row.entry, code, row.values[code]] for row in ordered for code in row.values],
        "header": list(standing_header(standing.events)),
        "rows": [list(row) for row in standing_rows(standing)],
    }


def sources_of(frozen: Mapping[str, Any]) -> list[Source]:
    """Return the events of a frozen standing with the result versions that were counted."""
    return [Source(*row) for row in frozen["events"]]


def rows_of(frozen: Mapping[str, Any]) -> list[Achievement]:
    """Return what a frozen standing was counted from."""
    values: dict[tuple[str, str], dict[str, str]] = {}
    for event, entry, code, value in frozen["values"]:
        values.setdefault((event, entry), {})[code] = value
    return [
        Achievement(*row)._replace(values=values.get((row[0], row[1]), {})) for row in frozen["results"]
    ]


def package(frozen: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the files of the package that counts a published standing again."""
    events = [(source.event, source.title) for source in sources_of(frozen)]
    orders = frozen.get("orders", ())
    return standing_package_files(frozen["method"], events, rows_of(frozen), frozen["rows"], orders)
