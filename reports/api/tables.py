"""The tables of the API: rows of plain values under fixed English names, as JSON or as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import Response

from competitions.catalogue.naming import name_of
from competitions.declared.models import DeclaredContest
from competitions.indicators import labels
from competitions.indicators.dictionary import by_key, indicators
from competitions.indicators.rules import DIMENSIONS
from competitions.returns.figures import from_json
from competitions.returns.models import UnionReturn
from core.files import answers
from core.i18n import current_locale
from reports.documents.sheet_text import csv_text
from reports.published.models import PublishedReport
from reports.published.queries import lines_of
from reports.published.sheet import told

Row = Mapping[str, Any]
SIGNS = {"=": "eq", "≈": "approx", ">": "gt", "≥": "ge"}  # in CSV, where "=" begins a formula


def download(rows: Sequence[Row], columns: Sequence[str], name: str, **about: Any) -> Response:
    """Return rows as a file to keep, whose name ends in .csv or .json."""
    response = answer(rows, columns, name.rpartition(".")[2], **about)
    plain = "-".join(filter(None, ["jiangsai", about.get("kind"), "table"])) + "." + name.rpartition(".")[2]
    response.headers["Content-Disposition"] = answers.disposition(name, plain)
    return response


def answer(rows: Sequence[Row], columns: Sequence[str], format: str, **about: Any) -> Response:
    """Return rows as a table of CSV, or as JSON with what is said about them."""
    if format == "csv":
        return Response(_csv(rows, columns), content_type="text/csv; charset=utf-8")
    return as_json({**about, "columns": list(columns), "rows": [dict(row) for row in rows]})


def as_json(content: Any) -> Response:
    """Return a value as JSON that people can read, too."""
    return Response(json.dumps(content, ensure_ascii=False, indent=1) + "\n", content_type="application/json")


def _csv(rows: Iterable[Row], columns: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(name, row[name]) for name in columns])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(name: str, value: Any) -> Any:
    if name == "qualifier":
        return SIGNS.get(value, "")
    if isinstance(value, list):
        return " ".join(value)
    return csv_text(value) if isinstance(value, str) else value


INDICATORS = (
    "key", "code", "name", "unit", "kind", "places", "origin", "additive", "definition", "source",
)  # fmt: skip


def indicator_rows() -> list[Row]:
    """Return the dictionary."""
    return [
        {
            "key": one.key, "code": one.code, "name": labels.name_of(one), "unit": labels.unit_of(one),
            "kind": one.kind, "places": one.places, "origin": one.origin,
            "additive": [name for name in DIMENSIONS if name in one.additive],
            "definition": labels.definition_of(one), "source": labels.source_of(one),
        }
        for one in indicators()
    ]  # fmt: skip


RETURNS = (
    "period", "first_day", "last_day", "union_id", "union", "above_id", "key", "name", "unit", "kind",
    "value", "qualifier", "complete", "own", "remark",
)  # fmt: skip


def return_rows(accepted: Iterable[UnionReturn]) -> list[Row]:
    """Return the figures of accepted returns, one a row."""
    return [row for given in accepted for row in _return_rows(given)]


def _return_rows(given: UnionReturn) -> list[Row]:
    period, known = given.period, by_key()
    about = {
        "period": period.title, "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(), "union_id": given.union_id, "union": name_of(given.union),
        "above_id": given.union.parent_id,
    }  # fmt: skip
    return [
        {
            **about, "key": key, "name": labels.name_of(known[key]), "unit": labels.unit_of(known[key]),
            "kind": known[key].kind, "value": number(one.value), "qualifier": one.qualifier,
            "complete": one.complete, "own": number(one.own), "remark": one.remark,
        }
        for key, one in from_json(given.figures).items()
    ]  # fmt: skip


DECLARED = (
    "contest", "contest_name", "union_id", "union", "activity", "level", "trade", "host", "first_day",
    "last_day", "source", "key", "name", "unit", "kind", "value", "qualifier", "complete",
)  # fmt: skip


def declared_rows(contests: Iterable[DeclaredContest]) -> list[Row]:
    """Return the figures of declared contests, one a row; one of which none is known has a row without."""
    return [row for contest in contests for row in _declared_rows(contest)]


def _declared_rows(contest: DeclaredContest) -> list[Row]:
    known = by_key()
    about = {
        "contest": contest.ref, "contest_name": contest.name, "union_id": contest.union_id,
        "union": name_of(contest.union), "activity": name_of(contest.kind), "level": name_of(contest.level),
        "trade": contest.trade, "host": contest.host, "first_day": contest.starts_on.isoformat(),
        "last_day": contest.ends_on.isoformat(), "source": contest.source,
    }  # fmt: skip
    figures: list[Row] = [
        {
            **about, "key": key, "name": labels.name_of(known[key]), "unit": labels.unit_of(known[key]),
            "kind": known[key].kind, "value": number(one.value), "qualifier": one.qualifier,
            "complete": one.complete,
        }
        for key, one in from_json(contest.figures).items()
    ]  # fmt: skip
    return figures or [dict.fromkeys(DECLARED) | about]


PUBLISHED = (
    "report", "reporter", "period", "source", "section", "name", "value", "qualifier", "unit", "kind",
    "incomplete", "printed", "note",
)  # fmt: skip


def published_rows(reports: Iterable[PublishedReport]) -> list[Row]:
    """Return the lines of published reports, one a row; the words of the source are Chinese."""
    return [
        {
            "report": told(report, "title"), "reporter": told(report, "reporter"),
            "period": told(report, "period"), "source": told(report, "source"),
            "section": told(line, "section"), "name": told(line, "name"), "value": number(line.value),
            "qualifier": line.qualifier, "unit": told(line, "unit"), "kind": line.kind,
            "incomplete": True if line.complete == "no" else None,  # None: the source does not say
            "note": told(line, "note"),
            "printed": line.printed if current_locale() == "zh" else "",
        }
        for report in reports
        for line in lines_of(report)
    ]  # fmt: skip


def number(value: Decimal | None) -> int | str | None:
    """Return a whole number as a number, any other as its exact text."""
    if value is None:
        return None
    return int(value) if value == int(value) else f"{value:f}"
