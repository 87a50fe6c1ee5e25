"""A cell as it was read, whatever file it came from. Pure."""

from typing import NamedTuple


class Cell(NamedTuple):
    """What a cell holds: `kind` is text, number (its digits exactly), date (ISO) or error."""

    text: str
    kind: str = "text"


EMPTY = Cell("")
