"""Which of many units may be registered twice. Pure."""

from collections.abc import Iterable

from competitions.organisations.rules import core_of


def groups(units: Iterable[tuple[int, str]]) -> list[list[int]]:
    """Return the numbers of units whose names say the same beside their legal form, two or more together."""
    alike: dict[str, list[int]] = {}
    for number, name in units:
        alike.setdefault(core_of(name), []).append(number)
    return [sorted(numbers) for numbers in alike.values() if len(numbers) > 1]


def pair(first: int, second: int) -> tuple[int, int]:
    """Return two numbers in the order in which pairs are kept."""
    return min(first, second), max(first, second)
