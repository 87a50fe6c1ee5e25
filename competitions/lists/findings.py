"""What the check of a list finds in its rows. Pure."""

from typing import Any, NamedTuple


class Finding(NamedTuple):
    """What is wrong in a cell (or, `note`, what somebody should look at): code, field, value as shown."""

    code: str
    row: int
    field: str
    value: str
    params: dict[str, Any]
    note: bool = False
