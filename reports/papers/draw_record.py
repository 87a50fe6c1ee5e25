"""The record of the draw (抽签记录): codes, stations, the seed's fingerprint, who drew and when; no names."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.queries import list_names
from competitions.draw import queries
from competitions.draw.models import Draw
from competitions.draw.rules import Settings, fingerprint
from competitions.events.models import Event
from core.i18n import moment
from reports.documents.model import Column, Document, Kind, Table
from reports.papers.issue import Issue, paper


def build(session: Session, event: Event, issue: Issue) -> Document:
    """Return the draw as it may be shown to everybody: not even the number of an entry stands in it."""
    codes = queries.list_stations(session, event.id)
    several = any(row.batch is not None for row in codes)
    placed = any(row.station is not None for row in codes)  # three layers seal the stations
    batch = (Column(_("Batch"), Kind.INTEGER),) if several else ()
    station = (Column(_("Station"), Kind.INTEGER),) if placed else ()
    columns = (Column(_("Blind code")), *batch, *station)
    rows = tuple(
        (row.code, *((row.batch,) if several else ()), *((row.station,) if placed else ())) for row in codes
    )
    draw = queries.find_draw(session, event.id)
    how = (_how(queries.settings_of(draw.settings)),) if draw is not None else ()
    table = Table(_("Codes and stations") if placed else _("Codes"), columns, rows, notes=how)
    return paper(
        event,
        issue,
        _("Draw record"),
        table,
        *_earlier(session, event),
        meta=facts(session, event, len(codes)),
        signatures=witnesses(),
    )


def facts(session: Session, event: Event, entries: int) -> tuple[tuple[str, str], ...]:
    """Return how many were drawn for, when, by whom, and what the seed is known by."""
    draw = queries.find_draw(session, event.id)
    known = () if draw is None else _of_draw(session, draw)
    return ((_("Entries taking part"), str(entries)), *known)


def _of_draw(session: Session, draw: Draw) -> tuple[tuple[str, str], ...]:
    names = list_names(session, [draw.drawn_by_id or 0])
    return (
        (_("Drawn at"), moment(draw.drawn_at)),
        (_("Drawn by"), names.get(draw.drawn_by_id or 0, "—")),
        (_("Fingerprint of the seed (SHA-256)"), fingerprint(draw.seed)),
    )


def witnesses() -> tuple[str, ...]:
    """Return who signs a draw."""
    return (_("Draw officer"), _("Supervisor’s signature"), _("Date and time"))


def _how(settings: Settings) -> str:
    """Return what was drawn, in as many layers as there were (docs/draw.md)."""
    if settings.layers == 1:
        drawn = _("Codes and stations were drawn independently of each other.")
    elif settings.layers == 2:
        drawn = _("Competition numbers and stations were drawn one after the other; the station is the code.")
    else:
        drawn = _(
            "Competition numbers, stations and codes of the works were drawn one after the other; which "
            "station a code belongs to is sealed."
        )
    apart = [_("Stations were given so that neighbours are of different units where possible.")]
    seed = _("One seed is kept: whoever has it gets the same draw again. Who stands behind a code is sealed.")
    return " ".join([drawn, *(apart if settings.apart else []), seed])


def _earlier(session: Session, event: Event) -> list[Table]:
    found = queries.list_earlier_draws(session, event.id)
    if not found:
        return []
    columns = (
        Column(_("Drawn")),
        Column(_("Drawn by")),
        Column(_("Entries taking part"), Kind.INTEGER),
        Column(_("Seed fingerprint")),
        Column(_("Undone")),
        Column(_("Undone by")),
        Column(_("Reason")),
    )
    rows = tuple(
        (moment(one.drawn_at), one.drawn_by, one.entries, one.fingerprint[:8], moment(one.undone_at),
         one.undone_by, one.reason)
        for one in found
    )  # fmt: skip
    return [Table(_("Earlier draws"), columns, rows)]
