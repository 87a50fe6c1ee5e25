"""The tree of unions as a page shows it: whole while it is small, otherwise opened along one branch."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.organisations.models import Union, Unit
from competitions.organisations.queries import Scopes, within

WHOLE = 60  # a tree of so many unions is shown whole
MOST_FOUND = 100


class Row(NamedTuple):
    """A union where it stands: with its units, those of all unions below it too, and how many stand below.

    `opened` says whether those below are shown; `above` names the unions above, nearest last, in a search.
    """

    union: Union
    depth: int
    units: int
    all_units: int
    below: int
    opened: bool = True
    above: tuple[Union, ...] = ()


class Tree:
    """The unions that somebody may see, as they belong to each other, with the units in use of each."""

    def __init__(self, unions: Iterable[Union], units: dict[int, int]) -> None:
        self.unions = {union.id: union for union in unions}
        self.units, self.all_units = units, dict(units)
        self.below: dict[int | None, list[Union]] = {}
        for union in self.unions.values():
            parent = union.parent_id if union.parent_id in self.unions else None
            self.below.setdefault(parent, []).append(union)
        self.order = list(self._walk(None, 0))
        for union, _depth in reversed(self.order):
            if union.parent_id in self.unions:
                counted = self.all_units.get(union.parent_id, 0) + self.all_units.get(union.id, 0)
                self.all_units[union.parent_id] = counted

    @property
    def whole(self) -> bool:
        """Say whether the tree is small enough to be shown whole."""
        return len(self.unions) <= WHOLE

    def rows(self, open_id: int | None) -> list[Row]:
        """Return the rows of the page: all of a small tree, otherwise the branch down to one union."""
        opened = {union.id for union in self.above(open_id)} | {open_id}
        tops = self.below.get(None, [])
        if open_id not in self.unions and len(tops) == 1:
            opened = {tops[0].id}
        return [
            self._row(union, depth, union.id in opened)
            for union, depth in self.order
            if self.whole or depth == 0 or union.parent_id in opened
        ]

    def search(self, text: str) -> list[Row]:
        """Return the unions whose names hold each word, with what stands above them."""
        words = text.casefold().split()
        found = [
            union for union, _depth in self.order
            if all(word in f"{union.name} {union.name_en}".casefold() for word in words)
        ]  # fmt: skip
        return [self._row(union, 0, False, self.above(union.id)) for union in found[:MOST_FOUND]]

    def above(self, union_id: int | None) -> tuple[Union, ...]:
        """Return the unions above one, as far as they are seen, the highest first."""
        found: list[Union] = []
        union = self.unions.get(union_id or 0)
        while union is not None and (union := self.unions.get(union.parent_id or 0)) is not None:
            found.insert(0, union)
        return tuple(found)

    def _row(self, union: Union, depth: int, opened: bool, above: tuple[Union, ...] = ()) -> Row:
        units, all_units = self.units.get(union.id, 0), self.all_units.get(union.id, 0)
        return Row(union, depth, units, all_units, len(self.below.get(union.id, [])), opened, above)

    def _walk(self, parent_id: int | None, depth: int) -> Iterable[tuple[Union, int]]:
        for union in self.below.get(parent_id, []):
            yield union, depth
            yield from self._walk(union.id, depth + 1)


def read_tree(session: Session, scopes: Scopes) -> Tree:
    """Return the unions in these scopes; two statements, however many they are."""
    counted = select(Unit.union_id, func.count()).where(Unit.retired_at.is_(None)).group_by(Unit.union_id)
    units = {number: count for number, count in session.execute(counted) if number is not None}
    unions = session.scalars(select(Union).where(within(Union.id, scopes)).order_by(Union.name, Union.id))
    return Tree(unions, units)
