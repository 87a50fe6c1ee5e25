"""Declared and computed figures by year as a document: the page, the workbook and the PDF say the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from competitions.declared.models import DeclaredContest
from competitions.declared.rules import KEYS
from competitions.indicators import labels
from competitions.indicators.dictionary import by_key
from competitions.returns.figures import from_json
from competitions.returns.rules import Figure, added
from core import clock
from core.i18n import moment
from reports.api.tables import number
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
    declared = _by_year(contests)
    years = sorted({*declared, *computed})
    return Document(
        title=_("Declared beside computed figures"),
        words=document_words(),
        subtitle=scope,
        tables=(_table(declared, computed, years, issue.now.astimezone(clock.LOCAL).year),),
        definitions=tuple(
            Definition(f"{key} {labels.name_of(by_key()[key])}", labels.unit_of(by_key()[key]),
                       labels.definition_of(by_key()[key]))
            for key in (CONTESTS, *ADDED)
        ),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        landscape=True,
    )  # fmt: skip


def _table(
    declared: Mapping[int, list[DeclaredContest]], computed: ByYear, years: list[int], this_year: int
) -> Table:
    columns = [Column(_("Year"), width=9)]
    for key in (CONTESTS, *ADDED):
        name, unit = labels.name_of(by_key()[key]), labels.unit_of(by_key()[key])
        if key in COMPUTED:
            columns.append(Column(_("%(name)s, computed", name=name), Kind.INTEGER, unit, width=14))
        stands = _("%(name)s, declared", name=name)
        columns.append(Column(stands, Kind.DECIMAL, unit, width=16, mixed=True))
    rows = tuple(_row(year, declared.get(year, []), computed) for year in years)
    notes = (
        _("Computed: from the records of this system. Declared: by unions, of contests held without it. They "
          "stand apart and are never added."),
        _("Before a declared figure stands how exact it is; * is incomplete."),
        *([_("%(year)s is not over yet.", year=str(this_year))] if this_year in years else []),
    )  # fmt: skip
    return Table(_("By year"), tuple(columns), rows, None, notes, _("Nothing is declared or counted yet."))


ROWS = ("year", "key", "name", "unit", "computed", "declared", "qualifier", "complete")


def rows(contests: Iterable[DeclaredContest], computed: ByYear) -> list[dict[str, Any]]:
    """Return the same for programs: a row for each year and figure, None for what nobody says."""
    declared = _by_year(contests)
    found = []
    for year in sorted({*declared, *computed}):
        for key in (CONTESTS, *ADDED):
            whole, everywhere = _whole(key, declared.get(year, []))
            said = _computed(key, year, computed) if key in COMPUTED else None
            found.append(
                {
                    "year": year, "key": key, "name": labels.name_of(by_key()[key]),
                    "unit": labels.unit_of(by_key()[key]), "computed": said,
                    "declared": None if whole is None else number(whole.value),
                    "qualifier": whole.qualifier if whole else "",
                    "complete": whole.complete and everywhere if whole else None,
                }
            )  # fmt: skip
    return found


def _by_year(contests: Iterable[DeclaredContest]) -> dict[int, list[DeclaredContest]]:
    found: dict[int, list[DeclaredContest]] = defaultdict(list)
    for contest in contests:
        found[contest.starts_on.year].append(contest)
    return found


def _computed(key: str, year: int, computed: ByYear) -> int | None:
    """Return what the records say of a year; nothing of one before they begin."""
    if year < min(computed, default=year + 1):
        return None
    return computed.get(year, {}).get(COMPUTED[key]) or 0


def _row(year: int, contests: list[DeclaredContest], computed: ByYear) -> tuple[Cell, ...]:
    cells: list[Cell] = [str(year)]
    for key in (CONTESTS, *ADDED):
        if key in COMPUTED:
            cells.append(_computed(key, year, computed))
        cells.append(_declared(key, contests))
    return tuple(cells)


def _declared(key: str, contests: list[DeclaredContest]) -> Cell:
    """Return what is declared of a year: a number, or a text that says how exact or complete it is."""
    whole, everywhere = _whole(key, contests)
    return None if whole is None else told(whole, everywhere)


def _whole(key: str, contests: list[DeclaredContest]) -> tuple[Figure | None, bool]:
    """Return the sum of what is declared, if anything is, and whether every contest says it."""
    if key == CONTESTS:
        return Figure(Decimal(len(contests))) if contests else None, True
    given = [figures[key] for one in contests if key in (figures := from_json(one.figures))]
    whole = added(given)
    return None if whole is None or whole.value is None else whole, len(given) == len(contests)


def told(figure: Figure, everywhere: bool = True) -> Cell:
    """Return a figure: a number where it is exact and complete, so that a workbook can count with it.

    Otherwise it is a text with its sign, and a star where it is incomplete or not every contest says it.
    """
    value = figure.value or Decimal(0)
    if figure.qualifier == "=" and figure.complete and everywhere:
        return int(value) if value == int(value) else value
    sign = "" if figure.qualifier == "=" else f"{figure.qualifier} "
    return f"{sign}{value:,f}{'' if figure.complete and everywhere else ' *'}"
