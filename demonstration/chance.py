"""Numbers that look like chance and are always the same: a demonstration is no draw."""

import hashlib


def below(limit: int, *place: object) -> int:
    """Return a number from 0 to limit − 1 that the place alone decides."""
    text = "/".join(str(part) for part in place)
    return int.from_bytes(hashlib.sha256(f"demonstration/{text}".encode()).digest()[:8], "big") % limit


def between(least: int, most: int, *place: object) -> int:
    """Return a number from `least` to `most`; the middle is more likely than the ends."""
    width = most - least
    return least + (below(width + 1, *place, "a") + below(width + 1, *place, "b")) // 2


def halves(least: int, most: int, *place: object) -> str:
    """Return a mark in steps of 0.5 as exact text."""
    whole, half = divmod(between(2 * least, 2 * most, *place), 2)
    return f"{whole}.5" if half else str(whole)
