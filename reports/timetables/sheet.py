"""The timetable (日程表): the sittings of an event or of a whole competition, day by day, to post."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.events.frame import days
from competitions.events.models import Competition, Event
from competitions.schedule import queries, wording
from competitions.schedule.checks import days_of
from competitions.schedule.models import Sitting
from competitions.schedule.rules import CANCELLED
from core.i18n import moment
from reports.documents.model import Cell, Column, Document, Table
from reports.documents.words import document_words
from reports.papers.issue import Issue, paper

TIME, BATCH = 14, 12  # characters of columns that are not broken into lines


def build(session: Session, event: Event, issue: Issue) -> Document:
    """Return the timetable of one event."""
    return paper(
        event,
        issue,
        _("Timetable"),
        table(session, event),
        meta=tuple(_days(*days_of(event))),
        poster=True,
    )


def build_all(session: Session, competition: Competition, issue: Issue) -> Document:
    """Return the timetable of a competition over all its events."""
    sittings = standing(queries.list_of_competition(session, competition.id))
    titles = queries.titles_of(session, sittings)
    return Document(
        title=_("Timetable"),
        words=document_words(),
        subtitle=name_of(competition),
        meta=tuple(_days(competition.starts_on, competition.ends_on)),
        tables=(_table(sittings, titles, with_event=True),),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        poster=True,
    )


def table(session: Session, event: Event, title: str = "") -> Table:
    """Return the sittings of an event as a table, day by day."""
    sittings = standing(queries.list_sittings(session, event.id))
    return _table(sittings, queries.titles_of(session, sittings), title)


def standing(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Return the sittings that take place or took place."""
    return [sitting for sitting in sittings if sitting.state != CANCELLED]


def _table(
    sittings: Sequence[Sitting], titles: Mapping[int, Mapping[str, str]], title: str = "", *,
    with_event: bool = False,
) -> Table:  # fmt: skip
    columns = (
        Column(_("Day")),
        Column(_("Hours"), width=TIME),
        *((Column(_("Event")),) if with_event else ()),
        Column(_("Stage")),
        Column(_("Batch"), width=BATCH),
        Column(_("Site")),
    )

    def cells(sitting: Sitting) -> tuple[Cell, ...]:
        return (
            wording.day_words(queries.day_of(sitting)),
            wording.time_words(sitting.starts_at, sitting.ends_at),
            *((name_of(sitting.event),) if with_event else ()),
            wording.stage_words(titles.get(sitting.event_id, {}), sitting.stage),
            wording.batch_words(sitting.batch),
            sitting.site or "—",
        )

    return Table(
        title, columns, tuple(cells(one) for one in sittings), group=0, empty=_("Nothing is planned yet.")
    )


def _days(starts: date | None, ends: date | None) -> list[tuple[str, str]]:
    words = days(starts, ends)
    return [(_("Days"), words)] if words else []
