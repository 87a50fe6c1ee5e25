"""Read very much at once."""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, bindparam


@contextmanager
def reading() -> Iterator[None]:
    """Let the collector of garbage rest while objects are made by the hundred thousand, all of which stay.

    It would walk through all of them again and again: a third of the time, and nothing to collect.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def among(column: Any, values: Collection[int] | Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a column has one of many values: numbers of rows, or digests of ours.

    They stand in the statement itself: to bind thousands of parameters takes longer than to read the rows.
    """
    return column.in_(bindparam("among", list(values), expanding=True, literal_execute=True, unique=True))
