"""The report as the page shows it: figures with their change, a table whose rows lead on."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from accounts import policy
from accounts.guard import MissingRole, held_grants
from competitions.organisations.queries import list_ids_within, list_union_names
from core.i18n import grouped, listed
from reports.statistics import asking, contests, document, names
from reports.statistics.asking import Asked
from reports.statistics.computed import ComputedReport, ReportRow, ReportTable, Value
from reports.statistics.facts import Scopes
from reports.statistics.growth import change, is_compared
from reports.statistics.report import Source
from reports.statistics.rules import ATTRIBUTES, Wanted
from reports.statistics.words import DIMENSIONS

SHOWN_FIRST = ("C01", "C02", "C05", "C06", "C04", "C08b")
TREES = frozenset({"region", "union"})
LISTED = frozenset({"year", "level", "region", "union", "industry", "trade", "kind", "group"})
MAIN_FILTERS = ("first_year", "last_year", "by", "industry", "trade", "level", "region", "kind")
MORE_FILTERS = ("basis", "union", "group", "sex", "age", "skill", "ownership")


def scopes() -> Scopes:
    """Return the scopes whose statistics the signed-in person may see."""
    return policy.scopes_of(held_grants(), "statistics.view")


def check_address(session: Session, asked: MultiDict[str, str], also: Collection[str] = ()) -> None:
    """Refuse names that no filter has, and a filter on a union outside of what one may see; that is logged.

    `also` are names that the page reads besides. Raises: Refused PARAMETER_UNKNOWN, PARAMETER_TWICE;
    MissingRole.
    """
    names.check(asked, {*asking.NAMES, *also})
    union, seen = asked.get("union", ""), scopes()
    if union and policy.SITE not in seen and union not in map(str, list_ids_within(session, seen)):
        raise MissingRole("statistics.view")


def scope_in_words(session: Session) -> str:
    """Return whose contests are counted."""
    seen = scopes()
    if policy.SITE in seen:
        return str(_("All unions of this system"))
    unions = list_union_names(session, [number for kind, number in seen if kind == "union"])
    return listed(unions.values()) or str(_("Own competitions"))


def figures(report: ComputedReport) -> list[dict[str, Any]]:
    """Return the key figures, each leading to how it is counted, with the change since the period before."""
    before = [*report.before, *(None for _one in report.whole)] if report.before else []
    pairs = [*zip(report.columns, report.totals, strict=True), *report.whole]
    found = {}
    for place, (one, value) in enumerate(pairs):
        note = change(value, before[place]) if before else ""
        found[one.code] = {
            "label": one.name,
            "value": shown(value),
            "unit": one.unit,
            "url": "#counted",
            "note": _("%(change)s on %(period)s", change=note, period=report.period_before) if note else "",
        }
    return [found[code] for code in SHOWN_FIRST]


def table(report: ComputedReport, asked: Asked) -> dict[str, Any]:
    """Return the first table with the addresses behind its rows and figures."""
    content = report.tables[0]
    place = [one.code for one in report.columns].index("C05")
    grown = is_compared(report, content)
    return {
        "title": content.title,
        "columns": [
            {"label": content.head},
            *({"label": one.name, "num": True} for one in report.columns),
            *([{"label": _("Growth of participations"), "num": True}] if grown else []),
        ],
        "rows": [_row(row, content, asked, place if grown else None) for row in content.rows],
        "totals": [
            _("Total"),
            *(shown(value) for value in report.totals),
            *([_grown(report.totals, report.before, place)] if grown else []),
        ],
        "notes": content.notes,
    }


def shown(value: Value) -> str:
    """Return a figure as a reader sees it; a dash where there is none."""
    if value is None:
        return "—"
    return grouped(value) if isinstance(value, int) else value


def _row(row: ReportRow, content: ReportTable, asked: Asked, place: int | None) -> dict[str, Any]:
    inside = _inside(row, content, asked)
    values = [shown(value) for value in row.values]
    if place is not None:
        values.append(_grown(row.values, row.before, place))
    return {"label": row.label, "code": row.code, "values": values, **inside}


def _grown(now: Sequence[Value], before: Sequence[Value], place: int) -> str:
    return (change(now[place], before[place]) if before else "") or "—"


def _inside(row: ReportRow, content: ReportTable, asked: Asked) -> dict[str, str]:
    """Return where the name of a row and its number of events lead."""
    name = content.dimension
    if name not in LISTED:
        return {"url": "", "contests": ""}
    narrowed = _narrowed(name, row.key or asking.NONE)
    contests = url_for(".list_contests", **asking.address_of(asked, **narrowed))
    if name in TREES and row.key:
        return {"url": url_for(".show", **asking.address_of(asked, **narrowed)), "contests": contests}
    return {"url": contests, "contests": contests}


def _narrowed(name: str, key: str) -> dict[str, Any]:
    return {"first_year": key, "last_year": key} if name == "year" else {name: key}


def definitions(report: ComputedReport) -> list[tuple[str, str]]:
    """Return the definition of each figure."""
    return [
        (_("%(name)s (%(unit)s)", name=one.name, unit=one.unit), one.text)
        for one in document.definitions(report)
    ]


def filter_labels() -> dict[str, str]:
    """Return the words above the filters."""
    own = {name: str(words[1]) for name, words in DIMENSIONS.items()}
    return own | {
        "first_year": _("From year"), "last_year": _("To year"), "by": _("Split by"), "basis": _("Years"),
    }  # fmt: skip


def hindrances(source: Source, asked: Asked) -> list[dict[str, str]]:
    """Return the filters without which there would be something, each as an address without it."""
    labels, found = filter_labels(), []
    # Where there are contests, it is the people asked for who did not take part in them.
    events = bool(contests.behind(source.session, source.scopes, source.facts, asked))
    for name in ATTRIBUTES if events else Wanted._fields[1:]:
        if getattr(asked.wanted, name) is None:
            continue
        without = asked._replace(wanted=asked.wanted.where(name, None))
        if contests.behind(source.session, source.scopes, source.facts, without):
            url = url_for(".show", **asking.address_of(without))
            found.append({"label": _("Without “%(filter)s”", filter=labels[name]), "url": url})
    return found
