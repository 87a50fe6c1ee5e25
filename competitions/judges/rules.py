"""Judges, decided: their codes, their panels, who may not judge. Pure.

Source: DOMAIN.md section 11 (hard separations) and section 14, numbers 5 and 8.
"""

import functools
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

ROLES = ("judge", "chief_judge")
APPOINTED_IN = frozenset({"draft", "registration", "ready"})
DISMISSED_IN = APPOINTED_IN | {"scoring"}
# Nobody who knows codes and names, or keys in marks, judges in the same event.
SEPARATE_ROLES = frozenset({"draw_officer", "tabulator"})
CODE = re.compile(r"J([0-9]{1,9})")


CONFLICT_KINDS = ("own_unit", "coach", "relative", "other")


class Seat(NamedTuple):
    """One judge's place: a stage, or one aspect of it, at some stations ("1-5, 8"); empty means all."""

    stage: str
    aspect: str = ""
    stations: str = ""


class Panel(NamedTuple):
    """A stage, how many judges it needs, and which it has."""

    stage: str
    needed: int
    judges: tuple[int, ...]

    @property
    def short(self) -> bool:
        """Say whether judges are missing."""
        return len(self.judges) < self.needed


LONGEST_STATIONS, MOST_STATIONS = 200, 2000
STATION_RANGE = re.compile(r"([0-9]{1,4})(?:-([0-9]{1,4}))?")
STATION_MARKS = str.maketrans({"，": ",", "、": ",", "；": ",", ";": ",", "～": "-", "~": "-", "—": "-",
                               "–": "-", "至": "-", "到": "-", "号": ""})  # fmt: skip


def clean_stations(text: str) -> str:
    """Return stations as they are stored, such as "1-5, 8": sorted, neighbours joined; empty means all.

    Raises: ValueError for what names no stations.
    """
    plain = unicodedata.normalize("NFKC", text).translate(STATION_MARKS)
    numbers: set[int] = set()
    for part in filter(None, re.sub(r"\s*-\s*", "-", plain).replace(",", " ").split()):
        found = STATION_RANGE.fullmatch(part)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last:
            raise ValueError(part)
        if last - first >= MOST_STATIONS:
            raise ValueError(part)
        numbers |= set(range(first, last + 1))
    joined = _joined(sorted(numbers))
    if len(joined) > LONGEST_STATIONS:
        raise ValueError("too many")
    return joined


def _joined(numbers: list[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


@functools.lru_cache(maxsize=1024)
def station_numbers(stations: str) -> frozenset[int]:
    """Return the numbers of stored stations; none for all of them."""
    found: set[int] = set()
    for part in filter(None, stations.split(", ")):
        first, _dash, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return frozenset(found)


def short_stations(
    needed: Mapping[str, int], effective: Mapping[int, Collection[Seat]], drawn: Collection[int | None]
) -> dict[str, list[int | None]]:
    """Return by stage the stations where fewer judges mark than it needs.

    Shape: `drawn` are the stations of the entries, None for an entry without one; empty before the draw, when
    the stations are checked that somebody is limited to.
    """
    found = {}
    for stage, count in needed.items():
        seats = {judge: [s for s in held if s.stage == stage] for judge, held in effective.items()}
        named = {n for held in seats.values() for seat in held for n in station_numbers(seat.stations)}
        if not named:
            continue
        short = [
            station
            for station in sorted(drawn or named, key=lambda number: number or 0)
            if sum(_marks_at(held, station) for held in seats.values()) < count
        ]
        if short:
            found[stage] = short
    return found


def _marks_at(seats: Iterable[Seat], station: int | None) -> bool:
    return any(not seat.stations or station in station_numbers(seat.stations) for seat in seats)


def next_code(codes: Iterable[str]) -> str:
    """Return the code of the next judge: J1, J2, …; the code of a dismissed judge is not given again."""
    numbers = [int(found[1]) for code in codes if (found := CODE.fullmatch(code))]
    return f"J{max(numbers, default=0) + 1}"


def effective_seats(
    seats: Collection[Seat], known: Mapping[str, Collection[str]], *, chief: bool
) -> set[Seat]:
    """Return where a judge marks: seats that still exist; without any, every stage.

    A chief judge need not mark, and marks only where somebody has said so.
    Shape: `known` holds the codes of the aspects by stage.
    """
    here = {seat for seat in seats if seat.stage in known and seat.aspect in ("", *known[seat.stage])}
    return here if here or chief else {Seat(stage) for stage in known}


def panels(needed: Mapping[str, int], effective: Mapping[int, Collection[Seat]]) -> list[Panel]:
    """Return the panel of each stage; a judge of one aspect belongs to the panel of its stage.

    Shape: `needed` by stage in order; `effective` seats by judge.
    """
    return [
        Panel(stage, count, tuple(j for j, held in effective.items() if any(s.stage == stage for s in held)))
        for stage, count in needed.items()
    ]


def conflicting_roles(roles: Collection[str]) -> list[str]:
    """Return the roles beside which nobody judges where the profile keeps roles apart."""
    return sorted(SEPARATE_ROLES & set(roles))
