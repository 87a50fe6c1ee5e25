"""Write one file of a list in a process of its own, row by row."""

import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Competition, Event
from competitions.organisations.models import Unit
from core import database
from reports.documents.model import Cell, Column, Words
from reports.documents.stream import write_xlsx
from scoring.results.models import ResultRow, ResultVersion

AT_A_TIME = 2000  # rows
ASKED = 500  # versions of one statement


class Names(NamedTuple):
    """What numbers and keys are called in the language of the list."""

    unions: Mapping[int, str]
    entries: Mapping[int, str]  # of the catalogue
    statuses: Mapping[str, str]


def write(
    url: str, columns: Sequence[Column], words: Words, names: Names, english: bool, title: str,
    versions: Sequence[int],
) -> bytes:  # fmt: skip
    """Return the rows of some result versions as a workbook; `url` is where the database is."""
    target = io.BytesIO()
    with database.reading_elsewhere(url) as session:
        write_xlsx(target, columns, read(session, names, english, versions), words, name=title)
    return target.getvalue()


def read(session: Session, names: Names, english: bool, versions: Sequence[int]) -> Iterator[list[Cell]]:
    """Yield the rows of some versions, in the order of `plans.columns`."""
    for start in range(0, len(versions), ASKED):
        statement = _statement(versions[start : start + ASKED], english)
        for row in session.execute(statement.execution_options(yield_per=AT_A_TIME)):
            competition, event, group, union, region, level, trade, day, name, unit, *result = row
            rank, status, total, award = result
            yield [
                competition, event, group, names.unions.get(union, ""), names.entries.get(region, ""),
                names.entries.get(level, ""), names.entries.get(trade, ""), day, name, unit, rank,
                names.statuses.get(status, status), Decimal(total) if total else None, award or None,
            ]  # fmt: skip


def _statement(versions: Sequence[int], english: bool) -> Any:
    row = ResultRow
    return (
        select(
            _name(Competition, english), _name(Event, english), Event.group_name, Competition.union_id,
            Competition.region_id, Competition.level_id, Event.trade_id,
            func.coalesce(Event.starts_on, Competition.starts_on), Entry.name, Unit.name, row.rank,
            row.status, row.total, row.award,
        )
        .join(ResultVersion, ResultVersion.id == row.version_id)
        .join(Event, Event.id == ResultVersion.event_id)
        .join(Competition, Competition.id == Event.competition_id)
        .join(Entry, Entry.id == row.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(row.version_id.in_(versions))
        .order_by(row.version_id, row.position)
    )  # fmt: skip


def _name(model: Any, english: bool) -> Any:
    return func.coalesce(func.nullif(model.name_en, ""), model.name) if english else model.name
