"""The progress of marking as a board: entries by blind code, judges, how each sheet stands; no names."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from competitions.events import profiles
from competitions.events.models import Event
from core import canonical
from core.refusals import Refused
from scoring.devices import queries as devices
from scoring.rules.model import Scheme, Stage
from scoring.schemes.queries import get_scheme
from scoring.sheets import ledger, queries, rules, states, tablets
from scoring.sheets.queries import SheetRow
from scoring.sheets.seating import sheet_sizes

PAGE, SCREEN_PAGE = 100, 16
NAME = "progress"  # among the public boards
STATUSES: dict[str, Any] = {
    "valid": _l("Takes part"),
    "absent": _l("Absent"),
    "dnf": _l("Did not finish"),
    "ineligible": _l("Not eligible for awards"),
    "dsq": _l("Disqualified"),
    "exhibition": _l("Exhibition"),
    "incomplete": _l("Incomplete"),
}
SHEET_STATES: dict[str, Any] = {
    "signed": _l("Signed"),
    "to_confirm": _l("Signed, to confirm"),
    "to_lock": _l("Signed, to lock"),
    "locked": _l("Locked"),
    "corrected": _l("Corrected"),
    "to_sign": _l("To sign"),
    "returned": _l("Given back"),
    "waiting": _l("Not marked"),
    "progress": _l("Being marked"),
    "excused": _l("Judge absent"),
    "absent": _l("Absent"),
}
WAITING_FOR = {"confirm": "to_confirm", "lock": "to_lock"}
DONE = frozenset({"signed", "locked", "corrected"})
CELLS = {
    "signed": "signed", "to_confirm": "progress", "to_lock": "progress", "locked": "signed",
    "corrected": "signed",
    "to_sign": "progress", "returned": "offline", "waiting": "waiting",
    "progress": "progress", "excused": "absent", "absent": "absent",
}  # fmt: skip


class Standing(NamedTuple):
    """How one sheet stands: `state` is a key of SHEET_STATES; so many of `places` marks are there.

    `returnable`: the chief judge can give it back now.
    """

    row: SheetRow
    state: str
    places: int
    returnable: bool

    @property
    def open(self) -> bool:
        """Say whether tabulating still waits for this sheet."""
        return self.state not in DONE | {"excused", "absent"}

    @property
    def unsigned(self) -> bool:
        """Say whether its judge still has to sign it."""
        return self.open and self.row.state in states.UNSIGNED


class Overall(NamedTuple):
    """The sheets of an event, and the status of each entry by its code."""

    scheme: Scheme
    statuses: Mapping[str, str]
    standings: Sequence[Standing]


def overall(session: Session, event: Event) -> Overall | None:
    """Return how all sheets of an event stand, or None where there is no scheme yet."""
    try:
        scheme = get_scheme(session, event.id)
    except Refused:
        return None
    statuses = {row.code: row.status for row in queries.list_field(session, event.id)}
    absences = queries.list_absences(session, event.id)
    sizes = sheet_sizes(scheme, queries.get_seating(session, event.id))
    closing = profiles.get(event.competition.profile).closing
    standings = []
    for row in queries.list_sheets(session, event.id):
        wanted = sizes.get(row.entry, {}).get((row.judge, row.stage), 0)
        excused = rules.is_excused(absences, row.entry, row.judge, row.stage)
        state = _closed(row.state, closing) or _open(
            row, statuses.get(row.entry, "absent"), wanted, excused=excused
        )
        returnable = states.after("return", row.state, closing, event.state) is not None
        standings.append(Standing(row, state, wanted, returnable))
    return Overall(scheme, statuses, standings)


def _closed(state: str, closing: Sequence[str]) -> str | None:
    """Return how a signed sheet stands: what it waits for, or that it is done; None for an unsigned one."""
    act = states.closing_act(state, closing)
    if act is not None:
        return WAITING_FOR[act]
    if state == "locked":
        return "signed" if closing == ("sign",) else "locked"
    return state if state in states.CLOSED else None


def _open(row: SheetRow, status: str, places: int, *, excused: bool) -> str:
    if status not in rules.COMPETING:
        return "absent"
    if excused:
        return "excused"
    if row.state == "returned":
        return "returned"
    if row.marks >= places > 0:
        return "to_sign"
    return "progress" if row.marks else "waiting"


def as_json(found: Overall | None) -> list[Any]:
    """Return how all sheets stand, as a freeze of the boards keeps it."""
    if found is None:
        return []
    rows = [[*one.row, one.state, one.places] for one in found.standings]
    return [[list(pair) for pair in sorted(found.statuses.items())], rows]


def from_json(scheme: Scheme, kept: Sequence[Any]) -> Overall | None:
    """Return how all sheets stood when the boards were frozen."""
    if not kept:
        return None
    statuses, rows = kept
    standings = [Standing(SheetRow(*row[:-2]), row[-2], row[-1], False) for row in rows]
    return Overall(scheme, {code: status for code, status in statuses}, standings)


class Wanted(NamedTuple):
    """What a reader of the board has chosen; empty means all, `screen` the large one in the hall."""

    stage: str = ""
    page: str = ""
    show: str = ""
    judge: str = ""
    screen: bool = False

    @property
    def size(self) -> int:
        """Return how many entries a page has."""
        return SCREEN_PAGE if self.screen else PAGE


SHOWN: dict[str, Callable[[Standing], bool]] = {
    "open": lambda standing: standing.open,
    "returned": lambda standing: standing.state == "returned",
    "waiting": lambda standing: standing.state == "waiting",
}


def shown_codes(found: Overall, stage: Stage, wanted: Wanted) -> list[str]:
    """Return the entries that a reader wants to see, by code."""
    if not wanted.show and not wanted.judge:
        return sorted(found.statuses)
    fits = SHOWN.get(wanted.show, lambda _standing: True)
    mine = (s for s in found.standings if s.row.stage == stage.code and wanted.judge in ("", s.row.judge))
    return sorted({standing.row.entry for standing in mine if fits(standing)})


def stage_board(found: Overall, stage: Stage, codes: Sequence[str], wanted: Wanted) -> dict[str, Any]:
    """Return one stage as the score cells show it: the judges (or one of them), and these entries."""
    judge, show = wanted.judge, _in_words if wanted.screen else label_of
    mine = [standing for standing in found.standings if standing.row.stage == stage.code]
    there = sorted({standing.row.judge for standing in mine}, key=rules.judge_order)
    judges = [judge] if judge in there else there
    by_place = {(standing.row.entry, standing.row.judge): standing for standing in mine}
    rows = [
        {
            "code": code,
            "cells": [_cell(found, stage, code, by_place.get((code, judge)), show) for judge in judges],
            "summary": _summary(found.statuses[code], [by_place.get((code, judge)) for judge in judges]),
        }
        for code in codes
    ]
    return {"stage": stage, "judges": judges, "rows": rows}


def _cell(
    found: Overall, stage: Stage, code: str, standing: Standing | None, show: Callable[[Standing, Stage], str]
) -> dict[str, Any]:
    if standing is None:
        return {"state": "absent", "label": "–"}
    if standing.state == "absent":
        return {"state": "absent", "label": STATUSES[found.statuses[code]]}
    return {"state": CELLS[standing.state], "label": show(standing, stage)}


def _in_words(standing: Standing, stage: Stage) -> str:
    return str(SHEET_STATES[standing.state])


def label_of(standing: Standing, stage: Stage) -> str:
    """Return how a sheet stands, in a word or as n / m marks."""
    if standing.state != "progress":
        return str(SHEET_STATES[standing.state])
    if stage.attempts > 1:
        return _("marks: %(count)s", count=standing.row.marks)
    return f"{standing.row.marks} / {standing.places}"


def _summary(status: str, standings: Iterable[Standing | None]) -> tuple[str, Any] | None:
    if status not in rules.COMPETING:
        return "off", STATUSES[status]
    open_ones = [standing for standing in standings if standing is not None and standing.open]
    if any(standing.state == "returned" for standing in open_ones):
        return "warn", _("%(count)s to go, given back", count=len(open_ones))
    if open_ones:
        return "info", _("%(count)s to go", count=len(open_ones))
    return "ok", _("Complete")


def stage_tabs(found: Overall) -> list[dict[str, Any]]:
    """Return each stage with how many of its sheets are signed."""
    tabs = []
    for stage in found.scheme.stages:
        mine = [s for s in found.standings if s.row.stage == stage.code and s.state != "absent"]
        done = sum(not standing.open for standing in mine)
        tabs.append({"stage": stage, "done": done, "all": len(mine)})
    return tabs


def first_unfinished(found: Overall) -> Stage:
    """Return the first stage with an open sheet, where marking goes on; the first one where none is open."""
    unfinished = (tab["stage"] for tab in stage_tabs(found) if tab["done"] < tab["all"])
    first: Stage = next(unfinished, found.scheme.stages[0])
    return first


def judges_progress(found: Overall) -> list[dict[str, Any]]:
    """Return each judge with how many of the own sheets are signed, those with most to do first."""
    by_judge: dict[str, list[Standing]] = defaultdict(list)
    for standing in found.standings:
        if standing.state != "absent":
            by_judge[standing.row.judge].append(standing)
    rows = [
        {"judge": judge, "done": sum(not s.unsigned for s in mine), "all": len(mine)}
        for judge, mine in sorted(by_judge.items(), key=lambda item: rules.judge_order(item[0]))
    ]
    return sorted(rows, key=lambda row: row["done"] - row["all"])


def fingerprint(session: Session, event: Event, now: datetime, *shown: object) -> str:
    """Return a digest of all that the board depends on; `shown` is what the reader asked for."""
    open_now = devices.is_anything_open(session, event.id)
    waiver = devices.find_waiver(session, event.id) if open_now else None
    content = {
        "event": [event.id, event.state, event.version],
        "head": list(ledger.head(session, event.id)),
        "seats": [list(seat) for seat in queries.list_seats(session, event.id)],
        "tablets": tablets.fingerprint(tablets.attendance(session, event, now), event, now),
        "waiver": waiver.id if waiver is not None else 0,
        "shown": [str(part) for part in shown],
    }
    return canonical.digest(content)[:32]
