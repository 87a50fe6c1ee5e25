"""What a declared contest says, decided. Pure.

Source: docs/statistics.md: declared and computed figures stand apart and are never added.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

# The figures of one contest, by the keys of the dictionary of indicators.
KEYS = ("C02", "C04", "C05", "C06", "C07", "C09", "C14a", "C14b", "C15")
FIRST_YEAR, LAST_YEAR = 1949, 2100
WINNERS_MOST, PART_MOST, SOURCE_MOST, REASON_MOST, FILES_MOST = 200, 80, 600, 500, 10
PARTS = re.compile(r"[,，、;；\t|]")

Winner = tuple[str, str, str]


class DeclaredValues(NamedTuple):
    """What is said of a contest besides its figures and its winners."""

    union_id: int
    name: str
    kind_id: int
    level_id: int
    starts_on: date
    ends_on: date
    trade: str = ""
    host: str = ""
    source: str = ""


def read_winners(lines: Sequence[str]) -> tuple[list[Winner], list[int]]:
    """Return the winners that lines name (award, name, unit; the unit may be missing) and the wrong lines.

    Shape: lines are numbered from 1; commas of either script, semicolons and tabs part them.
    """
    found, wrong = [], []
    for number, line in enumerate(lines, start=1):
        parts = [part for part in map(str.strip, PARTS.split(line)) if part]
        if 2 <= len(parts) <= 3 and all(len(part) <= PART_MOST for part in parts):
            found.append((parts[0], parts[1], parts[2] if len(parts) == 3 else ""))
        else:
            wrong.append(number)
    return found, wrong


def days_faults(starts: date, ends: date, today: date) -> list[tuple[str, str]]:
    """Return (field, code) for days that cannot be: what is declared has been held."""
    if ends < starts:
        return [("ends_on", "DECLARED_DAYS")]
    return [("ends_on", "DECLARED_AHEAD")] if ends > today else []
