"""Chance that can be repeated: what is made comes from its number alone."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of whole numbers from a seed, the same on every Python and every machine."""

    def __init__(self, seed: int) -> None:
        """Start the stream of one seed."""
        self.seed = seed
        self.block = 0
        self.pool: list[int] = []

    def roll(self, sides: int) -> int:
        """Return a whole number from 0 to `sides` - 1."""
        if not self.pool:
            digest = hashlib.sha256(f"{self.seed}/{self.block}".encode()).digest()
            self.block += 1
            self.pool = [int.from_bytes(digest[at : at + 2], "big") for at in range(0, 32, 2)]
        return self.pool.pop() * sides // 65536

    def chance(self, percent: int) -> bool:
        """Say yes in so many of a hundred cases."""
        return self.roll(100) < percent

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        return low + self.roll(high - low + 1)

    def pick(self, things: Sequence[T]) -> T:
        """Return one of the things."""
        return things[self.roll(len(things))]

    def some(self, things: Sequence[T], percent: int) -> list[T]:
        """Return each of the things with so much chance."""
        return [thing for thing in things if self.chance(percent)]

    def maybe(self, percent: int, key: str, values: Sequence[object]) -> dict[str, object]:
        """Return one key with one of the values, or nothing."""
        return {key: self.pick(values)} if self.chance(percent) else {}
