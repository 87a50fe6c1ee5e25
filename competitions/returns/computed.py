"""What the records of the system say of a union and a period; the package above counts it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

Counted = Mapping[str, int | Decimal]
Source = Callable[[Session, int, date, date], Counted]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Say who counts, once at the start: `source(session, union_id, first_day, last_day)`.

    Shape: figures by the keys of the dictionary, of the union with all unions below it, without those that
    cannot be counted.
    """
    _sources[:] = [source]


def figures_of(session: Session, union_id: int, first: date, last: date) -> dict[str, int | Decimal]:
    """Return what is computed of a union; nothing where nobody counts."""
    found: dict[str, int | Decimal] = {}
    for source in _sources:
        found |= source(session, union_id, first, last)
    return found
