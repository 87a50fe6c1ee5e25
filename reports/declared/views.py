"""The page of declared and computed figures by year, and its files."""

from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.declared.queries import list_contests
from core import clock
from core.database import db
from reports.api import tables
from reports.declared import sheet
from reports.documents import pdf, xlsx
from reports.documents.model import Document
from reports.papers.issue import Issue
from reports.statistics import distinct, facts, figures, page
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


@blueprint.get("/declared.<any(csv, json):format>")
@requires("statistics.view")
def download_rows(format: str) -> ResponseReturnValue:
    """Hand the figures by year out as a table for programs."""
    contests, computed = _figures()
    name = f"{_('Declared beside computed figures')}.{format}"
    return tables.download(sheet.rows(contests, computed), sheet.ROWS, name, kind="declared-years")


@blueprint.get("/contests.<any(csv, json):format>")
@requires("statistics.view")
def download_contests(format: str) -> ResponseReturnValue:
    """Hand the declared contests themselves out as a table, a row a figure."""
    rows = tables.declared_rows(list_contests(db.session, page.scopes(), standing=True))
    return tables.download(rows, tables.DECLARED, f"{_('Declared contests')}.{format}", kind="declared")


def _document() -> Document:
    contests, computed = _figures()
    return sheet.build(
        contests, computed, page.scope_in_words(db.session), Issue(current_user.name, clock.now())
    )


def _figures() -> tuple[Any, sheet.ByYear]:
    scopes = page.scopes()
    counted = distinct.steadily(lambda: _by_year(scopes))
    contests = list_contests(db.session, scopes, standing=True)
    return contests, {year: found._asdict() for year, found in counted.items()}


def _by_year(scopes: facts.Scopes) -> dict[int, figures.Figures]:
    groups: dict[int, list[facts.Fact]] = {}
    for event in facts.load(db.session, scopes).events:
        groups.setdefault(event.year, []).append(event)
    return figures.count(db.session, groups, Wanted())
