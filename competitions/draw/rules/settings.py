"""How an event is drawn: how codes look, how many stations and batches, in which order. Pure."""

import re
from typing import Literal, NamedTuple

PREFIX = re.compile(r"[A-Z]{1,4}")
JUDGES = "J"  # J1, J2, … are the judges
MOST_STATIONS = 9999


class Settings(NamedTuple):
    """What is decided before a draw; the defaults give everybody a station at the same time.

    `width` 0 takes as many digits as the field needs, two at least; `stations` 0 as many as a batch needs.
    `batches`: as few as the stations allow ("stations"), full ones of `amount` ("size"), or `amount` of them
    ("number"). `order`: that of the codes ("code"; with several layers that of the stations) or one drawn by
    itself ("lot"). `apart` keeps neighbours of one unit apart. `layers`: 1 to 3 (DOMAIN.md section 7).
    """

    prefix: str = "A"
    width: int = 0
    stations: int = 0
    batches: Literal["stations", "size", "number"] = "stations"
    amount: int = 0
    order: Literal["code", "lot"] = "code"
    apart: bool = False
    layers: int = 1
    entrant_prefix: str = "C"


class Fault(NamedTuple):
    """Why settings cannot be used: a code of a refusal, the field, and what is told."""

    code: str
    field: str
    told: dict[str, int]


def sizes(entries: int, settings: Settings) -> list[int]:
    """Return the sizes of the batches in their order: even ones, or full ones and a rest."""
    if settings.batches == "size":
        full, rest = divmod(entries, settings.amount)
        return [settings.amount] * full + [rest] * bool(rest)
    number = settings.amount
    if settings.batches == "stations":
        number = -(-entries // settings.stations) if settings.stations else 1
    size, larger = divmod(entries, number)
    return [size + 1] * larger + [size] * (number - larger)


def code_width(entries: int, settings: Settings) -> int:
    """Return how many digits a code has."""
    return settings.width or max(2, len(str(entries)))


def seat_label(batch: int, station: int, entries: int, settings: Settings) -> str:
    """Return the name of a place: its station, and before it the batch where there are several."""
    batches = sizes(entries, settings)
    number = f"{station:0{settings.width or max(2, len(str(max(batches))))}d}"
    return f"{batch}-{number}" if len(batches) > 1 else number


def faults(settings: Settings) -> list[Fault]:
    """Return what is wrong with settings for any field."""
    found = [
        Fault("DRAW_PREFIX", name, {})
        for name in ("prefix", "entrant_prefix")
        if not PREFIX.fullmatch(getattr(settings, name)) or getattr(settings, name) == JUDGES
    ]
    if settings.layers > 1 and settings.prefix == settings.entrant_prefix:
        found.append(Fault("DRAW_PREFIX_TWICE", "entrant_prefix", {}))
    if settings.batches != "stations" and settings.amount < 1:
        found.append(Fault("DRAW_AMOUNT", "amount", {}))
    elif settings.batches == "size" and 0 < settings.stations < settings.amount:
        told = {"amount": settings.amount, "stations": settings.stations}
        found.append(Fault("DRAW_BATCH_SIZE", "amount", told))
    return found


def field_faults(entries: int, settings: Settings) -> list[Fault]:
    """Return why so many entries cannot be drawn for with settings that are right in themselves."""
    told = {"entries": entries, "stations": settings.stations, "amount": settings.amount}
    if settings.batches == "number" and settings.amount > entries:
        return [Fault("DRAW_BATCHES_EMPTY", "amount", told)]
    largest = max(sizes(entries, settings))
    found = []
    if 0 < settings.stations < largest:
        found.append(Fault("DRAW_STATIONS_FEW", "stations", told | {"largest": largest}))
    if 0 < settings.width < len(str(entries)):
        found.append(Fault("DRAW_WIDTH", "width", told | {"width": settings.width}))
    return found
