"""Read a JSON document strictly: every wrong, missing, repeated or unknown key becomes a finding of its own.

A `Node` stands for one JSON object. Its getters never raise: what is wrong is noted with a JSON pointer, a
neutral value is returned, and reading goes on, so that an organiser sees all mistakes at once.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Self, TypeVar

from scoring.rules.findings import SCHEME_FILE, Finding, Param, error
from scoring.rules.numbers import MOST_PLACES, parse_decimal

CODE = re.compile(r"[A-Za-z0-9_-]+")
LONGEST_WHOLE_NUMBER = 18
REQUIRED: Any = object()

T = TypeVar("T", bound=str)


class Repeating(dict[str, object]):
    """A JSON object in which some keys stood more than once."""

    repeated: tuple[str, ...] = ()


def load_document(text: str, name: str = SCHEME_FILE) -> tuple[object, list[Finding]]:
    """Return the document a JSON text states, or None and what is wrong with its form.

    Repeated keys stay known to `Node`; a decimal point, an exponent, NaN or a giant number is read as a
    float, which no getter accepts.
    """
    try:
        document = json.loads(text, object_pairs_hook=_pairs, parse_int=_whole_number)
    except json.JSONDecodeError as problem:
        return None, [error("FILE_FORMAT", "json", f"{name}:{problem.lineno}", column=problem.colno)]
    except RecursionError:
        return None, [error("FILE_FORMAT", "json_depth", name)]
    return document, []


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = Repeating(pairs)
    times = Counter(key for key, _ in pairs)
    found.repeated = tuple(sorted(key for key in times if times[key] > 1))
    return found


def _whole_number(text: str) -> int | float:
    return int(text) if len(text) <= LONGEST_WHOLE_NUMBER else float("inf")


def is_whole(value: object) -> bool:
    """Say whether a JSON value is a whole number; true and false are none."""
    return type(value) is int


def is_text(value: object) -> bool:
    """Say whether a JSON value is a text that can be written as UTF-8."""
    return isinstance(value, str) and not any("\ud800" <= letter <= "\udfff" for letter in value)


def shown(value: object) -> str:
    """Return a JSON value as a message may quote it; of a list or an object only that it is one."""
    if isinstance(value, list):
        return "[…]"
    if isinstance(value, dict):
        return "{…}"
    return value if isinstance(value, str) else json.dumps(value)


class Node:
    """One JSON object of the scheme, with its pointer and the list that collects the findings."""

    def __init__(self, value: object, pointer: str, findings: list[Finding]) -> None:
        self.pointer = pointer
        self.findings = findings
        self.seen: set[str] = set()
        self.is_object = isinstance(value, dict)
        self.values: dict[str, object] = dict(value) if isinstance(value, dict) else {}
        if not self.is_object:
            self.note("", "object")
        for key in getattr(value, "repeated", ()):
            self.note(key, "repeated_key")

    def at(self, key: str) -> str:
        """Return the JSON pointer of one key."""
        return f"{self.pointer}/{key.replace('~', '~0').replace('/', '~1')}" if key else self.pointer

    def note(self, key: str, variant: str, **params: Param) -> None:
        """Note that something about this key is against the rules."""
        where = f"{SCHEME_FILE}:{self.at(key)}"
        self.findings.append(Finding("SCHEME_INVALID", where, {"key": key, **params}, "error", variant))

    def note_inside(self, path: str, variant: str, **params: Param) -> None:
        """Note something below this node, by the rest of its pointer."""
        where = f"{SCHEME_FILE}:{self.pointer}/{path}"
        self.findings.append(Finding("SCHEME_INVALID", where, {"key": path, **params}, "error", variant))

    def has(self, key: str) -> bool:
        """Say whether the key is there, without marking it as read."""
        return key in self.values

    def take(self, key: str, default: object) -> tuple[object, bool]:
        """Return the raw value and whether it is there; a missing required key is noted."""
        self.seen.add(key)
        if key in self.values:
            return self.values[key], True
        if default is REQUIRED and self.is_object:
            self.note(key, "missing_key")
        return default, False

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        value, there = self.take(key, default)
        if there and not is_text(value):
            self.note(key, "text")
        return value if isinstance(value, str) else ""

    def label(self, key: str) -> str:
        """Return a text or a whole number as text, as keys for display may hold."""
        value, there = self.take(key, "")
        if there and not (is_text(value) or is_whole(value)):
            self.note(key, "text")
        return shown(value)

    def code(self, key: str = "code", pattern: re.Pattern[str] = CODE) -> str:
        """Return a code of letters, digits, `-` and `_`; a wrong one reads as an empty text."""
        value, there = self.take(key, REQUIRED)
        if there and not (isinstance(value, str) and pattern.fullmatch(value)):
            self.note(key, "code", value=shown(value))
        return value if isinstance(value, str) and pattern.fullmatch(value) else ""

    def decimal(self, key: str, default: str | None = REQUIRED, *, least: str | None = None) -> int | None:
        """Return a decimal in millionths; None where it is missing, wrong or below `least`."""
        value, there = self.take(key, default)
        number = parse_decimal(value) if isinstance(value, str) else None
        if there and number is None:
            self.note(key, "decimal", value=shown(value))
        lowest = parse_decimal(least) if least is not None else None
        if number is not None and lowest is not None and number < lowest:
            self.note(key, "least", value=shown(value), least=str(least))
            return None
        return number

    def amount(self, key: str, default: str = REQUIRED, *, least: str | None = None) -> int:
        """Return a decimal in millionths that has to be there or has a default; 0 stands for a wrong one."""
        return self.decimal(key, default, least=least) or 0

    def count(self, key: str, default: int = REQUIRED, *, least: int = 0) -> int:
        """Return a whole JSON number of at least `least`."""
        value, there = self.take(key, default)
        if not there:
            return default if is_whole(default) else least
        if not isinstance(value, int) or not is_whole(value):
            self.note(key, "whole_number", value=shown(value))
            return least
        if value < least:
            self.note(key, "least", value=value, least=least)
            return least
        return value

    def places(self) -> int | None:
        """Return the places of a rounding point; None carries the exact value."""
        value, _ = self.take("places", 2)
        if value is None or (isinstance(value, int) and is_whole(value) and 0 <= value <= MOST_PLACES):
            return value
        self.note("places", "places", value=shown(value))
        return None

    def choice(self, key: str, options: Sequence[T], default: T = REQUIRED) -> T:
        """Return one of a closed list of words."""
        value, there = self.take(key, default)
        for option in options:
            if value == option:
                return option
        if there:
            self.note(key, "choice", value=shown(value), options=", ".join(options))
        return options[0] if default is REQUIRED else default

    def flag(self, key: str, default: bool = REQUIRED) -> bool:
        """Return true or false."""
        value, there = self.take(key, default)
        if there and not isinstance(value, bool):
            self.note(key, "flag", value=shown(value))
        return value is True

    def items(self, key: str, *, least: int = 1) -> list[object]:
        """Return the raw items of a list of at least `least` items."""
        value, there = self.take(key, REQUIRED)
        if there and not isinstance(value, list):
            self.note(key, "list")
        elif isinstance(value, list) and len(value) < least:
            self.note(key, "too_few", least=least)
        return value if isinstance(value, list) else []

    def nodes(self, key: str, *, least: int = 1) -> list[Self]:
        """Return a list of objects as nodes."""
        items = self.items(key, least=least)
        kind, at = type(self), self.at(key)
        return [kind(item, f"{at}/{index}", self.findings) for index, item in enumerate(items)]

    def node(self, key: str) -> Self:
        """Return one object as a node; an empty one where the key is not there."""
        value, _ = self.take(key, {})
        return type(self)(value, self.at(key), self.findings)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self.values:
            if key not in self.seen:
                self.note(key, "unknown_key")

    def limits(self, default: str | None = None) -> tuple[int | None, int | None]:
        """Return the clamps `min` and `max` of a node; `default` stands for a `min` that is not given."""
        minimum, maximum = self.decimal("min", default), self.decimal("max", None)
        if minimum is not None and maximum is not None and minimum > maximum:
            self.note("max", "limits")
        return minimum, maximum


def note_repeated_codes(pairs: Iterable[tuple[Node, str]]) -> None:
    """Note every code that stood already before it in the same list."""
    seen: set[str] = set()
    for node, code in pairs:
        if code and code in seen:
            node.note("code", "repeated_code", value=code)
        seen.add(code)
