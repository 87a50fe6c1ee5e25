"""The figures of innovation awards as a document: the page, the workbook and the PDF say the same."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import gettext as _

from competitions.indicators import labels
from competitions.indicators.dictionary import by_key
from competitions.works.rules import YUAN
from core.i18n import moment
from reports.documents.model import Cell, Column, Definition, Document, Figure, Kind, Table
from reports.documents.words import document_words
from reports.papers.issue import Issue
from reports.works.queries import BENEFIT, EVIDENCED, KEYS, totals

LEADING = ("C14a", "C14b", "C12a", "C12b")
CENT = Decimal("0.01")


def build(by_year: Mapping[int, Mapping[str, int]], scope: str, issue: Issue) -> Document:
    """Return the document; `scope` says whose contests are counted."""
    known = by_key()
    whole = totals(by_year)
    shown = [Figure(labels.name_of(known[key]), whole[key], labels.unit_of(known[key])) for key in LEADING]
    unit = labels.unit_of(known[BENEFIT])
    shown.append(Figure(labels.name_of(known[BENEFIT]), amount(whole[BENEFIT]), unit, _("declared"),
                        Kind.DECIMAL, 2))  # fmt: skip
    return Document(
        title=_("Innovation results"),
        words=document_words(),
        subtitle=scope,
        figures=tuple(shown),
        tables=(_table(by_year, whole),),
        definitions=tuple(
            Definition(f"{one.key} {labels.name_of(one)}", labels.unit_of(one), labels.definition_of(one))
            for one in (known[key] for key in (*KEYS, BENEFIT))
        ),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        landscape=True,
    )


def amount(yuan: int) -> Decimal:
    """Return yuan in the unit of the figure, 万元, rounded half up to two decimals."""
    return (Decimal(yuan) / YUAN).quantize(CENT, ROUND_HALF_UP)


def _table(by_year: Mapping[int, Mapping[str, int]], whole: Mapping[str, int]) -> Table:
    known = by_key()
    counts = [
        Column(labels.name_of(known[key]), Kind.INTEGER, labels.unit_of(known[key]), width=13) for key in KEYS
    ]
    unit = labels.unit_of(known[BENEFIT])
    columns = (
        Column(_("Year"), width=9), *counts,
        Column(labels.name_of(known[BENEFIT]), Kind.DECIMAL, unit, 2, 15),
        Column(_("of this with evidence"), Kind.DECIMAL, unit, 2, 15),
    )  # fmt: skip
    rows = tuple((str(year), *_cells(figures)) for year, figures in by_year.items())
    notes = (
        _("Works in events of this system with an announced result. What unions declare beside them stands "
          "in their returns; both are never added."),
        _("Benefits are those of admitted works as their units declared them."),
    )  # fmt: skip
    return Table(
        _("By year"), columns, rows, (_("Total"), *_cells(whole)) if rows else None, notes,
        _("No works with an announced result yet."),
    )  # fmt: skip


def _cells(figures: Mapping[str, int]) -> tuple[Cell, ...]:
    return (
        *(figures[key] for key in KEYS), amount(figures[BENEFIT]), amount(figures[EVIDENCED])
    )
