"""Which results a list holds, and into which files it is divided."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from competitions.catalogue.naming import name_of
from competitions.organisations.models import Union
from core.files.kinds import clean_name
from core.i18n import current_locale
from core.jobs.kinds import Task
from core.refusals import refuse
from reports.documents.model import Column, Kind
from reports.documents.words import document_words
from reports.statistics import asking, contests, facts
from reports.statistics.facts import Fact, Scopes
from reports.statistics.lists.writing import Names, write
from scoring.results.models import ResultRow, ResultVersion
from scoring.sheets.board import STATUSES

KIND = "result_list"
ROWS = 50_000  # of one file


class Chosen(NamedTuple):
    """The events of a list, the newest first; the report that they are behind, as an address and in words."""

    events: Sequence[Fact]
    address: Mapping[str, str]
    about: str


def choose(session: Session, scopes: Scopes, address: Mapping[str, str]) -> Chosen:
    """Return the events with an announced result that a report counts.

    Raises: Refused FILTER_UNKNOWN; RESULT_LIST_BY_PEOPLE where people are narrowed by what they are, because
    a list names them; RESULT_LIST_EMPTY.
    """
    loaded = facts.load(session, scopes, asking.basis_of(address))
    offers = asking.offered(session, scopes, loaded)
    asked = asking.read(address, offers)
    if asked.wanted.conditions:
        raise refuse("RESULT_LIST_BY_PEOPLE")
    found = [fact for fact in contests.behind(session, scopes, loaded, asked) if fact.digest]
    if not found:
        raise refuse("RESULT_LIST_EMPTY")
    filters = [value.strip() for _label, value in asking.filters_in_words(asked.wanted, offers)]
    about = " · ".join([asking.period_in_words(asked.wanted, offers), *filters])
    return Chosen(found, {name: str(value) for name, value in asking.address_of(asked).items()}, about)


def plan(session: Session, wishes: Any) -> Sequence[Task]:
    """Return the files of a list.

    Shape: `wishes` holds scopes (pairs of kind and number), address and about (of the report), language.
    Raises: what `choose` raises.
    """
    with force_locale(wishes["language"]):
        scopes = frozenset((kind, number) for kind, number in wishes["scopes"])
        chosen = choose(session, scopes, wishes["address"])
        shared = (
            current_app.config["SETTINGS"].database_url, columns(), document_words(), _names(session),
            current_locale() == "en",
        )  # fmt: skip
        title, tasks, start = _("Results"), list[Task](), 0
        for versions, count in _files(_sizes(session, [fact.event_id for fact in chosen.events])):
            lines = f"{title} {start + 1}-{start + count} {chosen.about.replace(' · ', ' ')}.xlsx"
            name = clean_name(lines, "xlsx").removesuffix(".xlsx")
            tasks.append(Task(name, "xlsx", count, write, (*shared, title, versions)))
            start += count
    if not tasks:
        raise refuse("RESULT_LIST_EMPTY")
    return tasks


def columns() -> tuple[Column, ...]:
    """Return the columns, in the order of `writing.write`."""
    return (
        Column(_("Competition"), width=34), Column(_("Event"), width=24), Column(_("Group")),
        Column(_("Union"), width=30), Column(_("Region"), width=16), Column(_("Level"), width=12),
        Column(_("Trade"), width=20), Column(_("First day"), Kind.DATE), Column(_("Name"), width=18),
        Column(_("Unit"), width=34), Column(_("Rank"), Kind.INTEGER), Column(_("Status"), width=12),
        Column(_("Total"), Kind.DECIMAL), Column(_("Award"), width=14),
    )  # fmt: skip


def _sizes(session: Session, event_ids: Sequence[int]) -> dict[int, int]:
    """Return how many rows the newest announced version of each event has, by version."""
    version, row = ResultVersion, ResultRow
    announced = select(version.event_id, func.max(version.number).label("number"))
    newest = announced.where(version.announced_at.is_not(None)).group_by(version.event_id).subquery()
    counted = (
        select(version.event_id, version.id, func.count(row.id))
        .join(newest, (newest.c.event_id == version.event_id) & (newest.c.number == version.number))
        .join(row, row.version_id == version.id)
        .group_by(version.event_id, version.id)
    )
    found = {event_id: (version_id, count) for event_id, version_id, count in session.execute(counted)}
    return dict(found[event_id] for event_id in event_ids if event_id in found)


def _files(sizes: Mapping[int, int]) -> Iterator[tuple[list[int], int]]:
    """Yield the versions of each file with the number of their rows; no event is divided."""
    some, total = list[int](), 0
    for version_id, count in sizes.items():
        if some and total + count > ROWS:
            yield some, total
            some, total = [], 0
        some.append(version_id)
        total += count
    if some:
        yield some, total


def _names(session: Session) -> Names:
    kinds = ("region", "level", "trade")
    entries = session.scalars(select(CatalogueEntry).where(CatalogueEntry.kind.in_(kinds)))
    return Names(
        {union.id: name_of(union) for union in session.scalars(select(Union))},
        {entry.id: name_of(entry) for entry in entries},
        {status: "" if status == "valid" else str(word) for status, word in STATUSES.items()},
    )
