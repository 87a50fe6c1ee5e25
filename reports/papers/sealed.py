"""The papers that link codes with people: for those who open the sealed map, each opening recorded.

Nothing else of this slice reads both. The record is the one that the page of the map makes.
"""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.draw import queries
from competitions.draw.queries import CodeRow, LayerRow
from competitions.draw.wording import LAYER_NAMES
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.judges.queries import find_by_user
from competitions.schedule import wording
from competitions.schedule.models import Sitting
from competitions.schedule.queries import list_sittings, titles_of
from competitions.schedule.rules import ALL_BATCHES
from core.audit import services as audit
from core.i18n import listed, moment
from core.refusals import refuse
from reports.documents.model import Column, Document, Kind, Table
from reports.papers.draw_record import facts, witnesses
from reports.papers.field import NUMBER
from reports.papers.issue import Issue, paper
from reports.papers.roster import REMARK, SIGNATURE
from reports.timetables.sheet import standing


def marks_here(session: Session, event: Event, user_id: int) -> bool:
    """Say whether somebody marks in an event, by role or by appointment: then nothing here is for them."""
    judge = find_by_user(session, event.id, user_id)
    appointed = judge is not None and judge.dismissed_at is None
    return appointed or may("sheet.mark", event_path(session, event))


def open_map(session: Session, event: Event, user_id: int, issue: Issue) -> list[CodeRow]:
    """Read the sealed map and record that it was opened.

    Raises: Refused MAP_BY_LAYERS: of several layers each is opened by itself, on the page of the draw.
    """
    if queries.how_drawn(session, event.id)[1] > 1:
        raise refuse("MAP_BY_LAYERS")
    rows = queries.list_codes(session, event.id)
    audit.record(
        session, "draw:open_map", actor_id=user_id, subject=f"event:{event.id}", now=issue.now,
        detail={"entries": len(rows)}, event_id=event.id,
    )  # fmt: skip
    return rows


def open_layer(session: Session, event: Event, layer: int, user_id: int, issue: Issue) -> list[LayerRow]:
    """Read the sealed map of one layer and record that it was opened.

    Raises: Refused LAYER_UNKNOWN.
    """
    _codes, layers = queries.how_drawn(session, event.id)
    if layers == 1 or not 1 <= layer <= layers:
        raise refuse("LAYER_UNKNOWN")
    rows = queries.list_layer(session, event.id, layer, layers)
    audit.record(
        session, "draw:open_layer", actor_id=user_id, subject=f"event:{event.id}", now=issue.now,
        detail={"entries": len(rows), "layer": layer}, event_id=event.id,
    )  # fmt: skip
    return rows


def build_layer(
    session: Session, event: Event, layer: int, rows: Sequence[LayerRow], issue: Issue
) -> Document:
    """Return the draw of one layer: what was given to what stood before it, with room to sign."""
    columns = (
        Column(_("Drawn number")),
        Column(_("Given to")),
        Column(_("Signature"), width=SIGNATURE),
    )
    cells = tuple((row.given, row.before, "") for row in rows)
    return paper(
        event,
        issue,
        str(LAYER_NAMES[layer]),
        Table("", columns, cells, notes=(_warning(),), form=True),
        meta=(*_opened(issue), *facts(session, event, len(rows))),
        signatures=witnesses(),
    )


def build_record(session: Session, event: Event, rows: Sequence[CodeRow], issue: Issue) -> Document:
    """Return the draw with names, by code: everybody signs for the code that was drawn."""
    several = _several(rows)
    columns = (
        Column(_("Blind code")),
        *_station(several=several),
        *_people(),
        Column(_("Signature"), width=SIGNATURE),
    )
    cells = tuple(
        (row.code, *((row.batch,) if several else ()), row.station, row.number, row.name, row.unit, "")
        for row in rows
    )
    return paper(
        event,
        issue,
        _("Draw record with names (sealed)"),
        Table("", columns, cells, notes=(_warning(),), form=True),
        meta=(*_opened(issue), *facts(session, event, len(rows))),
        signatures=witnesses(),
    )


def build_check_in(session: Session, event: Event, rows: Sequence[CodeRow], issue: Issue) -> Document:
    """Return the check-in list by station: who goes where, sitting by sitting where these are planned."""
    sittings = _sittings(session, event, rows)
    headed, several = bool(sittings), _several(rows)
    columns = (
        *((Column(_("Sitting")),) if headed else ()),
        *_station(several=several),
        Column(_("Blind code")),
        *_people(),
        Column(_("Signature"), width=SIGNATURE),
        Column(_("Remarks"), width=REMARK),
    )
    ordered = sorted(rows, key=lambda row: (row.batch, row.station is None, row.station, row.code))
    cells = tuple(
        (*((heading,) if headed else ()), *((row.batch,) if several else ()), row.station, row.code,
         row.number, row.name, row.unit, "", "")
        for heading, batch in sittings or [("", ALL_BATCHES)]
        for row in ordered
        if batch in (ALL_BATCHES, row.batch)
    )  # fmt: skip
    return paper(
        event,
        issue,
        _("Check-in list by station (sealed)"),
        Table("", columns, cells, notes=(_warning(),), group=0 if headed else None, form=True),
        meta=tuple(_opened(issue)),
        signatures=(_("Check-in officer"), *witnesses()[1:]),
    )


def _sittings(session: Session, event: Event, rows: Sequence[CodeRow]) -> list[tuple[str, int]]:
    """Return (heading, batch) of each stage and batch in the order of time, then of what is not planned.

    Nothing where one batch has no sitting. Several sites at once share a heading: who goes to which of them
    was not drawn.
    """
    sittings = standing(list_sittings(session, event.id))
    titles = titles_of(session, sittings).get(event.id, {})
    found: dict[tuple[str, int], list[Sitting]] = {}
    for sitting in sittings:
        found.setdefault((sitting.stage, sitting.batch), []).append(sitting)
    headings = [
        (_heading(wording.place_words(titles, stage, batch), held), batch)
        for (stage, batch), held in found.items()
    ]
    called = {batch for _heading_words, batch in headings}
    left = sorted({row.batch for row in rows} - called) if ALL_BATCHES not in called else []
    if not headings and not _several(rows):
        return []
    return headings + [(wording.batch_words(batch), batch) for batch in left]


def _heading(place: str, held: Sequence[Sitting]) -> str:
    spans = dict.fromkeys(wording.span_words(one.starts_at, one.ends_at) for one in held if one.starts_at)
    sites = dict.fromkeys(one.site for one in held if one.site)
    return " · ".join(filter(None, (place, listed(spans), listed(sites))))


def _station(*, several: bool) -> tuple[Column, ...]:
    """Return the station, after its batch where there are several: a number alone stands for many."""
    station = Column(_("Station"), Kind.INTEGER)
    return (Column(_("Batch"), Kind.INTEGER), station) if several else (station,)


def _several(rows: Sequence[CodeRow]) -> bool:
    return any(row.batch > 1 for row in rows)


def _people() -> tuple[Column, ...]:
    return (Column(_("Entry No."), Kind.INTEGER, width=NUMBER), Column(_("Entrant")), Column(_("Unit")))


def _opened(issue: Issue) -> tuple[tuple[str, str], ...]:
    opened = _("not for judges; opened by %(name)s, %(at)s", name=issue.by, at=moment(issue.now))
    return ((_("Sealed"), opened),)


def _warning() -> str:
    return _("Never take this paper where judges are. Keep it closed until the result is announced.")
