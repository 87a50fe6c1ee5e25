"""What an address of the statistics asks for: filters, choices, scope in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts import policy
from accounts.guard import held_grants
from competitions.catalogue import queries as catalogue
from competitions.catalogue.naming import name_of
from competitions.fields import choice_id
from competitions.organisations.queries import list_union_names
from core.i18n import grouped
from reports.documents.model import Figure, Table
from reports.statistics import queries
from reports.statistics.definitions import INDICATORS
from reports.statistics.queries import Scopes, StatisticsFilter

SHOWN_FIRST = frozenset({"events", "sittings", "participations", "people", "units", "awards"})


def scopes() -> Scopes:
    """Return the scopes whose statistics the signed-in person may see."""
    return policy.scopes_of(held_grants(), "statistics.view")


def options(session: Session) -> dict[str, list[tuple[int, str]]]:
    """Return the choices of each filter: what has counted events in these scopes."""
    seen = scopes()
    years = queries.list_years(session, seen)
    found = {
        "first_year": [(year, str(year)) for year in years],
        "last_year": [(year, str(year)) for year in years],
    }
    for name in ("trade", "region", "industry", "level"):
        entries = queries.list_entries(session, queries.list_used(session, seen, name))
        ordered = sorted(entries.values(), key=lambda entry: (entry.position, entry.id))
        found[name] = [(entry.id, name_of(entry)) for entry in ordered]
    kinds = catalogue.list_all(session, "activity_kind")
    found["kind"] = [(entry.id, name_of(entry)) for entry in kinds]
    return found


def read_filter(asked: Mapping[str, str], offered: Mapping[str, list[tuple[int, str]]]) -> StatisticsFilter:
    """Return the filter of an address; what is not offered is left out, reversed years are turned."""
    chosen: dict[str, Any] = {
        name: choice_id(asked.get(name), [number for number, _label in pairs])
        for name, pairs in offered.items()
    }
    first, last = chosen["first_year"], chosen["last_year"]
    if first and last and first > last:
        chosen["first_year"], chosen["last_year"] = last, first
    return StatisticsFilter(**chosen)


def in_words(wanted: StatisticsFilter, offered: Mapping[str, list[tuple[int, str]]]) -> str:
    """Return the filters as the line under a report's title."""
    labels = {
        "industry": _("Industry"), "trade": _("Trade"), "level": _("Level"), "region": _("Region"),
        "kind": _("Kind of activity"),
    }  # fmt: skip
    parts = [years_in_words(wanted, offered)]
    for name, label in labels.items():
        chosen = getattr(wanted, name)
        if chosen is not None:
            parts.append(_("%(label)s: %(value)s", label=label, value=dict(offered[name])[chosen]))
    return " · ".join(parts)


def years_in_words(wanted: StatisticsFilter, offered: Mapping[str, list[tuple[int, str]]]) -> str:
    """Return the years of a report."""
    years = [year for year, _label in offered["first_year"]]
    first = wanted.first_year or (min(years) if years else None)
    last = wanted.last_year or (max(years) if years else None)
    if first is None or last is None:
        return str(_("No year"))
    return str(first) if first == last else str(_("%(first)s–%(last)s", first=first, last=last))


def scope_in_words(session: Session, site: str) -> str:
    """Return whose contests are counted."""
    seen = scopes()
    if policy.SITE in seen:
        return site
    names = list_union_names(session, [number for kind, number in seen if kind == "union"])
    return "、".join(names.values()) or str(_("Own competitions"))


def figures(counted: Iterable[Figure]) -> list[dict[str, Any]]:
    """Return the key figures as the page shows them, each leading to how it is counted."""
    return [
        {"label": figure.label, "value": grouped(figure.value), "unit": figure.unit, "url": "#counted"}
        for figure, indicator in zip(counted, INDICATORS, strict=True)
        if indicator.field in SHOWN_FIRST and isinstance(figure.value, int)
    ]


def table(counted: Table) -> dict[str, Any]:
    """Return a table as the page shows it."""
    return {
        "title": counted.title,
        "columns": [{"label": column.label, "num": column.numeric} for column in counted.columns],
        "rows": counted.rows,
        "totals": [grouped(cell) if isinstance(cell, int) else cell for cell in counted.totals or ()] or None,
        "notes": counted.notes,
        "empty": counted.empty,
    }


def address(endpoint: str, wanted: StatisticsFilter) -> str:
    """Return the address of a page or download with these filters."""
    return url_for(endpoint, **{name: value for name, value in wanted._asdict().items() if value})
