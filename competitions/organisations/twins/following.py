"""What follows a unit when it becomes another one: the slices say it, once at the start.

    following.register(Entry.unit_id)          # rows that name a unit
    following.register_obstacle(fn)            # fn(session, kept, gone) -> list[Refusal]
    following.register_holding(fn)             # fn(session, unit_ids): hold what must not change meanwhile
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import inspect, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from competitions.organisations.models import Unit
from core.refusals import Refusal

Obstacle = Callable[[Session, Unit, Unit], list[Refusal]]
Holding = Callable[[Session, Sequence[int]], None]
Moved = dict[str, list[list[Any]]]
_columns: dict[str, InstrumentedAttribute[Any]] = {}
_obstacles: dict[str, Obstacle] = {}
_holdings: dict[str, Holding] = {}


def register(column: InstrumentedAttribute[Any]) -> None:
    """Let the rows of a column that names a unit follow it."""
    _columns[f"{column.class_.__tablename__}.{column.key}"] = column


def register_obstacle(obstacle: Obstacle) -> None:
    """Ask `obstacle` what stands against two units being one."""
    _obstacles[f"{obstacle.__module__}.{obstacle.__qualname__}"] = obstacle


def register_holding(holding: Holding) -> None:
    """Let `holding` keep still what belongs to the units, before the units themselves are held."""
    _holdings[f"{holding.__module__}.{holding.__qualname__}"] = holding


def hold(session: Session, unit_ids: Sequence[int]) -> None:
    """Keep still whatever belongs to some units until this transaction ends."""
    for holding in _holdings.values():
        holding(session, unit_ids)


def obstacles(session: Session, kept: Unit, gone: Unit) -> list[Refusal]:
    """Return what the slices have against two units being one."""
    return [refusal for obstacle in _obstacles.values() for refusal in obstacle(session, kept, gone)]


def move(session: Session, gone_id: int, kept_id: int) -> Moved:
    """Let everything that names the one unit name the other; return the keys of the rows by column."""
    moved: Moved = {}
    for name, column in _columns.items():
        rows = session.execute(select(*_key(column)).where(column == gone_id)).all()
        if rows:
            moved[name] = sorted(list(row) for row in rows)
            _point(session, column, column == gone_id, kept_id)
    session.expire_all()
    return moved


def stands(session: Session, moved: Moved, kept_id: int) -> bool:
    """Say whether all that was moved still stands where it was moved to."""
    for name, rows in moved.items():
        column = _columns[name]
        there = {tuple(row) for row in session.execute(select(*_key(column)).where(column == kept_id))}
        if not set(map(tuple, rows)) <= there:
            return False
    return True


def move_back(session: Session, moved: Moved, kept_id: int, gone_id: int) -> None:
    """Give the rows back that were moved; what came later stays."""
    for name, rows in moved.items():
        column = _columns[name]
        for row in rows:
            of_row = [part == value for part, value in zip(_key(column), row, strict=True)]
            _point(session, column, (column == kept_id), gone_id, *of_row)
    session.expire_all()


def _key(column: InstrumentedAttribute[Any]) -> list[Any]:
    """Return what tells a row apart beside the unit that it names."""
    keys = inspect(column.class_).primary_key
    return [column.class_.__table__.c[key.name] for key in keys if key.name != column.key]


def _point(session: Session, column: InstrumentedAttribute[Any], *conditions: Any) -> None:
    which, number, *more = conditions
    statement = update(column.class_).where(which, *more).values({column.key: number})
    session.execute(statement.execution_options(synchronize_session=False))
