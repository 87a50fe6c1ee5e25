"""Bring in a list of units: preview and import ask the same function; all of it is kept or nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.catalogue import rules as lists
from competitions.lists.table import Table
from competitions.organisations import queries
from competitions.organisations.contacts import At, add_contact
from competitions.organisations.imports import rows
from competitions.organisations.imports.rows import Known, KnownUnit, Proposal, plain
from competitions.organisations.models import Unit
from competitions.organisations.services import create_unit
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

MOST = 2000


class Asked(NamedTuple):
    """For which unions a list is brought: those that may be named, and the usual one.

    Shape: `managed` are their numbers; `top`: rows may stand below no union.
    """

    managed: frozenset[int]
    union_id: int | None
    top: bool


class NotImportable(Refused):
    """A list with errors; `proposal` says what stands against it."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__(*(Refusal(f.code, f"{f.field}:{f.row}", f.params) for f in proposal.faults))
        self.proposal = proposal


def propose(session: Session, table: Table, asked: Asked) -> Proposal:
    """Return what a list would add, and everything that is wrong with it.

    Raises: Refused UNIT_LIST_MOST.
    """
    if len(table.lines) > MOST:
        raise refuse("UNIT_LIST_MOST", "file", most=MOST, rows=len(table.lines))
    union = None
    if asked.union_id is not None:
        union = (asked.union_id, queries.list_union_names(session, [asked.union_id])[asked.union_id])
    return rows.propose(table, _known(session, asked), union or ((None, "") if asked.top else None))


def import_units(
    session: Session, table: Table, asked: Asked, source: tuple[str, str], *, actor_id: int, now: datetime
) -> int:
    """Add every unit of a list that is not there yet, or none; return how many were added.

    Shape: `source` is the name and the fingerprint of the file.
    Raises: NotImportable with the proposal, Refused UNIT_LIST_MOST, UNIT_LIST_NOTHING.
    """
    database.lock(session, "organisations")
    proposal = propose(session, table, asked)
    if proposal.faults:
        raise NotImportable(proposal)
    if not proposal.units:
        raise refuse("UNIT_LIST_NOTHING")
    for proposed in proposal.units:
        unit = create_unit(session, proposed.values, actor_id=actor_id, now=now)
        if proposed.contact is not None:
            add_contact(session, At(unit_id=unit.id), proposed.contact, actor_id=actor_id, now=now)
    record(session, "unit:import", source, len(proposal.units), actor_id=actor_id, now=now)
    return len(proposal.units)


def record(
    session: Session, action: str, source: tuple[str, str], units: int, *, actor_id: int, now: datetime
) -> None:
    """Record what became of a list of units."""
    filename, sha256 = source
    detail = {"file": filename, "sha256": sha256, "units": units}
    audit.record(session, action, actor_id=actor_id, subject="site:0", now=now, detail=detail)


def _known(session: Session, asked: Asked) -> Known:
    units = session.execute(select(Unit.name, Unit.credit_code, Unit.retired_at)).all()
    unions = queries.list_unions_by_id(session, asked.managed)
    return Known(
        unions=_by_name(unions, ("name", "name_en")),
        regions=_by_name(catalogue.list_offered(session, lists.REGION), ("name_zh", "name_en")),
        industries=_by_name(catalogue.list_offered(session, lists.INDUSTRY), ("name_zh", "name_en")),
        units={
            plain(row.name): KnownUnit(row.name, row.credit_code, row.retired_at is not None)
            for row in units
        },
        codes={row.credit_code: row.name for row in units if row.credit_code},
    )


def _by_name(things: Iterable[Any], names: tuple[str, ...]) -> Mapping[str, int]:
    known = ((getattr(thing, name), thing.id) for thing in things for name in names)
    return {plain(word): number for word, number in known if word}
