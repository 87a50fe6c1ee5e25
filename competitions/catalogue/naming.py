"""The name of a thing in the language of the request; Chinese where it has no English one."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from core.i18n import current_locale

FLAGS: dict[str, Any] = {
    "non_standard": _l("Outside the classification"),
    "pending": _l("Code to be checked"),
}


def name_of(thing: Any) -> str:
    """Return the name of a catalogue entry, a union, a competition or an event."""
    chinese = str(thing.name_zh if hasattr(thing, "name_zh") else thing.name)
    english = str(getattr(thing, "name_en", ""))
    return english if english and current_locale() == "en" else chinese


def year_beside(competition: Any) -> str:
    """Return the year that stands beside the name of a competition; empty where the name holds it already."""
    year = str(competition.year)
    return "" if year in name_of(competition) else year


def choices(things: Iterable[Any]) -> list[SelectChoice]:
    """Return things as a form offers them: number and name."""
    return [SelectChoice(str(thing.id), name_of(thing)) for thing in things]


def flag_of(entry: Any) -> str:
    """Return "non_standard" for a free trade (非大典), "pending" for a code without a source (编码待核)."""
    if entry.attributes.get("non_standard"):
        return "non_standard"
    return "pending" if entry.code_state == "pending" else ""


def trade_words(trade: Any) -> str:
    """Return a trade as a person types it: its code and its name, or the name of a free trade alone."""
    return f"{trade.code} {name_of(trade)}".strip()


def trade_mark(trade: Any) -> str:
    """Return what stands beside the name of a trade: its code, 非大典, or 编码待核."""
    flag = flag_of(trade)
    return str(trade.code) if not flag else str(FLAGS[flag])
