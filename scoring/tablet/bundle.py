"""What a judge's device is given at once: the own sheets by blind code with their marks; no name or unit."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.draw.wording import station_words
from competitions.events import profiles
from competitions.events.models import Event
from core.boxes import services as boxes
from core.i18n import current_locale, moment
from scoring.rules.model import Scheme, Stage
from scoring.schemes.queries import list_schemes
from scoring.sheets import signatures
from scoring.sheets.rules import COMPETING, judges_aspects
from scoring.sheets.seating import Seating
from scoring.tablet import assets, pages, queries
from scoring.tablet.queries import SheetRow

BACKUP = "jiangsai-marks-backup/1"  # the purpose of the key for which a tablet closes its backup file
Places = Mapping[tuple[str, str], list[str]]


@dataclass(frozen=True)
class Part:
    """One event of a judge: the scheme, the judge's code there, the own aspects by (entry, stage)."""

    event: Event
    scheme: Scheme | None
    judge: str
    places: Places
    head: bool

    @property
    def is_desk_work(self) -> bool:
        """Say whether works are marked, at one's own desk: no station stands beside their codes."""
        return self.event.entry_kind == "work"


def build(
    session: Session, user_id: int, only_event: int | None = None, can_check: bool = True
) -> dict[str, Any]:
    """Return a judge's events with their stages, and every own sheet, in as many statements for ten.

    `only_event` is the event of a judge card; `can_check`: the connection lets the device check its PIN.
    """
    events = [event for event in queries.list_own_events(session, user_id) if only_event in (None, event.id)]
    sheets = [row for row in queries.list_own_sheets(session, user_id) if only_event in (None, row.event_id)]
    parts = _parts(session, user_id, events, sheets)
    marks = queries.list_own_marks(session, user_id)
    returned = any(row.state == "returned" for row in sheets)
    asked = queries.list_own_looks(session, user_id) if returned else {}
    return {
        "locale": current_locale(),
        "version": assets.version(),
        "shell": pages.tasks_mark(),
        "backup": _backup(session, user_id),
        "events": [
            _event(part) | {"signing": _signing(part.event, only_event is not None, can_check)}
            for part in parts.values()
        ],
        "sheets": [
            _sheet(row, parts[row.event_id], marks.get(row.id, [])) | {"asked": asked.get(row.id, [])}
            for row in sheets
        ],
    }


def _backup(session: Session, user_id: int) -> dict[str, str] | None:
    """Return for whom a backup file is closed, and what in it shows that this judge's tablet has made it."""
    key = boxes.find_key(session, BACKUP)
    if key is None:
        return None
    return {"kid": key.kid, "point": key.public, "password": boxes.password_of(key.kid, str(user_id))}


def _parts(
    session: Session, user_id: int, events: Sequence[Event], sheets: Sequence[SheetRow]
) -> dict[int, Part]:
    numbers = [event.id for event in events]
    schemes, codes = list_schemes(session, numbers), queries.own_codes(session, user_id)
    seats, moved = queries.list_seats(session, numbers), queries.list_moved(session, numbers)
    stations: dict[int, dict[str, int | None]] = defaultdict(dict)
    for row in sheets:
        stations[row.event_id][row.code] = row.station
    found = {}
    for event in events:
        seating = Seating(seats[event.id], stations[event.id], moved.get(event.id, {}))
        scheme, judge = schemes.get(event.id), codes.get(event.id, "")
        head = any(seat.head and seat.judge == judge for seat in seats[event.id])
        found[event.id] = Part(event, scheme, judge, _places(scheme, seating, judge), head)
    return found


def _places(scheme: Scheme | None, seating: Seating, judge: str) -> Places:
    """Return the judge's aspects by (entry, stage); entries of the same seats share one list."""
    found: dict[tuple[str, str], list[str]] = {}
    for group in seating.groups():
        for stage in scheme.stages if scheme is not None else ():
            mine = judges_aspects(scheme, group.seats, judge, stage.code) if scheme is not None else []
            found |= dict.fromkeys(((entry, stage.code) for entry in group.entries), mine)
    return {place: mine for place, mine in found.items() if mine}


def _event(part: Part) -> dict[str, Any]:
    stages = part.scheme.stages if part.scheme is not None else ()
    marked = {stage for _entry, stage in part.places}
    return {
        "id": part.event.id,
        "title": name_of(part.event),
        "competition": name_of(part.event.competition),
        "state": part.event.state,
        "judge": part.judge,
        "confirm": _confirming(part),
        "until": moment(part.event.marks_until) if part.event.marks_until else "",
        "works": _works(part.event) if part.is_desk_work else "",
        "stages": [_stage(part, stage) for stage in stages if stage.code in marked],
    }


def _works(event: Event) -> str:
    """Return where the works stand that are marked, each under its code."""
    whole = url_for("judged_works.show_work", event_id=event.id, code="-")
    return whole.removesuffix("-/")


def _confirming(part: Part) -> str:
    """Return where the head of a panel confirms its sheets; empty for others, and where nobody has to."""
    confirms = "confirm" in profiles.get(part.event.competition.profile).closing
    wanted = confirms and part.head and part.event.state == "scoring"
    return url_for("sheets.show_confirm", event_id=part.event.id) if wanted else ""


def _signing(event: Event, with_card: bool, can_check: bool) -> dict[str, bool]:
    """Return what a signature asks for; `instead`: whoever does not draw enters the PIN."""
    asked = signatures.demand(event.signing, with_card=with_card, can_check=can_check)
    return {"pin": asked.pin, "drawing": asked.drawing, "instead": asked.drawing and with_card}


def _stage(part: Part, stage: Stage) -> dict[str, Any]:
    mine = {aspect for (_entry, code), own in part.places.items() if code == stage.code for aspect in own}
    own = [aspect for aspect in stage.aspects if aspect.code in mine]
    return {
        "code": stage.code,
        "title": stage.title,
        "url": url_for("tablet.show_stage", event_id=part.event.id, stage=stage.code),
        "shell": pages.stage_mark(part.event, stage),
        "aspects": [aspect.code for aspect in own],
        "titles": {aspect.code: aspect.title for aspect in own if aspect.title},
        "required": [aspect.code for aspect in own if aspect.required],
    }


def _sheet(row: SheetRow, part: Part, marks: list[list[str | int]]) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "event": row.event_id,
        "stage": row.stage,
        "code": row.code,
        "station": station_words(row.station, row.batch) if row.station and not part.is_desk_work else "",
        "aspects": part.places.get((row.code, row.stage), []),
        "state": row.state,
        "competing": row.entry_status in COMPETING,
        "version": row.version,
        "marks": marks,
    }
