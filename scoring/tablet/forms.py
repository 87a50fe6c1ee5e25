"""Read what the judge's page sends: strictly, every field named, nothing more."""

import re
from collections.abc import Mapping
from typing import Any

from core import canonical
from core.refusals import refuse
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation

OPERATION_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
VERSION = re.compile(r"[0-9]{1,9}")
FIELDS = frozenset({"op_id", "base", "marks", "device_time"})
LONGEST_VALUE = 40
MOST_MARKS = 500


def read_operation(text: str, sheet_ref: str) -> SheetOperation:
    """Return the operation that a request states.

    Shape: {"op_id": text, "base": whole number, "marks": [[aspect, attempt, value], …], "device_time": text}.
    Raises: Refused REQUEST_FORM for anything else.
    """
    try:
        document = canonical.loads(text)
    except (ValueError, RecursionError) as fault:
        raise refuse("REQUEST_FORM") from fault
    if not isinstance(document, dict) or set(document) != FIELDS or not _is_text(document["device_time"], 40):
        raise refuse("REQUEST_FORM")
    return SheetOperation(
        operation_id=_operation_id(document["op_id"]),
        sheet_ref=sheet_ref,
        base=_base(document["base"]),
        marks=_marks(document["marks"]),
        device_time=document["device_time"],
    )


def read_signature(form: Mapping[str, str], sheet_ref: str) -> SheetOperation:
    """Return the signature that a form states: its operation id and the version of the sheet that was seen.

    Raises: Refused SIGNATURE_FORM for anything else.
    """
    operation, base = form.get("op_id", ""), form.get("base", "")
    if not OPERATION_ID.fullmatch(operation) or not VERSION.fullmatch(base):
        raise refuse("SIGNATURE_FORM")
    return SheetOperation(operation_id=operation, sheet_ref=sheet_ref, base=int(base))


def _operation_id(value: object) -> str:
    if not isinstance(value, str) or OPERATION_ID.fullmatch(value) is None:
        raise refuse("REQUEST_FORM")
    return value


def _base(value: object) -> int:
    if type(value) is not int or not 0 <= value < 2**31:
        raise refuse("REQUEST_FORM")
    return value


def _marks(value: Any) -> Mapping[MarkKey, str]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_MARKS:
        raise refuse("REQUEST_FORM")
    found = {_key(row): row[2] for row in value}
    if len(found) != len(value):
        raise refuse("REQUEST_FORM")
    return found


def _key(row: Any) -> MarkKey:
    fits = isinstance(row, list) and len(row) == 3 and type(row[1]) is int and abs(row[1]) < 2**31
    if not fits or not _is_text(row[0], LONGEST_VALUE) or not _is_text(row[2], LONGEST_VALUE):
        raise refuse("REQUEST_FORM")
    return MarkKey(row[0], row[1])


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest and value.isprintable()
