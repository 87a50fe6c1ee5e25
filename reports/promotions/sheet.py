"""Promotion proposals as a document: the list that goes to the human-resources authority (晋升推荐表)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.events.models import Event
from core.i18n import moment
from reports.documents.model import Cell, Column, Document, Kind, Table
from reports.documents.words import document_words
from scoring.promotions.proposals import Line, Proposals, Result

RULE_WIDTH, APPROVAL_WIDTH = 40, 16


def build(event: Event, found: Proposals, *, issued_by: str, now: datetime) -> Document:
    """Return the proposals as a document: one table for them, one for whose level is not recorded."""
    tables = [_proposed(found)]
    if found.unrecorded:
        tables.append(_unrecorded(found.unrecorded))
    return Document(
        title=_("Promotion proposals, to be approved by the human-resources authority"),
        words=document_words(),
        subtitle=_("This list says who could rise by the rules of this event. It grants no level."),
        meta=(
            (_("Competition"), name_of(event.competition)),
            (_("Event"), name_of(event)),
            (_("Result"), _result_words(found.result)),
            (_("Rules"), found.rules.title),
            (_("Version of the rules"), str(found.version.number)),
        ),
        tables=tuple(tables),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(now), who=issued_by),
        issued_at=now,
        landscape=True,
    )


def _result_words(result: Result) -> str:
    if result.version is None:
        return _("provisional ranking")
    return _("version %(number)s, %(digits)s", number=result.version.number, digits=result.version.sha256[:8])


def _proposed(found: Proposals) -> Table:
    return Table(
        title=_("Proposals"),
        columns=(
            *_people_columns(),
            Column(_("Current level")),
            Column(_("Proposed level")),
            Column(_("Rule"), width=RULE_WIDTH),
            Column(_("Approval"), width=APPROVAL_WIDTH),
        ),
        rows=tuple((*_person(line), line.current, line.proposed, line.rule, "") for line in found.lines),
        notes=(
            _("A proposal is no grant: the human-resources authority decides on each."),
            *([found.rules.source] if found.rules.source else []),
        ),
        empty=_("The rules propose nobody of this result."),
    )


def _unrecorded(lines: Sequence[Line]) -> Table:
    return Table(
        title=_("Level not recorded"),
        columns=(
            *_people_columns(),
            Column(_("Written down")),
            Column(_("Level held"), width=APPROVAL_WIDTH),
        ),
        rows=tuple((*_person(line), line.current, "") for line in lines),
        notes=(_("Within reach of a rule by rank; nothing can be proposed before the level is recorded."),),
    )


def _people_columns() -> tuple[Column, ...]:
    return (
        Column(_("Rank"), Kind.INTEGER),
        Column(_("Entry code")),
        Column(_("Full name")),
        Column(_("Unit")),
        Column(_("Total score"), Kind.DECIMAL),
        Column(_("Award")),
    )


def _person(line: Line) -> tuple[Cell, ...]:
    name = f"{line.name} ({line.team})" if line.team else line.name
    return (line.rank, line.entry, name, line.unit, _number(line.total), line.award)


def _number(text: str) -> Cell:
    """Return a total as the exact number that it is; a cell without one stays empty."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
