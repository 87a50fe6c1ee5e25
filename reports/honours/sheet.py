"""The recommendations for one honour as a document (推荐汇总表), and the shares they are held against."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.events.models import Competition
from core.i18n import moment
from reports.documents.model import Cell, Column, Document, Kind, Table
from reports.documents.words import document_words
from reports.papers.issue import Issue
from scoring.honours import labels
from scoring.honours.models import Honour
from scoring.honours.recommended import HonourList
from scoring.honours.rules import Outcome

OPINION, SOURCE = 22, 44  # characters of the columns that are written into, and of long words


def build(
    competition: Competition, found: HonourList, revoked: Mapping[int, str], issue: Issue
) -> Document:
    """Return the list: who, from which contest, which group; then the shares; then lines to sign.

    `revoked` says by an honour's number what has become of the certificate behind it.
    """
    shares = () if not found.outcomes else (_shares(found.outcomes),)
    honour = f"{labels.KINDS[found.kind]} · {labels.LEVELS[found.level]}"
    return Document(
        title=_("Recommended: %(honour)s", honour=honour),
        words=document_words(),
        subtitle=name_of(competition),
        tables=(_people(found, revoked), *shares),
        signatures=(_("Recommending body (seal)"), _("Responsible"), _("Date")),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        landscape=True,
    )


def _people(found: HonourList, revoked: Mapping[int, str]) -> Table:
    columns = (
        Column(_("Serial number"), Kind.INTEGER), Column(_("Recipient")), Column(_("Unit")),
        Column(_("Event")), Column(_("Rank"), Kind.INTEGER), Column(_("Award")),
        *((Column(_("Group of staff")),) if found.groups else ()),
        *((Column(_("Migrant worker")),) if found.asks_migrant else ()),
        Column(_("State")), Column(_("Document number")), Column(_("Opinion"), width=OPINION),
    )  # fmt: skip
    rows = tuple(
        (number, *_cells(found, row), _state(row, revoked), row.document, "")
        for number, row in enumerate(found.rows, start=1)
    )
    notes = (_("A recommendation is no grant: whoever grants decides by a document of its own."),)
    return Table(_("Recommended"), columns, rows, notes=notes)


def _state(row: Honour, revoked: Mapping[int, str]) -> str:
    state, gone = str(labels.STATES[row.state][1]), revoked.get(row.id)
    return _("%(state)s; %(more)s", state=state, more=gone) if gone else state


def _cells(found: HonourList, row: Honour) -> tuple[Cell, ...]:
    group = (str(labels.GROUPS[row.grouping]) if row.grouping else "",) if found.groups else ()
    said = "" if row.migrant is None else _("yes") if row.migrant else _("no")
    event = name_of(row.event) if row.event is not None else ""
    migrant = (said,) if found.asks_migrant else ()
    return (row.recipient, row.unit_name, event, row.rank, row.award, *group, *migrant)


def _shares(outcomes: tuple[Outcome, ...]) -> Table:
    columns = (
        Column(_("Share of")), Column(_("Number counted"), Kind.INTEGER), Column(_("Of"), Kind.INTEGER),
        Column(_("Share of the list"), Kind.PERCENT, places=1), Column(_("At least"), Kind.PERCENT),
        Column(_("Not said"), Kind.INTEGER), Column(_("State")), Column(_("Source"), width=SOURCE),
    )  # fmt: skip
    rows = tuple(
        (
            str(labels.CHECKS[one.check.name]), one.counted, one.total,
            (Decimal(one.counted) / Decimal(one.total)).quantize(Decimal("0.001")),
            Decimal(one.check.least) / 100 if one.check.least is not None else None, one.unknown,
            str(labels.OUTCOMES[one.state][1]), str(labels.SOURCES[one.check.source]),
        )
        for one in outcomes
    )  # fmt: skip
    return Table(_("Shares that the list is held against"), columns, rows)
