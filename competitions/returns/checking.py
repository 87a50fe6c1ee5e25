"""What is wrong with the figures of a union: each alone, together, and beside what stands around them."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from competitions.returns import computed, queries
from competitions.returns.figures import ADDITIVE, PLACES, from_json
from competitions.returns.models import ReturnPeriod, UnionReturn
from competitions.returns.rules import IMPOSSIBLE, Around, Fault, Figure, check, completed
from core.refusals import Refusal


def around(session: Session, period: ReturnPeriod, union_id: int) -> Around:
    """Return what the figures of a union are compared with."""
    below = queries.list_below(session, period, union_id)
    accepted = queries.accepted_figures(below)
    counted = computed.figures_of(session, union_id, period.first_day, period.last_day)
    last = queries.find_before(session, period, union_id)
    return Around(accepted, len(below) - len(accepted), counted, from_json(last.figures) if last else {})


def wrong(given: UnionReturn, surrounding: Around) -> list[Refusal]:
    """Return what stands between a return and its submission."""
    found = faults(from_json(given.figures), surrounding)
    return found if given.head else [Refusal("RETURN_HEAD", "head"), *found]


def faults(figures: Mapping[str, Figure], surrounding: Around) -> list[Refusal]:
    """Return what cannot be true of figures, or has to be answered, as STAT_LOGIC at the key of each."""
    whole = completed(figures, surrounding.below, ADDITIVE)
    return refusals(check(whole, surrounding, PLACES, ADDITIVE))


def refusals(found: Sequence[Fault]) -> list[Refusal]:
    """Return faults as refusals, each at the key of its figure."""
    return [
        Refusal("STAT_LOGIC", one.key, {"rule": one.rule, "key": one.key, **one.values}) for one in found
    ]


def refused_at_once(
    figures: Mapping[str, Figure], unread: Sequence[Refusal], surrounding: Around, *, anyway: bool = False
) -> list[Refusal]:
    """Return everything to be told of figures that cannot be kept; nothing where they can.

    Shape: `unread` are the STAT_LOGIC of texts that are no figures. What does not fit together is kept all
    the same and told later; where something else is refused (`anyway`) it is told with it.
    """
    unreadable = {one.where for one in unread}
    found = [one for one in faults(figures, surrounding) if one.where and one.where not in unreadable]
    if not (unread or anyway or any(one.params["rule"] in IMPOSSIBLE for one in found)):
        return []
    order = list(PLACES)
    return sorted([*unread, *found], key=lambda one: order.index(one.where))
