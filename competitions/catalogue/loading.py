"""Bring the data files into the catalogue."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue import rules
from competitions.catalogue.data_files import Row
from competitions.catalogue.models import CatalogueEntry, TradeIndustry
from core import database
from core.audit import services as audit

BY_HAND = "by_hand"  # names what somebody has changed in the browser; loading leaves that alone
LINKS = "industries"  # among them: the industries of a trade
COLUMNS = ("code", "code_state", "name_zh", "name_en", "source", "parent_key", "position", "attributes")


class Loaded(NamedTuple):
    """What loading has done."""

    added: int
    changed: int
    links: int


def load(
    session: Session, rows: Iterable[Row], links: Sequence[tuple[str, str]], *, actor_id: int | None,
    now: datetime,
) -> Loaded:  # fmt: skip
    """Add new rows, let old ones follow their file, delete nothing; loading twice changes nothing.

    What was changed by hand stays as it is, and so does what was retired. Links are (trade, industry) keys.
    """
    database.lock(session, "catalogue")
    known = {(entry.kind, entry.key): entry for entry in session.scalars(select(CatalogueEntry))}
    added = changed = 0
    for row in rows:
        entry = known.get((row.kind, row.key))
        if entry is None:
            session.add(CatalogueEntry(kind=row.kind, key=row.key, **row.values))
            added += 1
        else:
            changed += _follow(entry, row.values)
    session.flush()
    done = Loaded(added, changed, _link(session, links))
    audit.record(
        session, "catalogue:load", actor_id=actor_id, subject="catalogue:all", now=now, detail=done._asdict()
    )
    return done


def kept_by_hand(entry: CatalogueEntry) -> frozenset[str]:
    """Return what somebody has changed about an entry in the browser."""
    return frozenset(entry.attributes.get(BY_HAND, []))


def _follow(entry: CatalogueEntry, values: dict[str, Any]) -> bool:
    kept = kept_by_hand(entry)
    if kept:
        values = values | {"attributes": values["attributes"] | {BY_HAND: sorted(kept)}}
    news = {name for name in COLUMNS if name not in kept and getattr(entry, name) != values[name]}
    for name in news:
        setattr(entry, name, values[name])
    return bool(news)


def _link(session: Session, links: Sequence[tuple[str, str]]) -> int:
    trades, industries = _ids(session, rules.TRADE), _ids(session, rules.INDUSTRY)
    wanted = {(trades[trade], industries[industry]) for trade, industry in links if trade in trades}
    new = wanted - {(row.trade_id, row.industry_id) for row in session.scalars(select(TradeIndustry))}
    session.add_all(TradeIndustry(trade_id=trade, industry_id=industry) for trade, industry in sorted(new))
    session.flush()
    return len(new)


def _ids(session: Session, kind: str) -> dict[str, int]:
    entries = session.scalars(select(CatalogueEntry).where(CatalogueEntry.kind == kind))
    return {entry.key: entry.id for entry in entries if LINKS not in kept_by_hand(entry)}
