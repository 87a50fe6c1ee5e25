"""Numbers as spreadsheets hold them, exactly. Pure."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from scoring.rules.numbers import ONE

NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?(e-[0-9]{1,2})?", re.IGNORECASE)
NOISE = Decimal("0.000000001")
STEP = Decimal("0.000001")


def amount_of(text: str) -> int | None:
    """Return the number a cell states, in millionths, or None.

    A spreadsheet keeps 0.1 + 0.2 as 0.30000000000000004: such noise is no decimal that somebody wrote.
    """
    tidy = unicodedata.normalize("NFKC", text).strip()
    if not NUMBER.fullmatch(tidy):
        return None
    number = Decimal(tidy)
    exact = number.quantize(STEP, ROUND_HALF_UP)
    return int(exact * ONE) if abs(number - exact) <= NOISE else None
