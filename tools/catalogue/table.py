"""The one form of a catalogue file: UTF-8, LF, no byte-order mark, the common columns first."""

import csv
import io
from collections.abc import Iterable, Sequence

COMMON = ("key", "code", "code_state", "name_zh", "name_en", "parent", "position", "source")


def read_rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text as dictionaries keyed by its header."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def to_csv(header: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """Return the CSV text of the rows; a missing column stays empty, an unknown one is an error."""
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
