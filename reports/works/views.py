"""The page of innovation results in the statistics, and its files."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from core import clock
from core.database import db
from reports.documents import pdf, xlsx
from reports.documents.model import Document
from reports.papers.issue import Issue
from reports.statistics import page
from reports.works import queries, sheet

blueprint = Blueprint("work_figures", __name__, url_prefix="/statistics/works")


@blueprint.get("/")
@requires("statistics.view")
def show() -> ResponseReturnValue:
    """Show what innovation awards came to over the years."""
    return render_template("works/figures.html", document=_document())


@blueprint.get("/works.<any(pdf, xlsx):format>")
@requires("statistics.view")
def download(format: str) -> ResponseReturnValue:
    """Hand the figures out as workbook or PDF."""
    document = _document()
    content = pdf.render(document) if format == "pdf" else xlsx.render(document)
    response = Response(content, mimetype="application/pdf" if format == "pdf" else xlsx.MIME)
    response.headers["Content-Disposition"] = f'attachment; filename="works.{format}"'
    return response


def _document() -> Document:
    by_year = queries.count_by_year(db.session, page.scopes())
    return sheet.build(by_year, page.scope_in_words(db.session), Issue(current_user.name, clock.now()))
