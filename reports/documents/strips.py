"""Lay strips of a document on pages: what belongs together stays together, and a table's head is repeated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reports.documents.pen import Pen

SHORT = 210.0  # points: under half of what a page of A4 across holds
WITH_END = 3  # strips that go with the end of a document
Draw = Callable[[Pen, float, float], None]  # pen, left edge, upper edge (points from the lower left corner)


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a page over its whole width.

    `keep` holds it on the page of the next strip; `head` is repeated above it when it begins a page.
    """

    height: float
    draw: Draw
    keep: bool = False
    head: "Strip | None" = None


def gap(height: float) -> Strip:
    """Return empty room, which falls away at the top of a page."""
    return Strip(height, _nothing)


def whole(strips: Sequence[Strip], most: float = SHORT) -> list[Strip]:
    """Return strips that stay on one page together if they are short enough for that."""
    if sum(strip.height for strip in strips) > most:
        return list(strips)
    return [*(replace(strip, keep=True) for strip in strips[:-1]), *strips[-1:]]


def ended(strips: Sequence[Strip], end: Sequence[Strip], page: float) -> list[Strip]:
    """Return strips and what ends a document, with which the last of them go: never is it on a page alone.

    Where they would not fit on a page together, it follows them as anything else does.
    """
    last = [replace(strip, keep=True) for strip in strips[-WITH_END:]]
    together = [*strips[:-WITH_END], *last, *end]
    tall = sum(strip.height for strip in _groups(together)[-1])
    return together if tall <= page else [*strips, *end]


def paginate(strips: Sequence[Strip], first: float, other: float) -> list[list[Strip]]:
    """Return the strips by page; `first` is the room on the first page, `other` on each further one.

    A strip higher than a page stands on a page of its own.
    """
    pages: list[list[Strip]] = [[]]
    left = first
    for group in _groups(strips):
        need = sum(strip.height for strip in group)
        if pages[-1] and need > left:
            pages.append([])
            left = other
            head = group[0].head
            group = ([head] if head is not None and head is not group[0] else []) + _without_gaps(group)
            need = sum(strip.height for strip in group)
        pages[-1] += group
        left -= need
    return pages


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    groups: list[list[Strip]] = []
    open_group = False
    for strip in strips:
        if open_group:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        open_group = strip.keep
    return groups


def _without_gaps(group: list[Strip]) -> list[Strip]:
    kept = list(group)
    while kept and kept[0].draw is _nothing:
        kept.pop(0)
    return kept


def _nothing(pen: Pen, left: float, top: float) -> None:
    """Draw nothing."""
