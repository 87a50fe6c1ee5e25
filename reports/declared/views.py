"""The page of declared and computed figures by year, and its files."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import requires
from competitions.declared.queries import list_contests
from core import clock
from core.database import db
from reports.declared import sheet
from reports.documents import pdf, xlsx
from reports.documents.model import Document
from reports.papers.issue import Issue
from reports.statistics import facts, figures, page
from reports.statistics.rules import Wanted

blueprint = Blueprint("declared_years", __name__, url_prefix="/statistics/declared-years")


@blueprint.get("/")
@requires("statistics.view")
def show() -> ResponseReturnValue:
    """Show what is declared beside what is computed, year by year."""
    return render_template("declared/years.html", document=_document())


@blueprint.get("/declared.<any(pdf, xlsx):format>")
@requires("statistics.view")
def download(format: str) -> ResponseReturnValue:
    """Hand the figures out as workbook or PDF."""
    document = _document()
    content = pdf.render(document) if format == "pdf" else xlsx.render(document)
    response = Response(content, mimetype="application/pdf" if format == "pdf" else xlsx.MIME)
    response.headers["Content-Disposition"] = f'attachment; filename="declared.{format}"'
    return response


def _document() -> Document:
    scopes = page.scopes()
    loaded = facts.load(db.session, scopes)
    groups: dict[int, list[facts.Fact]] = {}
    for event in loaded.events:
        groups.setdefault(event.year, []).append(event)
    counted = figures.count(db.session, groups, Wanted())
    return sheet.build(
        list_contests(db.session, scopes, standing=True),
        {year: found._asdict() for year, found in counted.items()},
        page.scope_in_words(db.session), Issue(current_user.name, clock.now()),
    )  # fmt: skip
