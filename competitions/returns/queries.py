"""Read periods and returns."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import User
from accounts.policy import SITE
from competitions.organisations import queries as organisations
from competitions.organisations.models import Union
from competitions.organisations.queries import Branch
from competitions.returns.figures import from_json
from competitions.returns.models import ReturnPeriod, ReturnStep, UnionReturn
from competitions.returns.rules import ACCEPTED, Figures, last_day_before, year_before

Scopes = Collection[tuple[str, int]]


class Standing(NamedTuple):
    """A union in the tree of a period, with its return where it has begun one."""

    union: Union
    depth: int
    given: UnionReturn | None


class Overview(NamedTuple):
    """A period with the state of each own union's return, and how many below have one in each state."""

    period: ReturnPeriod
    own: Sequence[tuple[Union, str | None]]
    below: Mapping[str, int]


def find_period(session: Session, ref: str) -> ReturnPeriod | None:
    """Return the period with this reference."""
    return session.scalar(select(ReturnPeriod).where(ReturnPeriod.ref == ref))


def list_periods(session: Session, scopes: Scopes) -> list[ReturnPeriod]:
    """Return the periods that concern unions in these scopes: opened there, or by a union above."""
    above = {
        number
        for kind, one in scopes if kind == "union"
        for number in organisations.list_ancestor_ids(session, one)
    }  # fmt: skip
    concerns = or_(organisations.within(ReturnPeriod.union_id, scopes), ReturnPeriod.union_id.in_(above))
    statement = select(ReturnPeriod).where(concerns).options(joinedload(ReturnPeriod.union))
    return list(session.scalars(statement.order_by(ReturnPeriod.last_day.desc(), ReturnPeriod.id.desc())))


def list_overview(session: Session, periods: Collection[ReturnPeriod], scopes: Scopes) -> list[Overview]:
    """Return of each period how far the own unions are, and how many below them are in which state."""
    unions = organisations.list_unions_by_id(session, _own(scopes))
    own = {one.id: organisations.list_ancestor_ids(session, one.id) for one in unions}
    begun = select(UnionReturn.period_id, UnionReturn.union_id, UnionReturn.state).where(
        UnionReturn.period_id.in_([one.id for one in periods]),
        organisations.within(UnionReturn.union_id, scopes),
    )
    states = {(row.period_id, row.union_id): row.state for row in session.execute(begun)}
    below: dict[int, Counter[str]] = defaultdict(Counter)
    for (period_id, union_id), state in states.items():
        if union_id not in own:
            below[period_id][state] += 1
    return [
        Overview(
            one,
            [(union, states.get((one.id, union.id))) for union in unions if one.union_id in own[union.id]],
            below[one.id],
        )
        for one in periods
    ]


def find_same(session: Session, union_id: int, first: date, last: date) -> ReturnPeriod | None:
    """Return the period for which a union asks already for the same days."""
    wanted = (
        ReturnPeriod.union_id == union_id, ReturnPeriod.first_day == first, ReturnPeriod.last_day == last,
        ReturnPeriod.withdrawn_at.is_(None),
    )  # fmt: skip
    return session.scalars(select(ReturnPeriod).where(*wanted).order_by(ReturnPeriod.id)).first()


def has_steps(session: Session, period: ReturnPeriod) -> bool:
    """Say whether a return of a period was ever submitted."""
    steps = select(ReturnStep.id).join(UnionReturn).where(UnionReturn.period_id == period.id)
    return session.scalar(select(steps.exists())) or False


def is_asked(session: Session, period: ReturnPeriod, union_id: int) -> bool:
    """Say whether a union belongs to a period: the one that has opened it, and all below."""
    return period.union_id in organisations.list_ancestor_ids(session, union_id)


def sees(session: Session, union_id: int, scopes: Scopes) -> bool:
    """Say whether a union stands in these scopes."""
    return bool({*organisations.union_path(session, union_id)} & {*scopes})


