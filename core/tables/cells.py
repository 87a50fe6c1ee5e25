"""A cell as it was read, whatever file it came from. Pure."""

from decimal import Decimal
from typing import NamedTuple

EXACT_DIGITS = 15  # a spreadsheet's number keeps no more


class Cell(NamedTuple):
    """What a cell holds: `kind` is text, number (its digits exactly), date (ISO) or error.

    `formula`: the value was counted by the workbook and is the one that was saved last.
    """

    text: str
    kind: str = "text"
    formula: bool = False

    @property
    def sure(self) -> str:
        """Return the text; of a number with more digits than it keeps, those alone that are not made up."""
        if self.kind == "number" and sum(map(str.isdigit, self.text)) > EXACT_DIGITS:
            return f"{Decimal(self.text):.{EXACT_DIGITS - 1}E}"
        return self.text


EMPTY = Cell("")
