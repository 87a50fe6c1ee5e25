"""Who marks which entry: seats at some stations, and seats that another judge took over on the day. Pure.

Every door reads it here: sheets, tablet, board, result, assignments.csv, papers.
Source: SCHEME.md sections 4 and 7.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from competitions.judges.rules import station_numbers
from scoring.rules.inputs import AssignmentInput
from scoring.rules.model import Scheme
from scoring.sheets.rules import Seat, marked_by, panels

Moved = Mapping[tuple[str, str, str], str]


class Group(NamedTuple):
    """Entries for which the same seats hold."""

    seats: tuple[Seat, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True)
class Seating:
    """The seats of an event, the station of each entry by its code, and who took over whose sheet.

    `moved` gives by (judge, entry, stage) who marks instead; such steps may follow one another.
    """

    seats: Sequence[Seat]
    stations: Mapping[str, int | None]
    moved: Moved = field(default_factory=dict)

    @property
    def plain(self) -> bool:
        """Say whether every seat holds for every entry."""
        return not self.moved and not any(seat.stations for seat in self.seats)

    def of_entry(self, entry: str) -> tuple[Seat, ...]:
        """Return the seats that hold for one entry, each with the judge who marks there now."""
        station = self.stations.get(entry)
        here = (seat for seat in self.seats if covers(seat, station))
        return tuple(seat._replace(judge=self._holder(seat, entry), stations="") for seat in here)

    def _holder(self, seat: Seat, entry: str) -> str:
        judge = seat.judge
        while (judge, entry, seat.stage) in self.moved:
            judge = self.moved[judge, entry, seat.stage]
        return judge

    def groups(self) -> list[Group]:
        """Return the entries by the seats that hold for them; most events have one group."""
        if self.plain:
            return [Group(tuple(self.seats), tuple(self.stations))]
        found: dict[tuple[Seat, ...], list[str]] = {}
        for entry in self.stations:
            found.setdefault(self.of_entry(entry), []).append(entry)
        return [Group(seats, tuple(entries)) for seats, entries in found.items()]


def covers(seat: Seat, station: int | None) -> bool:
    """Say whether a seat holds at a station; a seat at some stations holds nowhere else."""
    return not seat.stations or station in station_numbers(seat.stations)


def cases(seating: Seating) -> list[Group]:
    """Return the groups; before there are codes one for each station that a seat names, without entries."""
    if seating.stations:
        return seating.groups()
    named: set[int | None] = {n for seat in seating.seats for n in station_numbers(seat.stations)}
    return [
        Group(tuple(seat for seat in seating.seats if covers(seat, station)), ())
        for station in (named or {None})
    ]


def sheet_sizes(scheme: Scheme, seating: Seating) -> dict[str, Mapping[tuple[str, str], int]]:
    """Return by entry how many aspects stand on the sheet of each (judge, stage)."""
    found: dict[str, Mapping[tuple[str, str], int]] = {}
    for group in seating.groups():
        counted: dict[tuple[str, str], int] = {}
        for (stage, _aspect), judges in marked_by(scheme, group.seats).items():
            for judge in judges:
                counted[judge, stage] = counted.get((judge, stage), 0) + 1
        found |= dict.fromkeys(group.entries, counted)
    return found


def assignments(scheme: Scheme, seating: Seating) -> list[AssignmentInput]:
    """Return who has to mark what (assignments.csv): a judge of every entry once, others entry by entry."""
    groups = seating.groups()
    named = [panels(scheme, group.seats) for group in groups]
    rows: list[AssignmentInput] = []
    for stage in scheme.stages:
        for aspect in stage.aspects:
            place = (stage.code, aspect.code)
            shared = set.intersection(*(set(panel[place]) for panel in named)) if named else set()
            order = list(dict.fromkeys(judge for panel in named for judge in panel[place]))
            rows += [AssignmentInput(*place, "", judge) for judge in order if judge in shared]
            rows += _by_entry(groups, [(place, panel[place]) for panel in named], shared)
    return rows


def _by_entry(
    groups: Sequence[Group], sitting: Sequence[tuple[tuple[str, str], list[str]]], shared: set[str]
) -> Iterable[AssignmentInput]:
    for group, (place, judges) in zip(groups, sitting, strict=True):
        for entry in group.entries:
            yield from (AssignmentInput(*place, entry, judge) for judge in judges if judge not in shared)
