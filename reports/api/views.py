"""The API of version 1: what a union's own system reads with a token of the union (docs/api.md)."""

from flask import Blueprint, Response, request, url_for

from competitions.catalogue.naming import name_of
from competitions.declared.queries import list_contests
from competitions.returns.queries import list_accepted
from core import clock
from core.database import db
from core.refusals import Refused
from reports.api import access, tables
from reports.api.access import with_token
from reports.published.queries import list_reports
from reports.statistics import asking, facts, open_data, report
from reports.statistics.computed import ComputedReport

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
FORMAT = "<any(json, csv):format>"


@blueprint.errorhandler(Refused)
def show_unknown_filter(refused: Refused) -> Response:
    """Say which filter of the address does not fit."""
    return access.refused(422, refused.refusals)


@blueprint.get("/")
@with_token()
def show_start() -> Response:
    """Say whose figures the token opens, and where they are."""
    union = access.token().union
    names = ("list_indicators", "list_statistics", "list_returns", "list_declared", "list_published")
    return tables.as_json(
        {
            "format": "jiangsai-api/1",
            "union": {"id": union.id, "name": name_of(union)},
            "tables": {name[5:]: url_for(f".{name}", format="json") for name in names},
        }
    )


@blueprint.get(f"/indicators.{FORMAT}")
@with_token()
def list_indicators(format: str) -> Response:
    """Return the dictionary of indicators."""
    return tables.answer(tables.indicator_rows(), tables.INDICATORS, format, kind="dictionary")


@blueprint.get(f"/statistics.{FORMAT}")
@with_token(*asking.NAMES)
def list_statistics(format: str) -> Response:
    """Return what the address asks for, computed from the records as on the page of the statistics."""
    computed = _computed()
    if format == "csv":
        return Response(open_data.as_csv(computed), content_type="text/csv; charset=utf-8")
    return Response(open_data.as_json(computed), content_type="application/json")


def _computed() -> ComputedReport:
    scopes, union = access.scopes(), access.token().union
    loaded = facts.load(db.session, scopes, asking.basis_of(request.args))
    source = report.Source(db.session, scopes, loaded, asking.offered(db.session, scopes, loaded))
    asked = asking.read(request.args, source.offers)
    return report.compute(source, asked, (asked.by,), scope=name_of(union), now=clock.now())


@blueprint.get(f"/returns.{FORMAT}")
@with_token()
def list_returns(format: str) -> Response:
    """Return the figures of accepted returns of the union and all below it; declared, never computed."""
    rows = tables.return_rows(list_accepted(db.session, access.scopes()))
    return tables.answer(rows, tables.RETURNS, format, kind="declared")


@blueprint.get(f"/declared.{FORMAT}")
@with_token()
def list_declared(format: str) -> Response:
    """Return the figures of contests held without this system, as unions declare them; no withdrawn ones."""
    rows = tables.declared_rows(list_contests(db.session, access.scopes(), standing=True))
    return tables.answer(rows, tables.DECLARED, format, kind="declared")


@blueprint.get(f"/published.{FORMAT}")
@with_token()
def list_published(format: str) -> Response:
    """Return the lines of the published reports of the union and all below it."""
    rows = tables.published_rows(list_reports(db.session, access.scopes()))
    return tables.answer(rows, tables.PUBLISHED, format, kind="published")
