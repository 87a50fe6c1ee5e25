"""The own trade of each row's person: a trade of the catalogue, by its name or its code.

Whether it is one that the event asks for is a rule of entry, judged with the others.
"""

import difflib
from collections.abc import Collection

from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.catalogue.naming import name_of, trade_words
from competitions.catalogue.rules import TRADE
from competitions.eligibility.rules.checks import Trade
from competitions.entries import rules
from competitions.entries.labels import listed
from competitions.entries.models import EntryMember
from competitions.entries.work import Work
from competitions.events.queries import get_event

NEAR_NAMES, NEAR_CUTOFF, NEAR_LOOKED_FOR = 3, 0.5, 40


def own_trade(member: EntryMember) -> Trade | None:
    """Return the trade of somebody in an entry, as it was at the time of entry."""
    return Trade(member.trade.id, name_of(member.trade)) if member.trade is not None else None


def resolve_trades(work: Work) -> None:
    """Find the own trades that rows name; for an unknown one, offer the names most like it."""
    said = {rules.same_text(row.person.trade) for row in work.rows} - {""}
    if not said:
        return
    known = _known(work.session)
    unknown = sorted(said - known.keys())
    near = dict.fromkeys(unknown, "") | {plain: _near(plain, known) for plain in unknown[:NEAR_LOOKED_FOR]}
    for row in work.rows:
        plain = rules.same_text(row.person.trade)
        if plain in near:
            work.fault("TRADE_UNKNOWN", row, "trade", row.person.trade, near=near[plain])
        elif plain:
            work.trades[row.row] = known[plain]


def refuse_other_events(work: Work) -> None:
    """Refuse rows that say they are for another event: its name and its trade name this one."""
    if not any(row.event for row in work.rows):
        return
    event = get_event(work.session, work.asked.event_id)
    own = {rules.same_text(name) for name in (event.name, event.name_en) if name}
    own |= set(_names_of(event.trade)) if event.trade is not None else set()
    for row in work.rows:
        if row.event and rules.same_text(row.event) not in own:
            work.fault("EVENT_OTHER", row, "event", row.event, own=name_of(event))


def _known(session: Session) -> dict[str, Trade]:
    """Return the trades of the catalogue by their plain names and codes."""
    return {
        name: Trade(trade.id, name_of(trade))
        for trade in catalogue.list_all(session, TRADE)
        for name in _names_of(trade)
    }


def _names_of(trade: object) -> list[str]:
    given = [getattr(trade, name) for name in ("name_zh", "name_en", "code")]
    return [rules.same_text(name) for name in (*given, trade_words(trade)) if name]


def _near(plain: str, known: dict[str, Trade]) -> str:
    found: Collection[str] = difflib.get_close_matches(plain, known, NEAR_NAMES, NEAR_CUTOFF)
    return listed(dict.fromkeys(known[name].name for name in found))
