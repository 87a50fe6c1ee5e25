"""Decide how a value of a document reads as text: grouped digits, full decimals, ISO dates."""

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from reports.documents.model import Cell, Column, Document, Kind, Table, Words

MISSING = "—"
_SHARE = Decimal("0.001")


def shown(value: Cell, kind: Kind, places: int = 0) -> str:
    """Return a cell's text; a value that is not there is a dash, text among numbers stays as it is."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if kind in (Kind.PERCENT, Kind.CHANGE):
        share = Decimal(value).quantize(_SHARE, ROUND_HALF_UP) * 100
        sign = "" if kind is Kind.PERCENT else "±" if not share else "+" if share > 0 else "−"
        return f"{sign}{abs(share) if sign else share:,.1f}%"
    return number(value, places)


def number(value: int | Decimal, places: int = 0) -> str:
    """Return a number with its thousands apart and at least `places` decimals, never fewer than it has."""
    return f"{Decimal(value):,.{max(places, decimals(value))}f}"


def decimals(value: Cell) -> int:
    """Return how many decimals a value really has: 1.50 has one, so that padding is the column's choice."""
    if not isinstance(value, Decimal):
        return 0
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def places(table: Table, index: int) -> int:
    """Return the decimals that every number of a column is shown with."""
    column = table.columns[index]
    if column.kind is not Kind.DECIMAL or column.mixed:
        return column.places
    cells = [row[index] for row in table.rows]
    cells += [table.totals[index]] if table.totals is not None else []
    return max((column.places, *map(decimals, cells)))


def columns_of(table: Table) -> list[Column]:
    """Return the columns with the decimals that their values need."""
    return [dataclasses.replace(column, places=places(table, i)) for i, column in enumerate(table.columns)]


def heading(column: Column, words: Words) -> str:
    """Return a column's label with its unit."""
    return words.headed % {"label": column.label, "unit": column.unit} if column.unit else column.label


def texts(document: Document) -> Iterable[str]:
    """Yield every text of a document, so that its characters can be checked before it is printed."""
    yield from (text for text in _leaves(dataclasses.asdict(document)) if isinstance(text, str))


def fingerprint(document: Document) -> str:
    """Return the SHA-256 of what the document says, whenever it is issued: equal contents, equal prints."""
    content = dataclasses.replace(document, issued="", issued_at=None, seal="", landscape=False)
    text = json.dumps(dataclasses.asdict(content), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _leaves(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value
