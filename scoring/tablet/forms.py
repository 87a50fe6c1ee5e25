"""Read what the judge's app sends: strictly, every field named, nothing more."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core import canonical
from core.refusals import refuse
from scoring.sheets import signatures
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from scoring.sheets.signatures import Signature

OPERATION_ID = re.compile(r"[0-9A-Za-z-]{8,64}")
REFERENCE = re.compile(r"[0-9a-f]{32}")
DIGEST = re.compile(r"[0-9a-f]{64}")
BATCH_FIELDS = frozenset({"judge", "device", "operations"})
FIELDS = frozenset({"op_id", "sheet", "base", "kind", "marks", "device_time"})
KINDS = {"save": FIELDS, "sign": FIELDS | {"signature"}}
SIGNATURE_FIELDS = frozenset({"hash", "strokes", "proof", "reason"})
LONGEST_REASON = 300
LONGEST_VALUE = 40
MOST_MARKS = 500
MOST_OPERATIONS = 100


@dataclass(frozen=True)
class Batch:
    """What a tablet sends at once; each operation is read by itself, so that a bad one spoils no other."""

    judge: str
    device: str
    operations: Sequence[Any]


def read_batch(text: str) -> Batch:
    """Return the batch that a request states.

    Shape: {"judge": text, "device": text, "operations": [1 to 100 operations]}.
    Raises: Refused REQUEST_FORM for anything else.
    """
    try:
        document = canonical.loads(text)
    except (ValueError, RecursionError) as fault:
        raise refuse("REQUEST_FORM") from fault
    if not isinstance(document, dict) or set(document) != BATCH_FIELDS:
        raise refuse("REQUEST_FORM")
    judge, device, operations = document["judge"], document["device"], document["operations"]
    listed = isinstance(operations, list) and 0 < len(operations) <= MOST_OPERATIONS
    if not listed or not _is_text(judge, LONGEST_VALUE) or not _is_text(device, LONGEST_VALUE):
        raise refuse("REQUEST_FORM")
    return Batch(judge, device, operations)


def read_operation(stated: Any, device: str) -> tuple[str, SheetOperation]:
    """Return the kind of one operation, and the operation.

    Shape: {"op_id": text, "sheet": reference, "base": whole number, "kind": "save" or "sign",
    "marks": [[aspect, attempt, value], …], "device_time": text}; a signature brings no marks but
    "signature": {"hash": of the marks it is for, "strokes": its drawing, "proof": of the PIN,
    "reason": of whoever was asked to look again}.
    Raises: Refused REQUEST_FORM for anything else.
    """
    kind = stated.get("kind") if isinstance(stated, dict) else None
    if not isinstance(kind, str) or kind not in KINDS or set(stated) != KINDS[kind]:
        raise refuse("REQUEST_FORM")
    if not _is_text(stated["device_time"], 40) or (kind == "sign" and stated["marks"] != []):
        raise refuse("REQUEST_FORM")
    operation = SheetOperation(
        operation_id=_matched(OPERATION_ID, stated["op_id"]),
        sheet_ref=_matched(REFERENCE, stated["sheet"]),
        base=_base(stated["base"]),
        marks={} if kind == "sign" else _marks(stated["marks"]),
        device_time=stated["device_time"],
        device=device,
        signature=_signature(stated["signature"]) if kind == "sign" else None,
    )
    return kind, operation


def _signature(stated: Any) -> Signature:
    if not isinstance(stated, dict) or set(stated) != SIGNATURE_FIELDS:
        raise refuse("REQUEST_FORM")
    if not signatures.fits(stated["strokes"]):
        raise refuse("REQUEST_FORM")
    proof = stated["proof"] and _matched(DIGEST, stated["proof"])
    strokes = tuple(tuple(stroke) for stroke in stated["strokes"])
    if not _is_text(stated["reason"], LONGEST_REASON):
        raise refuse("REQUEST_FORM")
    return Signature(_matched(DIGEST, stated["hash"]), strokes, proof or "", stated["reason"].strip())


def _matched(form: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or form.fullmatch(value) is None:
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
