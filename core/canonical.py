"""Canonical JSON: the same value always gives the same bytes (a subset of RFC 8785 without floats)."""

import hashlib
import json
from typing import Any

# json.dumps would make one for every call.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
JsonValue = dict[str, Any] | list[Any] | str | int | bool | None


def dumps(value: object) -> str:
    """Return compact JSON with sorted keys.

    Raises: TypeError for a float, because marks and counts are never binary fractions.
    """
    _refuse_floats(value)
    return _ENCODER.encode(value)


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON in hexadecimal."""
    return hashlib.sha256(dumps(value).encode()).hexdigest()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("canonical JSON holds no binary floats")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError("canonical JSON has text keys only")
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)


def loads(text: str) -> Any:
    """Read JSON strictly: no floats, no NaN, no key given twice.

    Raises: ValueError with the reason.
    """
    return json.loads(
        text,
        parse_float=_refuse_number,
        parse_constant=_refuse_number,
        object_pairs_hook=_unique_keys,
    )


def _refuse_number(text: str) -> None:
    raise ValueError(f"not an exact number: {text[:40]}")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found
