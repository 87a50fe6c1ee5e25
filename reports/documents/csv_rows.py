"""Write rows as CSV that Excel reads as UTF-8 and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import IO

from reports.documents.cells import heading
from reports.documents.model import Cell, Column, Words
from reports.documents.sheet_text import csv_text


def write_csv(
    target: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[Cell]], words: Words
) -> int:
    """Write rows to an open file and return their number; what would be run gets an apostrophe before it."""
    text = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([csv_text(heading(column, words)) for column in columns])
    count = 0
    for row in rows:
        count += 1
        writer.writerow([csv_text(value) if isinstance(value, str) else plain(value) for value in row])
    text.flush()
    text.detach()
    return count


def plain(value: Cell) -> str | int | None:
    """Return a value for a file that programs read: full decimals without grouping, ISO dates."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
