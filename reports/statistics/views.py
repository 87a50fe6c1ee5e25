"""Statistics: the report builder, the contests behind its figures, its files, saved reports."""

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from accounts.guard import requires
from core import clock
from core.database import db
from core.files import answers
from core.refusals import Refused, words
from core.web import error_page
from reports.documents import pdf, svg, xlsx
from reports.documents.model import Document
from reports.documents.words import document_words
from reports.statistics import (
    asking,
    contests,
    document,
    facts,
    file_names,
    open_data,
    page,
    queries,
    report,
    services,
)
from reports.statistics.asking import Asked
from reports.statistics.computed import ComputedReport
from reports.statistics.file_names import FileName
from reports.statistics.forms import SaveForm
from reports.statistics.rules import DIMENSIONS

blueprint = Blueprint("statistics", __name__, url_prefix="/statistics")


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
    source, asked = _asked(request.args, also=("page",))
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
        notes=report.said_of_waiting(source.facts),
    )


@blueprint.get("/statistics.xlsx")
@requires("statistics.view")
def download_workbook() -> ResponseReturnValue:
    """Return the report as a workbook."""
    return _file("xlsx", xlsx.render, xlsx.MIME)


@blueprint.get("/statistics.pdf")
@requires("statistics.view")
def download_pdf() -> ResponseReturnValue:
    """Return the report as a PDF."""
    return _file("pdf", pdf.render, "application/pdf")


@blueprint.get("/statistics.csv")
@requires("statistics.view")
def download_csv() -> ResponseReturnValue:
    """Return the table as CSV."""
    return _open_data("csv", open_data.as_csv, "text/csv; charset=utf-8")


@blueprint.get("/statistics.json")
@requires("statistics.view")
def download_json() -> ResponseReturnValue:
    """Return the report as JSON."""
    return _open_data("json", open_data.as_json, "application/json")


@blueprint.post("/saved")
@requires("statistics.view")
def save() -> ResponseReturnValue:
    """Save the report under a name."""
    form = SaveForm()
    query = MultiDict(parse_qsl(form.query.data or ""))
    if not form.validate_on_submit():
        return _page(query, form), 422
    _source, asked = _asked(query)
    kept, name = asking.address_of(asked), form.name.data or ""
    known = any(one.name == name for one in queries.list_saved(db.session, current_user.id))
    try:
        services.save_report(
            db.session, current_user.id, name, urlencode(kept), ref=clock.new_ref(), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _page(query, form, [words(one) for one in refused.refusals]), 409
    db.session.commit()
    if known:
        flash(_("“%(name)s” was saved before; it now opens this report.", name=name), "success")
    else:
        flash(_("“%(name)s” is saved.", name=name), "success")
    return redirect(url_for(".show", **kept))


@blueprint.post("/saved/forget")
@requires("statistics.view")
def forget() -> ResponseReturnValue:
    """Forget a saved report."""
    try:
        services.forget_report(db.session, current_user.id, request.form.get("ref", ""), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(MultiDict(), SaveForm(formdata=None), [words(one) for one in refused.refusals]), 409
    db.session.commit()
    return redirect(url_for(".show"))


def _page(args: MultiDict[str, str], form: SaveForm, refusals: Any = ()) -> str:
    computed, asked, source = _report(args)
    address = asking.address_of(asked)
    form.query.data = urlencode(address)
    main = computed.tables[0]
    drawn = document.chart(computed, main)
    return render_template(
        "statistics/show.html",
        report=computed,
        asked=asked,
        offers=source.offers,
        chosen={"by": asked.by} | {name: asking.written(one) for name, one in asked.wanted._asdict().items()},
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


def _asked(args: MultiDict[str, str], also: Collection[str] = ()) -> tuple[report.Source, Asked]:
    page.check_address(db.session, args, also)
    scopes = page.scopes()
    loaded = facts.load(db.session, scopes, asking.basis_of(args))
    offers = asking.offered(db.session, scopes, loaded)
    return report.Source(db.session, scopes, loaded, offers), asking.read(args, offers)


def _report(
    args: MultiDict[str, str], dimensions: tuple[str, ...] = ()
) -> tuple[ComputedReport, Asked, report.Source]:
    source, asked = _asked(args)
    computed = report.compute(
        source, asked, dimensions or (asked.by,), scope=page.scope_in_words(db.session), now=clock.now()
    )
    return computed, asked, source


def _file(ending: str, render: Callable[[Document], bytes], mimetype: str) -> ResponseReturnValue:
    by = asking.dimension_of(request.args)
    others = tuple(name for name in DIMENSIONS if name != by)
    computed, asked, _source = _report(request.args, (by, *others))
    made = render(document.build(computed, issued_by=current_user.name))
    return _download(made, mimetype, file_names.of_report(computed, asked, ending))


def _open_data(ending: str, render: Callable[[ComputedReport], bytes], mimetype: str) -> ResponseReturnValue:
    computed, asked, _source = _report(request.args)
    return _download(render(computed), mimetype, file_names.of_report(computed, asked, ending))


def _filters(asked: Asked, source: report.Source) -> str:
    pairs = asking.filters_in_words(asked.wanted, source.offers)
    words = [_("%(label)s: %(value)s", label=label, value=value) for label, value in pairs]
    return " · ".join([asking.period_in_words(asked.wanted, source.offers), *words])


def _download(content: bytes, mimetype: str, name: FileName) -> ResponseReturnValue:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = answers.disposition(name.full, name.plain)
    return response
