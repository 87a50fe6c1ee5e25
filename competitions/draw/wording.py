"""What is decided before a draw, and what has to hold after it, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from competitions.draw import rules
from competitions.draw.rules import Settings

LAYERS: dict[str, Any] = {
    "1": _l("One: entrant → code. Judges see the code and the station."),
    "2": _l("Two: entrant → competition number → station. Judges see the station alone."),
    "3": _l("Three: and station → code of the work. Judges see the code of the work alone."),
}
WIDTHS: dict[str, Any] = {
    "0": _l("as many as needed, two at least"),
    "2": _l("2 digits"),
    "3": _l("3 digits"),
    "4": _l("4 digits"),
    "5": _l("5 digits"),
}
BATCHES: dict[str, Any] = {
    "stations": _l("As few as the stations allow, of even size"),
    "size": _l("Full batches of so many entries, the last one smaller"),
    "number": _l("So many batches of even size"),
}
ORDERS: dict[str, Any] = {
    "code": _l("In the order of the codes (with several layers: of the stations)"),
    "lot": _l("By a lot of its own"),
}
CHECKS: dict[str, Any] = {
    "each": _l("Every approved entry has drawn exactly once"),
    "others": _l("Nobody else has drawn"),
    "codes": _l("Every code is given once"),
    "places": _l("Every place is given once"),
    "stations": _l("Every station is one of those that there are"),
    "replay": _l("The seed gives the same draw again"),
}
LAYER_NAMES: dict[int, Any] = {
    1: _l("Layer 1: entrant → competition number"),
    2: _l("Layer 2: competition number → station"),
    3: _l("Layer 3: station → code of the work"),
}


def station_words(station: int | None, batch: int | None) -> str:
    """Return a station, with its batch where there are several."""
    if station is None:
        return "—"
    if batch is None:
        return str(station)
    return _("%(station)s in batch %(batch)s", batch=batch, station=station)


def plan(settings: Settings, entries: int) -> list[tuple[str, str]]:
    """Return what the settings mean for so many entries, as facts; they must fit."""
    facts = [(_("Layers"), str(LAYERS[str(settings.layers)]))]
    if entries and not rules.field_faults(entries, settings):
        facts.append((_("Codes that judges see"), _codes(settings, entries)))
        facts.append((_("Batches"), _batches(settings, entries)))
    stations = str(settings.stations) if settings.stations else _("as many as needed")
    facts.append((_("Number of stations"), stations))
    apart = _("Yes") if settings.apart else _("No")
    return [*facts, (_("Order of appearance"), str(ORDERS[settings.order])), (_("Units kept apart"), apart)]


def _codes(settings: Settings, entries: int) -> str:
    if settings.layers == 2:
        last = len(rules.sizes(entries, settings))
        first = rules.seat_label(1, 1, entries, settings)
        final = rules.seat_label(last, rules.sizes(entries, settings)[-1], entries, settings)
    else:
        width = rules.code_width(entries, settings)
        first, final = f"{1:0{width}d}", f"{entries:0{width}d}"
    return f"{settings.prefix}{first}" + (f" – {settings.prefix}{final}" if entries > 1 else "")


def _batches(settings: Settings, entries: int) -> str:
    sizes = rules.sizes(entries, settings)
    if len(sizes) == 1:
        return ngettext("one, %(num)d entry", "one, %(num)d entries", entries)
    values = {"number": len(sizes), "largest": max(sizes), "smallest": min(sizes)}
    if max(sizes) == min(sizes):
        return _("%(number)s, of %(largest)s entries each", **values)
    return _("%(number)s, of %(smallest)s to %(largest)s entries", **values)
