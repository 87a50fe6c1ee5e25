"""Refusals: what a person can mend, as data; the words stand at the edge in both languages.

A service raises `Refused` with one or more refusals; a view shows their words at the form or as a page (409).
Each slice registers its words once with `register`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.texts import nested

_MESSAGES: dict[str, Any] = {}


@dataclass(frozen=True)
class Refusal:
    """One thing that is wrong: a stable code, where (field, row, place), and the values to name."""

    code: str
    where: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):
    """A step or an input that cannot be accepted as it is."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{refusal.code} {refusal.where}" for refusal in refusals))
        self.refusals = refusals


def refuse(code: str, where: str = "", **params: object) -> Refused:
    """Return a refusal ready to be raised."""
    return Refused(Refusal(code, where, params))


def register(messages: Mapping[str, Any]) -> None:
    """Add the sentences of a slice by code: lazily translated text, or a function of the refusal.

    Raises: ValueError for a code that another slice has given its words already.
    """
    twice = sorted(code for code in messages if _MESSAGES.get(code, messages[code]) is not messages[code])
    if twice:
        raise ValueError(f"refusal codes with two sentences: {', '.join(twice)}")
    _MESSAGES.update(messages)


def words(refusal: Refusal) -> str:
    """Return the sentence for one refusal in the language of the request."""
    message = _MESSAGES.get(refusal.code)
    if message is None:
        return f"{refusal.code} {dict(refusal.params)}"
    if callable(message):
        return str(message(refusal))
    return nested(str(message) % {"where": refusal.where, **refusal.params})
