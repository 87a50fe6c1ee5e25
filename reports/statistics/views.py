"""Statistics: the report builder, the contests behind its figures, its files, saved reports."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from core import clock
from core.database import db
from core.refusals import Refused, words
from core.web import error_page
from reports.documents import pdf, svg, xlsx
from reports.documents.words import document_words
from reports.statistics import asking, contests, document, facts, open_data, page, queries, report, services
from reports.statistics.asking import Asked
from reports.statistics.computed import ComputedReport
from reports.statistics.forms import SaveForm

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_FILES = ("year", "level", "region", "union", "industry", "trade", "kind")


@blueprint.errorhandler(Refused)
def show_unknown_filter(refused: Refused) -> ResponseReturnValue:
    """Say which filter of the address does not exist; figures without it would be taken for others."""
    return error_page(422, None, [words(one) for one in refused.refusals])


@blueprint.get("/")
@requires("statistics.view")
def show() -> ResponseReturnValue:
    """Show the report that the address asks for."""
    return _page(request.args, SaveForm(formdata=None))


@blueprint.get("/contests")
@requires("statistics.view")
def list_contests() -> ResponseReturnValue:
    """Show the contests behind a figure."""
    source, asked = _asked(request.args)
    behind = contests.behind(db.session, source.scopes, source.facts, asked)
    pages = max(1, -(-len(behind) // contests.PAGE))
    number = min(max(request.args.get("page", 1, type=int), 1), pages)
    start = (number - 1) * contests.PAGE
    return render_template(
        "statistics/contests.html",
        rows=contests.shown(db.session, behind[start : start + contests.PAGE]),
        total=len(behind),
        page=number,
        pages=pages,
        address=asking.address_of(asked),
        subtitle=_filters(asked, source),
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


@blueprint.get("/statistics.csv")
@requires("statistics.view")
def download_csv() -> ResponseReturnValue:
    """Return the table as CSV."""
    return _download(open_data.as_csv(_report(request.args)[0]), "text/csv; charset=utf-8", "csv")


@blueprint.get("/statistics.json")
@requires("statistics.view")
def download_json() -> ResponseReturnValue:
    """Return the report as JSON."""
    return _download(open_data.as_json(_report(request.args)[0]), "application/json", "json")


@blueprint.post("/saved")
@requires("statistics.view")
def save() -> ResponseReturnValue:
    """Save the report under a name."""
    form = SaveForm()
    query = dict(parse_qsl(form.query.data or ""))
    if not form.validate_on_submit():
        return _page(query, form), 422
    _source, asked = _asked(query)
    kept = asking.address_of(asked)
    try:
        services.save_report(
            db.session, current_user.id, form.name.data or "", urlencode(kept), ref=clock.new_ref(),
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(query, form, [words(one) for one in refused.refusals]), 409
    db.session.commit()
    return redirect(url_for(".show", **kept))


@blueprint.post("/saved/forget")
@requires("statistics.view")
def forget() -> ResponseReturnValue:
    """Forget a saved report."""
    try:
        services.forget_report(db.session, current_user.id, request.form.get("ref", ""), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page({}, SaveForm(formdata=None), [words(one) for one in refused.refusals]), 409
    db.session.commit()
    return redirect(url_for(".show"))


def _page(args: Any, form: SaveForm, refusals: Any = ()) -> str:
    computed, asked, source = _report(args)
    address = asking.address_of(asked)
    form.query.data = urlencode(address)
    main = computed.tables[0]
    drawn = document.chart(computed, main) if main.rows else None
    return render_template(
        "statistics/show.html",
        report=computed,
        asked=asked,
        offers=source.offers,
        chosen={"by": asked.by, **asked.wanted._asdict()},
        main_filters=page.MAIN_FILTERS,
        more_filters=page.MORE_FILTERS,
        labels=page.filter_labels(),
        subtitle=_filters(asked, source),
        figures=page.figures(computed),
        chart_title=drawn.title if drawn else "",
        chart=svg.render(drawn, document_words(), ref="figures", width=1120, height=300) if drawn else "",
        table=page.table(computed, asked),
        definitions=page.definitions(computed),
        hindrances=page.hindrances(source, asked) if not main.rows else [],
        address=address,
        saved=queries.list_saved(db.session, current_user.id),
        form=form,
        refusals=refusals,
    )


def _asked(args: Any) -> tuple[report.Source, Asked]:
    page.refuse_elsewhere(db.session, args)
    scopes = page.scopes()
    loaded = facts.load(db.session, scopes, asking.basis_of(args))
    offers = asking.offered(db.session, scopes, loaded)
    return report.Source(db.session, scopes, loaded, offers), asking.read(args, offers)


def _report(args: Any, dimensions: tuple[str, ...] = ()) -> tuple[ComputedReport, Asked, report.Source]:
    source, asked = _asked(args)
    computed = report.compute(
        source, asked, dimensions or (asked.by,), scope=page.scope_in_words(db.session), now=clock.now()
    )
    return computed, asked, source


def _document() -> Any:
    by = asking.dimension_of(request.args)
    others = tuple(name for name in IN_FILES if name != by)
    computed = _report(request.args, (by, *others))[0]
    return document.build(computed, issued_by=current_user.name)


def _filters(asked: Asked, source: report.Source) -> str:
    pairs = asking.filters_in_words(asked.wanted, source.offers)
    words = [_("%(label)s: %(value)s", label=label, value=value) for label, value in pairs]
    return " · ".join([asking.period_in_words(asked.wanted, source.offers), *words])


def _download(content: bytes, mimetype: str, ending: str) -> Any:
    response = Response(content, mimetype=mimetype)
    name = f"statistics-{clock.today():%Y%m%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
