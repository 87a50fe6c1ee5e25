"""Statistics: a page with a chart, a workbook, a PDF."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from core import clock
from core.database import db
from reports.documents import pdf, svg, xlsx
from reports.documents.model import Document
from reports.documents.words import document_words
from reports.statistics import page, report
from reports.statistics.definitions import INDICATORS

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/")
@requires("statistics.view")
def show() -> ResponseReturnValue:
    """Show the figures, the chart and one table for each dimension."""
    offered = page.options(db.session)
    wanted = page.read_filter(request.args, offered)
    numbers = report.count(db.session, page.scopes(), wanted)
    return render_template(
        "statistics/show.html",
        offered=offered,
        wanted=wanted,
        narrowed=any(wanted),
        subtitle=page.in_words(wanted, offered),
        scope=page.scope_in_words(db.session, _("All unions of this system")),
        figures=page.figures(report.figures(numbers.totals)),
        chart=svg.render(
            report.chart(numbers), document_words(), ref="participations", width=1120, height=300
        ),
        tables=[page.table(report.table(name, numbers)) for name in report.TABLES],
        definitions=[(_("%(name)s (%(unit)s)", name=i.name, unit=i.unit), i.definition) for i in INDICATORS],
        empty=numbers.totals.events == 0,
        workbook_url=page.address(".download_workbook", wanted),
        pdf_url=page.address(".download_pdf", wanted),
    )


@blueprint.get("/statistics.xlsx")
@requires("statistics.view")
def download_workbook() -> ResponseReturnValue:
    """Return the report as a workbook."""
    return _download(xlsx.render(_document()), WORKBOOK, "xlsx")


@blueprint.get("/statistics.pdf")
@requires("statistics.view")
def download_pdf() -> ResponseReturnValue:
    """Return the report as a PDF."""
    return _download(pdf.render(_document()), "application/pdf", "pdf")


def _document() -> Document:
    offered = page.options(db.session)
    wanted = page.read_filter(request.args, offered)
    return report.build(
        report.count(db.session, page.scopes(), wanted),
        subtitle=page.in_words(wanted, offered),
        scope=page.scope_in_words(db.session, _("All unions of this system")),
        issued_by=current_user.name,
        now=clock.now(),
    )


def _download(content: bytes, mimetype: str, ending: str) -> Any:
    response = Response(content, mimetype=mimetype)
    name = f"statistics-{clock.today():%Y%m%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
