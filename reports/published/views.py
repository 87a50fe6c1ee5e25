"""Pages of published reports."""

from typing import Any

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts import policy
from accounts.guard import Where, held_grants, requires
from competitions.organisations.queries import union_path
from core import clock
from core.database import db
from core.files import answers
from reports.api import tables
from reports.documents import pdf, svg, xlsx
from reports.documents.words import document_words
from reports.papers.issue import Issue
from reports.published import queries, sheet

VIEW = "statistics.view"
blueprint = Blueprint("published", __name__, url_prefix="/statistics/published")


def _scopes() -> frozenset[tuple[str, int]]:
    return policy.scopes_of(held_grants(), VIEW)


def report_place(ref: str, **_others: Any) -> Where | None:
    """Return where a report stands; None for one of a union that the user does not see."""
    report = queries.find_report(db.session, ref, _scopes())
    return None if report is None else Where(union_path(db.session, report.union_id))


@blueprint.get("/")
@requires(VIEW)
def list_reports() -> ResponseReturnValue:
    """Show the published reports of the own unions."""
    reports = queries.list_reports(db.session, _scopes())
    return render_template("published/list.html", reports=reports, told=sheet.told)


@blueprint.get("/<ref>")
@requires(VIEW, report_place)
def show_report(ref: str) -> ResponseReturnValue:
    """Show one report as it was published."""
    report = _find(ref)
    document = sheet.build(report, Issue(current_user.name, clock.now()))
    drawn = [
        (chart.title, svg.render(chart, document_words(), ref=f"chart{number}", width=1120, height=300))
        for number, chart in enumerate(document.charts)
    ]
    return render_template(
        "published/show.html", document=document, charts=drawn, ref=ref, source=sheet.told(report, "source"),
        figures=[
            {"label": one.label, "value": one.value, "unit": one.unit, "note": one.note}
            for one in document.figures
        ],
    )  # fmt: skip


@blueprint.get("/<ref>/report.<any(pdf, xlsx):format>")
@requires(VIEW, report_place)
def download(ref: str, format: str) -> ResponseReturnValue:
    """Hand a report out as workbook or PDF."""
    document = sheet.build(_find(ref), Issue(current_user.name, clock.now()))
    content = pdf.render(document) if format == "pdf" else xlsx.render(document)
    response = Response(content, mimetype="application/pdf" if format == "pdf" else xlsx.MIME)
    name = f"{document.subtitle} {document.title}.{format}"
    response.headers["Content-Disposition"] = answers.disposition(name, f"published.{format}")
    return response


@blueprint.get("/<ref>/report.<any(csv, json):format>")
@requires(VIEW, report_place)
def download_rows(ref: str, format: str) -> ResponseReturnValue:
    """Hand the lines of a report out as a table for programs."""
    report = _find(ref)
    rows, name = tables.published_rows([report]), f"{sheet.told(report, 'title')}.{format}"
    return tables.download(rows, tables.PUBLISHED, name, kind="published")


def _find(ref: str) -> Any:
    return queries.find_report(db.session, ref, _scopes()) or abort(404)
