"""What a notice can begin from: the approved entries here; other packages add what they know, by kind.

People stand masked in it, because everybody will read it.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.events.models import Event
from competitions.notices import queries
from core.personal import masked_name

BAR = "|"


class Start(NamedTuple):
    """The title and the text that a notice begins with."""

    title: str
    body: str


Source = Callable[[Session, Event], Start | None]
_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """Let notices of a kind begin from what `source` knows of an event; None where it knows nothing yet."""
    _sources[kind] = source


def find_start(session: Session, kind: str, event: Event | None) -> Start | None:
    """Return what a notice of this kind about this event begins with."""
    source = _sources.get(kind)
    return source(session, event) if source is not None and event is not None else None


def entrants(session: Session, event: Event) -> Start | None:
    """Return the list of approved entries: people masked, with their units."""
    approved = queries.list_approved(session, event.id)
    if not approved:
        return None
    rows = [
        (str(number), shown_name(kind, name), unit)
        for number, (kind, name, unit) in enumerate(approved, start=1)
    ]
    opening = _(
        "The entries for “%(event)s” of %(competition)s have been examined. The approved ones, %(count)s in "
        "all, are made known here for objections.",
        event=name_of(event), competition=name_of(event.competition), count=len(rows),
    )  # fmt: skip
    closing = _("Whoever objects writes to the contact below within the period, with name and reasons.")
    title = _("List of entrants: %(event)s, %(competition)s", **_names(event))
    listed = table((_("Number in the list"), _("Entrant"), _("Unit")), rows)
    return Start(title[:120], "\n\n".join([opening, listed, closing]))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in the form in which notices are written."""
    return "\n".join(_line(cells) for cells in (heads, *rows))


def shown_name(kind: str, name: str) -> str:
    """Return an entrant as everybody may read it: a person masked, a team, a unit or a work by its name."""
    return masked_name(name) if kind == "person" else name


def _line(cells: Sequence[str]) -> str:
    # What somebody has typed must not open a cell of its own.
    return BAR + BAR.join(f" {cell.replace(BAR, '／')} " for cell in cells) + BAR


def _names(event: Event) -> dict[str, str]:
    return {"event": name_of(event), "competition": name_of(event.competition)}
