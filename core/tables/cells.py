"""A cell as it was read, whatever file it came from. Pure."""

from typing import NamedTuple


class Cell(NamedTuple):
    """What a cell holds: `kind` is text, number (its digits exactly), date (ISO) or error.

    `formula`: the value was counted by the workbook and is the one that was saved last.
    """

    text: str
    kind: str = "text"
    formula: bool = False


EMPTY = Cell("")
