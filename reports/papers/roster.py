"""The roster (参赛名册) and the check-in list by unit (检录表): who takes part; no codes."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events.models import Event
from reports.documents.model import Column, Document, Figure, Table
from reports.papers import field
from reports.papers.issue import Issue, paper, standing_facts

SIGNATURE, REMARK = 24, 14  # characters of the columns that are filled in by hand


def build(session: Session, event: Event, issue: Issue) -> Document:
    """Return the roster of an event by unit."""
    lines = field.list_lines(session, event)
    return paper(
        event,
        issue,
        _("Roster of entrants"),
        table(event, lines),
        meta=tuple(standing_facts(event)),
        figures=figures(event, lines),
    )


def table(event: Event, lines: list[field.Line], title: str = "") -> Table:
    """Return the field as a table, unit by unit."""
    return Table(
        title,
        field.columns(event, lines),
        tuple(field.rows(event, lines)),
        notes=_notes(event),
        empty=_("No entry is approved yet."),
        group=None if event.entry_kind == "unit" else 0,
    )


def figures(event: Event, lines: list[field.Line]) -> tuple[Figure, ...]:
    """Return how many units, entries and people the list holds."""
    counted = field.count(lines)
    people = (Figure(_("People"), counted.people),) if event.entry_kind in field.GROUPED else ()
    return (Figure(_("Units"), counted.units), Figure(_("Entries taking part"), counted.entries), *people)


def build_check_in(session: Session, event: Event, issue: Issue) -> Document:
    """Return the check-in list by unit: everybody signs on arrival."""
    lines = field.list_lines(session, event, with_ids=True)
    written = (Column(_("Signature"), width=SIGNATURE), Column(_("Remarks"), width=REMARK))
    made = table(event, lines)
    return paper(
        event,
        issue,
        _("Check-in list by unit"),
        Table(
            "",
            (*made.columns, *written),
            tuple((*row, "", "") for row in made.rows),
            notes=(_("Compare the ID card; write “absent” where nobody comes. This list holds no codes."),),
            group=made.group,
            form=True,
        ),
        figures=figures(event, lines),
        signatures=(_("Check-in officer"), _("Supervisor’s signature"), _("Date and time")),
    )


def _notes(event: Event) -> tuple[str, ...]:
    if event.entry_kind == "team":
        return (_("Of each team, the first one leads."),)
    if event.entry_kind == "work":
        return (_("Authors in their order."),)
    return ()
