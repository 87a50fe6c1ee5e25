"""Where a request about returns happens; what somebody may not see is not there."""

from typing import Any

from accounts import policy
from accounts.guard import Where, held_grants
from competitions.organisations.queries import find_union, union_path
from competitions.returns import queries
from competitions.returns.models import ReturnPeriod
from core.database import db

VIEW, FILL, DECIDE, OPEN = "return.view", "return.fill", "return.decide", "return.open"


def scopes() -> frozenset[tuple[str, int]]:
    """Return where the signed-in user sees returns."""
    return policy.scopes_of(held_grants(), VIEW)


def period_place(ref: str, **_others: Any) -> Where | None:
    """Return where a period concerns the signed-in user: where it was opened, or the own union below."""
    period = queries.find_period(db.session, ref)
    if period is None:
        return None
    if queries.sees(db.session, period.union_id, scopes()):
        return Where(union_path(db.session, period.union_id))
    own = sorted(number for kind, number in scopes() if kind == "union")
    concerned = [number for number in own if queries.is_asked(db.session, period, number)]
    return Where(union_path(db.session, concerned[0])) if concerned else None


def opening_place(ref: str, **_others: Any) -> Where | None:
    """Return where a period was opened, for whoever sees the returns of that union."""
    period = queries.find_period(db.session, ref)
    if period is None or not queries.sees(db.session, period.union_id, scopes()):
        return None
    return Where(union_path(db.session, period.union_id))


def return_place(ref: str, union_id: int, **_others: Any) -> Where | None:
    """Return where the return of a union stands; None unless the user sees the union's returns."""
    period = _asked(ref, union_id)
    if period is None or not queries.sees(db.session, union_id, scopes()):
        return None
    return Where(union_path(db.session, union_id))


def deciding_place(ref: str, union_id: int, **_others: Any) -> Where | None:
    """Return where a return is decided: at the union above, or where the period was opened at its top."""
    period, place = _asked(ref, union_id), return_place(ref, union_id)
    if period is None or place is None:
        return None
    return place if period.union_id == union_id else Where(place.path[1:])


def _asked(ref: str, union_id: int) -> ReturnPeriod | None:
    period = queries.find_period(db.session, ref)
    if period is None or find_union(db.session, union_id) is None:
        return None
    return period if queries.is_asked(db.session, period, union_id) else None
