"""Counts of people and units that the worker has made ahead, for every process of the system.

A count stands under a key that says what was counted over exactly which events, as they were counted: so it
is never out of date, and what nobody will ask for again is all that has to go.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from reports.statistics import bulk
from reports.statistics.models import StatisticsCount

CHUNK = 500


def find(session: Session, keys: Collection[str]) -> dict[str, Any]:
    """Return those counts that were made ahead."""
    found: dict[str, Any] = {}
    for some in _chunks(keys):
        kept = select(StatisticsCount.key, StatisticsCount.content).where(
            bulk.among(StatisticsCount.key, some)
        )
        found |= {row.key: row.content for row in session.connection().execute(kept)}
    return found


def replace(session: Session, counted: Mapping[str, Any]) -> None:
    """Keep these counts and no others; the caller holds the statistics alone."""
    kept = set(session.scalars(select(StatisticsCount.key)))
    for some in _chunks(kept - counted.keys()):
        session.execute(delete(StatisticsCount).where(bulk.among(StatisticsCount.key, some)))
    rows = [{"key": key, "content": content} for key, content in counted.items() if key not in kept]
    if rows:
        session.execute(insert(StatisticsCount), rows)


def _chunks(keys: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(keys)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
