"""What the forms of unions and units offer the signed-in user."""

from collections.abc import Iterable
from typing import Any

from wtforms.fields import SelectChoice

from accounts import policy
from accounts.guard import held_grants
from accounts.policy import SITE
from competitions.catalogue import queries as catalogue
from competitions.catalogue import rules as lists
from competitions.catalogue.naming import choices, name_of
from competitions.organisations import queries
from core.database import db

MANAGE = "organisation.manage"


def scopes(action: str) -> frozenset[tuple[str, int]]:
    """Return where the signed-in user may do this."""
    return policy.scopes_of(held_grants(), action)


def own_units() -> list[int] | None:
    """Return the units of a user who sees nothing but units, such as a registrar; None for all others."""
    seen = scopes("organisation.view")
    return sorted(number for _kind, number in seen) if {kind for kind, _number in seen} == {"unit"} else None


def at_the_top() -> bool:
    """Say whether the signed-in user may put things that stand below no union."""
    return SITE in scopes(MANAGE)


def unions(
    action: str = MANAGE, keep: int | None = None, *, retired: bool = False
) -> list[SelectChoice]:
    """Return the unions in use in which one may do this, as a tree, and `keep` in any case.

    `retired`: those out of use too, for filters, which also look into the past.
    """
    tree = queries.list_unions(db.session, scopes(action), retired=retired)
    offered = [SelectChoice(str(b.union.id), "　" * b.depth + name_of(b.union)) for b in tree]
    if keep is not None and str(keep) not in [choice.value for choice in offered]:
        offered.insert(0, SelectChoice(str(keep), name_of(queries.get_union(db.session, keep))))
    return offered


def managed_ids() -> frozenset[int]:
    """Return the unions that the signed-in user manages."""
    return frozenset(branch.union.id for branch in queries.list_unions(db.session, scopes(MANAGE)))


def entries(kind: str, keep: int | None) -> list[SelectChoice]:
    """Return what a list of the catalogue offers, and `keep` even if it is retired."""
    return choices(catalogue.list_offered(db.session, kind, [keep]))


def regions(keep: int | None) -> list[SelectChoice]:
    """Return provinces, each with its prefectures below it."""
    known = catalogue.list_offered(db.session, lists.REGION, [keep])
    names = {entry.key: name_of(entry) for entry in known}
    below: dict[str, list[SelectChoice]] = {}
    for entry in known:
        province = entry.parent_key or entry.key
        label = names.get(province, province)
        below.setdefault(province, []).append(SelectChoice(str(entry.id), name_of(entry), optgroup=label))
    return [choice for group in below.values() for choice in group]


def for_union(union: Any = None) -> dict[str, Iterable[SelectChoice]]:
    """Return what the form of a union offers."""
    return {
        "parent_id": unions(keep=union.parent_id if union else None),
        "national_union_id": entries(lists.NATIONAL_UNION, union.national_union_id if union else None),
        "region_id": regions(union.region_id if union else None),
    }


def for_unit(unit: Any = None) -> dict[str, Iterable[SelectChoice]]:
    """Return what the form of a unit offers."""
    return {
        "union_id": unions(keep=unit.union_id if unit else None),
        "region_id": regions(unit.region_id if unit else None),
        "industry_id": entries(lists.INDUSTRY, unit.industry_id if unit else None),
    }
