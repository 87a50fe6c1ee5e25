"""Write the catalogue: add, change, retire, restore. Nothing is ever deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from competitions.catalogue import loading, queries, rules
from competitions.catalogue.models import CatalogueEntry, TradeIndustry
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused

WRONG_CODE = {rules.REGION: "REGION_CODE", rules.STANDARD_INDUSTRY: "INDUSTRY_CODE"}


class EntryValues(NamedTuple):
    """What an administrator says about an entry; the last two hold for a trade and for an industry."""

    name_zh: str
    name_en: str = ""
    code: str = ""
    source: str = ""
    industry_ids: tuple[int, ...] = ()
    standard_codes: tuple[str, ...] = ()


def add_entry(
    session: Session, kind: str, values: EntryValues, *, ref: str, actor_id: int | None, now: datetime
) -> CatalogueEntry:
    """Add an entry by hand; a trade without a code is a free trade (非大典).

    Shape: `ref` is fresh random text, of which the key of an entry without a code is made.
    Raises: Refused LIST_FIXED, NAME_TAKEN, SOURCE_MISSING, CODE_TAKEN, or what is wrong with the code.
    """
    database.lock(session, "catalogue")
    refusals = _refusals(session, kind, None, values)
    if kind in rules.FIXED_KINDS:
        refusals.append(Refusal("LIST_FIXED"))
    if refusals:
        raise Refused(*refusals)
    key = values.code or f"local-{ref[:12]}"
    entry = CatalogueEntry(
        kind=kind, key=key, code=values.code, code_state="sourced" if values.source else "pending",
        name_zh=values.name_zh, name_en=values.name_en, source=values.source or queries.BY_HAND,
        position=queries.next_position(session, kind), parent_key=_parent(session, kind, values.code) or "",
        attributes=rules.own_attributes(kind, key, values.code),
    )  # fmt: skip
    session.add(entry)
    session.flush()
    _set_links(session, entry, values)
    _record(session, "catalogue:add", entry, actor_id, now)
    return entry


def change_entry(
    session: Session, entry: CatalogueEntry, values: EntryValues, *, actor_id: int | None, now: datetime
) -> CatalogueEntry:
    """Change the names of an entry, name the source (and code) of a pending one, or link it anew.

    Raises: Refused NAME_TAKEN, CODE_FIXED, and the faults of a code.
    """
    database.lock(session, "catalogue")
    refusals = _refusals(session, entry.kind, entry, values)
    if refusals:
        raise Refused(*refusals)
    by_hand = {name for name in ("name_zh", "name_en") if getattr(entry, name) != getattr(values, name)}
    entry.name_zh, entry.name_en = values.name_zh, values.name_en
    by_hand |= _set_code(session, entry, values) | _set_links(session, entry, values)
    by_hand |= loading.kept_by_hand(entry)
    if by_hand:
        entry.attributes = entry.attributes | {loading.BY_HAND: sorted(by_hand)}
    session.flush()
    _record(session, "catalogue:change", entry, actor_id, now)
    return entry


def retire_entry(
    session: Session, entry: CatalogueEntry, *, actor_id: int | None, now: datetime
) -> CatalogueEntry:
    """Stop offering an entry; where it is in use it stays."""
    return _offer(session, entry, now, "catalogue:retire", actor_id, now)


def restore_entry(
    session: Session, entry: CatalogueEntry, *, actor_id: int | None, now: datetime
) -> CatalogueEntry:
    """Offer a retired entry again."""
    return _offer(session, entry, None, "catalogue:restore", actor_id, now)


def _offer(
    session: Session, entry: CatalogueEntry, until: datetime | None, action: str, actor_id: int | None,
    now: datetime,
) -> CatalogueEntry:  # fmt: skip
    """Say until when an entry is offered; None: without an end."""
    entry.retired_at = until
    session.flush()
    _record(session, action, entry, actor_id, now)
    return entry


def _refusals(
    session: Session, kind: str, entry: CatalogueEntry | None, values: EntryValues
) -> list[Refusal]:
    same = select(CatalogueEntry.id).where(
        CatalogueEntry.kind == kind, CatalogueEntry.name_zh == values.name_zh,
        CatalogueEntry.code == values.code, CatalogueEntry.id != (entry.id if entry else 0),
    )  # fmt: skip
    found = _standard_faults(session, values.standard_codes)
    if session.scalar(same.limit(1)) is not None:
        found.append(Refusal("NAME_TAKEN", "name_zh", {"name": values.name_zh}))
    if entry is not None and entry.code:
        return found + ([Refusal("CODE_FIXED", "code")] if values.code != entry.code else [])
    return found + (_code_faults(session, kind, values) if values.code else [])


def _code_faults(session: Session, kind: str, values: EntryValues) -> list[Refusal]:
    fault = rules.code_fault(kind, values.code)
    if fault is None and _parent(session, kind, values.code) is None:
        fault = WRONG_CODE.get(kind, "TRADE_CODE")
    if fault is not None:
        return [Refusal(fault, "code", {"code": values.code})]
    taken = session.scalar(select(CatalogueEntry).filter_by(kind=kind, code=values.code))
    if taken is not None:
        return [Refusal("CODE_TAKEN", "code", {"code": values.code, "name": taken.name_zh})]
    return [] if values.source else [Refusal("SOURCE_MISSING", "source")]


def _standard_faults(session: Session, codes: Sequence[str]) -> list[Refusal]:
    known = queries.list_by_keys(session, rules.STANDARD_INDUSTRY, codes)
    unknown = [code for code in codes if code not in known]
    return [Refusal("INDUSTRY_CODE", "standard_codes", {"code": code}) for code in unknown]


def _parent(session: Session, kind: str, code: str) -> str | None:
    above = rules.TRADE_GROUP if kind == rules.TRADE else kind
    keys = set(session.scalars(select(CatalogueEntry.key).where(CatalogueEntry.kind == above)))
    return rules.parent_of(kind, code, keys) if code else ""


def _set_code(session: Session, entry: CatalogueEntry, values: EntryValues) -> set[str]:
    """Give a pending entry its source, and its code where the list has codes."""
    coded = entry.kind in rules.CODED_KINDS
    if entry.code_state != "pending" or not values.source or (coded and not values.code):
        return set()
    entry.code_state, entry.source = "sourced", values.source
    if not coded:
        return {"code_state", "source"}
    entry.code, entry.parent_key = values.code, _parent(session, entry.kind, values.code) or ""
    entry.attributes = entry.attributes | rules.own_attributes(entry.kind, entry.key, values.code)
    return {"code_state", "source", "code", "parent_key", "attributes"}


def _set_links(session: Session, entry: CatalogueEntry, values: EntryValues) -> set[str]:
    """Say to which industries a trade belongs, or which codes of GB/T 4754 an industry spans."""
    if entry.kind == rules.INDUSTRY:
        codes = list(values.standard_codes)
        changed = entry.attributes.get("gbt4754", []) != codes
        entry.attributes = entry.attributes | {"gbt4754": codes}
        return {"attributes"} if changed else set()
    held = set(queries.list_industry_ids(session, entry.id))
    if entry.kind != rules.TRADE or held == set(values.industry_ids):
        return set()
    session.execute(delete(TradeIndustry).where(TradeIndustry.trade_id == entry.id))
    session.add_all(TradeIndustry(trade_id=entry.id, industry_id=number) for number in values.industry_ids)
    session.flush()
    return {loading.LINKS}


def _record(
    session: Session, action: str, entry: CatalogueEntry, actor_id: int | None, now: datetime
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"catalogue:{entry.id}", now=now,
        detail={"kind": entry.kind, "key": entry.key},
    )  # fmt: skip
