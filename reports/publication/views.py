"""Announced results for everybody: the page, the paper, and what it takes to check them."""

from functools import cache
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import public
from core import canonical, clock, web
from core.database import db
from reports.announcements import sheet
from reports.documents import pdf
from reports.publication import pages
from reports.publication.pages import Published
from scoring.archive import build_result_archive
from scoring.packages import exporting
from scoring.results import statements

ONE = "/published/<ref>"
JSON = "application/json"
blueprint = Blueprint("publication", __name__)


@blueprint.get(ONE)
@public
def show(ref: str) -> ResponseReturnValue:
    """Show a published version with names masked, all others, and how to check them."""
    found = _find(ref)
    if not current_user.is_authenticated:
        web.let_caches_keep(shared=False)
    return render_template("publication/show.html", **pages.page(db.session, found))


@blueprint.get(ONE + "/announcement.pdf")
@public
def download_paper(ref: str) -> ResponseReturnValue:
    """Give the announcement as a PDF."""
    found = _find(ref)
    names = pages.masked_names(db.session, found.event)
    said = found.statement
    document = sheet.build(
        found.event, found.shown, names, said, issued_by=found.event.competition.union.name, now=clock.now()
    )
    return _file(pdf.render(document), found, "announcement", "pdf", "application/pdf")


@blueprint.get(ONE + "/statement.json")
@public
def download_statement(ref: str) -> ResponseReturnValue:
    """Give what was signed, with its signature."""
    found = _find(ref)
    return _file(statements.line(found.statement).encode(), found, "statement", "json", JSON)


@blueprint.get(ONE + "/result.json")
@public
def download_document(ref: str) -> ResponseReturnValue:
    """Give the frozen result whose SHA-256 the statement names."""
    found = _find(ref)
    document = statements.public_document(found.version.document)
    return _file(canonical.dumps(document).encode(), found, "result", "json", JSON)


@blueprint.get(ONE + "/recount.zip")
@public
def download_package(ref: str) -> ResponseReturnValue:
    """Give everything that is needed to compute the result again, with names masked."""
    found = _find(ref)
    names = pages.masked_names(db.session, found.event)
    data = exporting.public_package(found.shown, names)
    return _file(data, found, "recount", "zip", "application/zip")


@blueprint.get("/result.pyz")
@public
def download_program() -> ResponseReturnValue:
    """Give the program that checks a signature: one file that any Python runs."""
    return send_file(
        BytesIO(_program()), mimetype="application/zip", as_attachment=True, download_name="result.pyz"
    )


@cache
def _program() -> bytes:
    return build_result_archive()


def _find(ref: str) -> Published:
    return pages.find(db.session, ref) or abort(404)


def _file(data: bytes, found: Published, name: str, ending: str, kind: str) -> Any:
    title = f"{name}-{found.event.id}-v{found.version.number}.{ending}"
    return send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=title)
