"""What the reader of an event's result may see, and which result: the live one or a version."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.draw import unblinding
from competitions.events import profiles
from competitions.events.models import Event
from competitions.events.queries import event_path
from scoring.results import outcomes, queries, rules
from scoring.results.models import ResultVersion
from scoring.results.outcomes import Computed
from scoring.sheets import queries as sheets

BEFORE_RESULTS = frozenset({"draft", "registration", "ready"})


class Shown(NamedTuple):
    """A result as a page shows it: live while there is no version, frozen with one.

    `differs` says that today's rules compute a frozen result otherwise; the frozen table is shown.
    """

    version: ResultVersion | None
    computed: Computed
    table: rules.Table
    differs: bool


class Names(NamedTuple):
    """Name and unit of an entry."""

    name: str
    unit: str


def sees_names(session: Session, event: Event) -> bool:
    """Say whether the signed-in reader sees names behind the codes of this event's result."""
    path, competition = event_path(session, event), event.competition
    # Who checks what a unit reports of itself knows whose it is: nothing would be hidden.
    hides = not profiles.is_assessed(competition.kind.key, competition.profile)
    return rules.shows_names(
        event.state,
        sealed=bool(profiles.get(competition.profile).unblinding),
        unblinded=event.state == "tabulated" and unblinding.is_done(session, event),
        organises=may("event.edit", path),
        marks=hides and may("sheet.mark", path),
    )


def names_for(session: Session, event: Event) -> Mapping[str, Names] | None:
    """Return names and units by code, or None for a reader who may not see them."""
    if not sees_names(session, event):
        return None
    return {row.code: Names(row.name, row.unit) for row in sheets.list_field(session, event.id)}


def result_of(session: Session, event: Event) -> Shown | None:
    """Return the result that stands: while marks are entered the live one, then the newest version.

    None before marks are entered, and for an event that was cancelled without a result.
    """
    version = None if event.state == "scoring" else queries.find_newest(session, event.id)
    if version is not None:
        return frozen(version)
    if event.state in BEFORE_RESULTS or event.state == "cancelled":
        return None
    computed = outcomes.live(session, event.id)
    return Shown(None, computed, computed.table, False)


def version_of(session: Session, event: Event, number: int) -> Shown | None:
    """Return one version of an event's result."""
    version = queries.find_version(session, event.id, number)
    return None if version is None else frozen(version)


def frozen(version: ResultVersion) -> Shown | None:
    """Return a version with its working; None where today's rules refuse its scheme."""
    computed = outcomes.of_version(version)
    if computed is None:
        return None
    table = (version.document["header"], version.document["rows"])
    return Shown(version, computed, table, list(computed.table) != list(table))
