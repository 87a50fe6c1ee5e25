"""A report as open data: CSV for tables, JSON with everything that the figures mean."""

import io
import json
from typing import Any

from flask_babel import gettext as _

from reports.documents.csv_rows import write_csv
from reports.documents.model import Cell, Column
from reports.documents.words import document_words
from reports.statistics.computed import TINY, WITHHELD, ComputedReport, Measure, ReportTable, Value

FORMAT = "statistics/1"


def as_csv(report: ComputedReport) -> bytes:
    """Return the first table: a column a figure, under its code and name.

    How complete it is and what else is to be known stand at the total.
    """
    table = report.tables[0]
    columns = [Column(table.head), Column(_("Code"))]
    columns += [Column(f"{one.code} {one.name}".strip(), unit=one.unit) for one in report.columns]
    columns.append(Column(_("Remark")))
    rows: list[tuple[Cell, ...]] = [(row.label, row.code, *row.values, "") for row in table.rows]
    rows.append((_("Total"), "", *report.totals, " · ".join([report.completeness, *report.notes])))
    target = io.BytesIO()
    write_csv(target, columns, rows, document_words())
    return target.getvalue()


def as_json(report: ComputedReport) -> bytes:
    """Return the report with its definitions, filters and how it was computed."""
    content = {
        "format": FORMAT,
        "title": report.title,
        "scope": report.scope,
        "period": report.period,
        "filters": [{"name": label, "value": value} for label, value in report.filters],
        "computed_at": report.computed_at.isoformat(),
        "how": list(report.how),
        "notes": list(report.notes),
        "completeness": report.completeness,
        "columns": [_measure(one) for one in report.columns],
        "totals": [_value(value) for value in report.totals],
        "whole": [{**_measure(one), "value": _value(value)} for one, value in report.whole],
        "before": {"period": report.period_before, "totals": [_value(value) for value in report.before]},
        "tables": [_table(table) for table in report.tables],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "unit": one.unit, "kind": one.kind, "additive": one.additive,
        "source": one.source, "qualifier": one.qualifier, "complete": one.complete,
        "definition": one.definition,
    }  # fmt: skip


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "dimension": table.dimension,
        "head": table.head,
        "overlapping": table.overlapping,
        "rows": [
            {
                "key": row.key,
                "label": row.label,
                "code": row.code,
                "values": [_value(value) for value in row.values],
                "before": [_value(value) for value in row.before],
            }
            for row in table.rows
        ],
        "notes": list(table.notes),
    }


def _value(value: Value) -> Any:
    if value == WITHHELD:
        return {"withheld": True}
    return {"below": 3} if value == TINY else value
