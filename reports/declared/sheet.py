"""Declared and computed figures by year as a document: the page, the workbook and the PDF say the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from flask_babel import gettext as _

from competitions.declared.models import DeclaredContest
from competitions.declared.rules import KEYS
from competitions.indicators import labels
from competitions.indicators.dictionary import by_key
from competitions.returns.figures import from_json
from competitions.returns.rules import Figure, added
from core.i18n import moment
from reports.documents.model import Cell, Column, Definition, Document, Kind, Table
from reports.documents.words import document_words
from reports.papers.issue import Issue

CONTESTS = "C01"  # a declared contest is one event
# What the records say of the same, where they say anything of it.
COMPUTED = {"C01": "events", "C02": "sittings", "C05": "participations"}
ADDED = tuple(key for key in KEYS if by_key()[key].adds_up_over("year"))
ByYear = Mapping[int, Mapping[str, int | None]]


def build(contests: Iterable[DeclaredContest], computed: ByYear, scope: str, issue: Issue) -> Document:
    """Return the document; people, units and coverage are counted once each and are not added up here."""
    declared: dict[int, list[DeclaredContest]] = defaultdict(list)
    for contest in contests:
        declared[contest.starts_on.year].append(contest)
    years = sorted({*declared, *computed})
    return Document(
        title=_("Declared beside computed figures"),
        words=document_words(),
        subtitle=scope,
        tables=(_table(declared, computed, years),),
        definitions=tuple(
            Definition(f"{key} {labels.name_of(by_key()[key])}", labels.unit_of(by_key()[key]),
                       labels.definition_of(by_key()[key]))
            for key in (CONTESTS, *ADDED)
        ),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        landscape=True,
    )  # fmt: skip


def _table(declared: Mapping[int, list[DeclaredContest]], computed: ByYear, years: list[int]) -> Table:
    columns = [Column(_("Year"), width=9)]
    for key in (CONTESTS, *ADDED):
        name = labels.name_of(by_key()[key])
        if key in COMPUTED:
            columns.append(Column(_("%(name)s, computed", name=name), Kind.INTEGER, width=14))
        columns.append(Column(_("%(name)s, declared", name=name), width=16))
    rows = tuple(_row(year, declared.get(year, []), computed.get(year, {})) for year in years)
    notes = (
        _("Computed: from the records of this system. Declared: by unions, of contests held without it. They "
          "stand apart and are never added."),
        _("Before a declared figure stands how exact it is; * is incomplete."),
    )  # fmt: skip
    return Table(_("By year"), tuple(columns), rows, None, notes, _("Nothing is declared or counted yet."))


def _row(year: int, contests: list[DeclaredContest], computed: Mapping[str, int | None]) -> tuple[Cell, ...]:
    cells: list[Cell] = [str(year)]
    for key in (CONTESTS, *ADDED):
        if key in COMPUTED:
            cells.append(computed.get(COMPUTED[key]) or 0)
        cells.append(_declared(key, contests))
    return tuple(cells)


def _declared(key: str, contests: list[DeclaredContest]) -> str:
    """Return what is declared of a year as text: its sign, its number, whether it is complete."""
    if key == CONTESTS:
        return f"{len(contests):,}" if contests else "—"
    given = [figures[key] for one in contests if key in (figures := from_json(one.figures))]
    whole = added(given)
    return "—" if whole is None or whole.value is None else told(whole, len(given) == len(contests))


def told(figure: Figure, everywhere: bool = True) -> str:
    """Return a figure with its sign; a star where it is incomplete, or not every contest says it."""
    sign = "" if figure.qualifier == "=" else f"{figure.qualifier} "
    return f"{sign}{figure.value or Decimal(0):,f}{'' if figure.complete and everywhere else ' *'}"