def find_return(session: Session, period: ReturnPeriod, union_id: int) -> UnionReturn | None:
    """Return the return of a union with its steps, once it has been begun."""
    wanted = (UnionReturn.period_id == period.id, UnionReturn.union_id == union_id)
    return session.scalar(select(UnionReturn).where(*wanted).options(selectinload(UnionReturn.steps)))


def find_before(session: Session, period: ReturnPeriod, union_id: int) -> UnionReturn | None:
    """Return the accepted return of a union for the same days a year ago, the one asked for last."""
    statement = (
        select(UnionReturn).join(UnionReturn.period)
        .where(
            UnionReturn.union_id == union_id, UnionReturn.state == ACCEPTED,
            ReturnPeriod.first_day == year_before(period.first_day),
            ReturnPeriod.last_day == last_day_before(period.last_day),
        )
        .order_by(ReturnPeriod.id.desc())
    )  # fmt: skip
    return session.scalars(statement.limit(1)).first()


def find_step(session: Session, given: UnionReturn, number: int) -> ReturnStep | None:
    """Return one step of a return."""
    return next((step for step in given.steps if step.number == number), None)


def list_standing(session: Session, period: ReturnPeriod, scopes: Scopes) -> list[Standing]:
    """Return the unions of a period that stand in these scopes, as a tree, each with its return."""
    given = {one.union_id: one for one in _returns(session, period)}
    tree = organisations.list_unions(session, [("union", period.union_id)])
    seen = _seen(session, period, tree, scopes)
    return [
        Standing(one.union, one.depth, given.get(one.union.id))
        for one in tree
        if one.union.id in seen and (one.union.retired_at is None or one.union.id in given)
    ]


def list_below(session: Session, period: ReturnPeriod, union_id: int) -> list[Standing]:
    """Return the unions directly below one, each with its return; out of use only where it has one."""
    given = {one.union_id: one for one in _returns(session, period)}
    found = [Standing(union, 1, given.get(union.id)) for union in organisations.list_below(session, union_id)]
    return [one for one in found if one.given is not None or one.union.retired_at is None]


def accepted_figures(below: Collection[Standing]) -> list[Figures]:
    """Return the figures of the accepted returns among these."""
    return [from_json(one.given.figures) for one in below if one.given and one.given.state == ACCEPTED]


def list_accepted(session: Session, scopes: Scopes) -> list[UnionReturn]:
    """Return every accepted return of unions in these scopes, the newest period first."""
    statement = (
        select(UnionReturn).join(UnionReturn.period)
        .where(UnionReturn.state == ACCEPTED, organisations.within(UnionReturn.union_id, scopes))
        .options(joinedload(UnionReturn.period), joinedload(UnionReturn.union))
    )  # fmt: skip
    return list(session.scalars(statement.order_by(ReturnPeriod.last_day.desc(), UnionReturn.union_id)))


def names_of(session: Session, given: UnionReturn) -> dict[int, str]:
    """Return who has taken the steps of a return."""
    ids = {step.by_id for step in given.steps if step.by_id is not None}
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(ids)))}


def _returns(session: Session, period: ReturnPeriod) -> list[UnionReturn]:
    return list(session.scalars(select(UnionReturn).where(UnionReturn.period_id == period.id)))


def _seen(
    session: Session, period: ReturnPeriod, tree: Collection[Branch], scopes: Scopes
) -> set[int]:
    """Return which unions of the tree stand in these scopes, each after the one above it."""
    if SITE in scopes or sees(session, period.union_id, scopes):
        return {one.union.id for one in tree}
    own, seen = {*_own(scopes)}, set[int]()
    for one in tree:
        if one.union.id in own or one.union.parent_id in seen:
            seen.add(one.union.id)
    return seen


def _own(scopes: Scopes) -> list[int]:
    return sorted(number for kind, number in scopes if kind == "union")
