"""Whether each row is for the trade of the event, where a list says for which trade it is."""

import difflib
from collections.abc import Mapping

from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.entries import rules
from competitions.entries.labels import listed
from competitions.entries.work import Work
from competitions.events.queries import get_event

NEAR_NAMES, NEAR_CUTOFF = 3, 0.5


def check_trades(work: Work) -> None:
    """Refuse rows for another trade than the event's; for an unknown one, offer the names most like it."""
    said = {row.row: row.trade for row in work.rows if row.trade}
    if not said:
        return
    event = get_event(work.session, work.asked.event_id)
    own = {name: event.name for name in _names_of(event.trade, event.name)}
    known = _known(work.session)
    own_word = event.trade.name_zh if event.trade is not None else event.name
    for row in work.rows:
        plain = rules.same_text(row.trade)
        if not plain or plain in own:
            continue
        if plain in known:
            work.fault("TRADE_OTHER", row, "trade", row.trade, own=own_word)
            continue
        near = difflib.get_close_matches(plain, [*own, *known], NEAR_NAMES, NEAR_CUTOFF)
        words = dict.fromkeys(known.get(name, own_word) for name in near)
        work.fault("TRADE_UNKNOWN", row, "trade", row.trade, own=own_word, near=listed(words))


def _known(session: Session) -> Mapping[str, str]:
    """Return the trades of the catalogue by their plain names and codes."""
    return {
        name: trade.name_zh
        for trade in catalogue.list_all(session, "trade")
        for name in _names_of(trade)
    }


def _names_of(trade: object, *more: str) -> list[str]:
    given = [getattr(trade, name, "") for name in ("name_zh", "name_en", "code")]
    return [rules.same_text(name) for name in (*given, *more) if name]
