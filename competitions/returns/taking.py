"""What a person may take over into figures that are still empty; nothing comes in by itself."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from competitions.returns.figures import ADDITIVE, PLACES
from competitions.returns.rules import Around, Figure, added

SOURCES = ("below", "computed")


def offered(surrounding: Around, source: str) -> dict[str, Figure]:
    """Return what a source offers: what may be added of the returns `below`, or what is `computed`.

    A computed 0 is not offered: it says as well that nothing was recorded. Nor is what is less than a return
    below says: contests were held there that are not recorded here.
    """
    complete = not surrounding.missing
    if source == "computed":
        return {
            key: Figure(Decimal(one), "=", complete) for key, one in surrounding.computed.items()
            if one and one >= _most_below(surrounding, key)
        }  # fmt: skip
    sums = {key: added(part[key] for part in surrounding.below if key in part) for key in PLACES}
    return {
        key: replace(one, complete=one.complete and complete)
        for key, one in sums.items() if one is not None and key in ADDITIVE
    }  # fmt: skip


def _most_below(surrounding: Around, key: str) -> Decimal:
    values = (part[key].value for part in surrounding.below if key in part)
    return max((value for value in values if value is not None), default=Decimal(0))


def taken_over(
    figures: Mapping[str, Figure], surrounding: Around, source: str, unread: Collection[str] = ()
) -> dict[str, Figure]:
    """Return what a source offers for the empty figures, with the remarks that stand there.

    `unread`: the keys of figures where something stands that is no number; they are not empty.
    """
    found = offered(surrounding, source)
    return {
        key: replace(one, remark=figures.get(key, Figure()).remark)
        for key, one in found.items() if key not in unread and _is_empty(figures.get(key, Figure()))
    }  # fmt: skip


def counts(
    figures: Mapping[str, Figure], surrounding: Around, unread: Collection[str] = ()
) -> dict[str, int]:
    """Return how many empty figures each source would fill, without those that would fill none."""
    found = {source: len(taken_over(figures, surrounding, source, unread)) for source in SOURCES}
    return {source: count for source, count in found.items() if count}


def _is_empty(one: Figure) -> bool:
    return one.value is None and one.own is None
