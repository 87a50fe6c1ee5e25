"""Read the catalogue."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, or_, select
from sqlalchemy.orm import Session

from competitions.catalogue import rules
from competitions.catalogue.models import CatalogueEntry, TradeIndustry
from core.database import metadata

BY_HAND = "by hand"  # the source of what was entered in the browser
Entries = list[CatalogueEntry]


class Filter(NamedTuple):
    """What narrows a list of the catalogue."""

    kind: str
    text: str = ""
    retired: bool = False
    industry_id: int | None = None


def find_entry(session: Session, entry_id: int) -> CatalogueEntry | None:
    """Return the entry with this number."""
    return session.get(CatalogueEntry, entry_id)


def get_entry(session: Session, entry_id: int) -> CatalogueEntry:
    """Return the entry with this number, which the guard of the view has already seen."""
    return session.get_one(CatalogueEntry, entry_id)


def find_by_key(session: Session, kind: str, key: str) -> CatalogueEntry | None:
    """Return the entry of a list with this key."""
    return session.scalar(select(CatalogueEntry).filter_by(kind=kind, key=key))


def list_by_keys(session: Session, kind: str, keys: Collection[str]) -> dict[str, CatalogueEntry]:
    """Return the entries of a list with these keys."""
    statement = select(CatalogueEntry).where(CatalogueEntry.kind == kind, CatalogueEntry.key.in_(keys))
    return {entry.key: entry for entry in session.scalars(statement)}


def list_offered(session: Session, kind: str, keep: Collection[int | None] = ()) -> Entries:
    """Return what a form offers of a list: all but the retired ones, and those in `keep` in any case."""
    offered = or_(CatalogueEntry.retired_at.is_(None), CatalogueEntry.id.in_([n for n in keep if n]))
    statement = select(CatalogueEntry).where(CatalogueEntry.kind == kind, offered)
    return list(session.scalars(statement.order_by(CatalogueEntry.position, CatalogueEntry.id)))


def list_all(session: Session, kind: str) -> Entries:
    """Return a whole list, retired entries too: for filters, which also look into the past."""
    statement = select(CatalogueEntry).where(CatalogueEntry.kind == kind)
    return list(session.scalars(statement.order_by(CatalogueEntry.position, CatalogueEntry.id)))


def search(session: Session, wanted: Filter, *, offset: int = 0, limit: int = 50) -> Entries:
    """Return one page of the entries that fit, in the order of their list."""
    statement = _narrowed(select(CatalogueEntry), wanted).order_by(
        CatalogueEntry.position, CatalogueEntry.id
    )
    return list(session.scalars(statement.offset(offset).limit(limit)))


def count(session: Session, wanted: Filter) -> int:
    """Return how many entries fit."""
    return session.scalar(_narrowed(select(func.count()).select_from(CatalogueEntry), wanted)) or 0


def list_trades_of(session: Session, industry_ids: Collection[int]) -> Entries:
    """Return the trades of these industries that are offered."""
    statement = (
        select(CatalogueEntry)
        .where(
            CatalogueEntry.id.in_(
                select(TradeIndustry.trade_id).where(TradeIndustry.industry_id.in_(industry_ids))
            ),
            CatalogueEntry.retired_at.is_(None),
        )
        .order_by(CatalogueEntry.position, CatalogueEntry.id)
    )
    return list(session.scalars(statement))


def find_trades(session: Session, text: str) -> Entries:
    """Return the trades that a person may mean: with this code, exactly this name, or both written out."""
    code, _space, name = text.partition(" ")
    wanted = [CatalogueEntry.code == text, CatalogueEntry.name_zh == text, CatalogueEntry.name_en == text]
    if name:
        names = or_(CatalogueEntry.name_zh == name.strip(), CatalogueEntry.name_en == name.strip())
        wanted.append((CatalogueEntry.code == code) & names)
    found = select(CatalogueEntry).where(CatalogueEntry.kind == rules.TRADE, or_(*wanted))
    return list(session.scalars(found.order_by(CatalogueEntry.retired_at.is_not(None), CatalogueEntry.id)))


def list_near_trades(session: Session, text: str, limit: int = 3) -> Entries:
    """Return trades that hold a word of what was typed, or else two neighbouring characters of it."""
    words = text[:40].split()
    pairs = [text[place : place + 2] for place in range(min(len(text), 40) - 1)]
    for parts in (words, pairs):
        statement = select(CatalogueEntry).where(
            CatalogueEntry.kind == rules.TRADE,
            CatalogueEntry.retired_at.is_(None),
            or_(false(), *(_holds(part) for part in parts)),
        )
        found = list(session.scalars(statement.order_by(CatalogueEntry.position).limit(limit)))
        if found:
            return found
    return []


def list_industry_ids(session: Session, trade_id: int) -> list[int]:
    """Return the industries of a trade."""
    statement = select(TradeIndustry.industry_id).where(TradeIndustry.trade_id == trade_id)
    return list(session.scalars(statement))


def list_industries_of(session: Session, trade_ids: Collection[int]) -> dict[int, Entries]:
    """Return the industries of each of these trades."""
    rows = session.execute(
        select(TradeIndustry.trade_id, CatalogueEntry)
        .join(CatalogueEntry, CatalogueEntry.id == TradeIndustry.industry_id)
        .where(TradeIndustry.trade_id.in_(trade_ids))
        .order_by(CatalogueEntry.position)
    )
    found: dict[int, Entries] = {number: [] for number in trade_ids}
    for trade_id, industry in rows:
        found[trade_id].append(industry)
    return found


def count_uses(session: Session, entry_id: int) -> int:
    """Return how many rows of other tables refer to an entry, whichever packages own them."""
    total = 0
    for table in metadata.tables.values():
        if table.name == TradeIndustry.__tablename__:
            continue
        for column in table.columns:
            if any(key.column.table is CatalogueEntry.__table__ for key in column.foreign_keys):
                total += session.scalar(select(func.count()).where(column == entry_id)) or 0
    return total


def next_position(session: Session, kind: str) -> int:
    """Return the position after the last entry of a list."""
    last = session.scalar(select(func.max(CatalogueEntry.position)).where(CatalogueEntry.kind == kind))
    return (last or 0) + 1


def _narrowed(statement: Select, wanted: Filter) -> Select:
    statement = statement.where(
        CatalogueEntry.kind == wanted.kind,
        CatalogueEntry.retired_at.is_not(None) if wanted.retired else CatalogueEntry.retired_at.is_(None),
        *_words(wanted.text.split()),
    )
    if wanted.industry_id is not None:
        of_industry = select(TradeIndustry.trade_id).where(TradeIndustry.industry_id == wanted.industry_id)
        statement = statement.where(CatalogueEntry.id.in_(of_industry))
    return statement


def _words(words: Sequence[str]) -> list[ColumnElement[bool]]:
    return [_holds(word) for word in words]


def _holds(word: str) -> ColumnElement[bool]:
    columns = (CatalogueEntry.code, CatalogueEntry.name_zh, CatalogueEntry.name_en)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))
