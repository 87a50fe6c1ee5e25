"""The record of the draw (抽签记录): codes, stations, the seed's fingerprint, who drew and when; no names."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.queries import list_names
from competitions.draw import queries
from competitions.draw.models import Draw
from competitions.draw.rules import fingerprint
from competitions.events.models import Event
from core.i18n import moment
from reports.documents.model import Column, Document, Kind, Table
from reports.papers.issue import Issue, paper


def build(session: Session, event: Event, issue: Issue) -> Document:
    """Return the draw as it may be shown to everybody: not even the number of an entry stands in it."""
    codes = queries.list_stations(session, event.id)
    columns = (Column(_("Blind code")), Column(_("Station"), Kind.INTEGER))
    table = Table(_("Codes and stations"), columns, tuple(codes), notes=(_how(),))
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


def _how() -> str:
    return _(
        "Codes and stations were drawn independently of each other from one seed that is kept: whoever has "
        "it gets the same codes again. Who stands behind a code is sealed."
    )


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
