"""The papers of an event: the page that lists them, and each as PDF or workbook."""

from collections.abc import Callable
from dataclasses import replace

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import may, requires
from competitions.events.places import event_place
from competitions.events.queries import event_path, get_event
from core import clock
from core.database import db
from core.refusals import refuse
from reports.documents import pdf, xlsx
from reports.documents.model import Document
from reports.papers import ceremony, draw_record, mark_sheets, offers, place_cards, programme, roster, sealed
from reports.papers.issue import Issue
from reports.timetables import sheet

blueprint = Blueprint("papers", __name__, url_prefix="/events/<int:event_id>/papers")
FORMAT = "<any(pdf, xlsx):format>"
OF_FIELD: dict[str, Callable[..., Document]] = {
    "programme": programme.build, "roster": roster.build, "check_in": roster.build_check_in
}  # fmt: skip
OF_CEREMONY: dict[str, Callable[..., Document]] = {
    "winners": ceremony.winners, "podium": ceremony.podium, "handover": ceremony.handover
}  # fmt: skip


@blueprint.get("/")
@requires("paper.list", event_place)
def list_papers(event_id: int) -> ResponseReturnValue:
    """Show what can be printed, what for, and what is not there yet."""
    event = get_event(db.session, event_id)
    standing = offers.standing_of(db.session, event)
    may_choose = may("paper.sheets", event_path(db.session, event))
    choice = offers.sheets_choice(standing) if may_choose else None
    shown = offers.list_offers(db.session, event, standing)
    return render_template("papers/list.html", event=event, offers=shown, choice=choice)


@blueprint.get(f"/<any(programme, roster, 'check-in'):paper>.{FORMAT}")
@requires("paper.field", event_place)
def download_field(event_id: int, paper: str, format: str) -> ResponseReturnValue:
    """Return the programme, the roster or the check-in list by unit: who takes part, without codes."""
    name = paper.replace("-", "_")
    return _open_paper(event_id, name, format, OF_FIELD[name])


@blueprint.get(f"/<any(winners, podium, handover):ceremony_paper>.{FORMAT}")
@requires("paper.ceremony", event_place)
def download_ceremony(event_id: int, ceremony_paper: str, format: str) -> ResponseReturnValue:
    """Return the winners' list, the order of calling them, or the list to tick at the hand-over."""
    return _open_paper(event_id, ceremony_paper, format, OF_CEREMONY[ceremony_paper])


@blueprint.get("/place-cards.pdf")
@requires("paper.ceremony", event_place)
def download_place_cards(event_id: int) -> ResponseReturnValue:
    """Return the place cards of the winners."""
    event = get_event(db.session, event_id)
    offers.require(db.session, event, "place_cards")
    made = place_cards.build(db.session, event, make_issue())
    return download(made, "application/pdf", f"place-cards-{event_id}.pdf")


@blueprint.get(f"/timetable.{FORMAT}")
@requires("schedule.view", event_place)
def download_timetable(event_id: int, format: str) -> ResponseReturnValue:
    """Return the sittings day by day."""
    return _open_paper(event_id, "timetable", format, sheet.build)


@blueprint.get(f"/draw-record.{FORMAT}")
@requires("draw.show", event_place)
def download_draw_record(event_id: int, format: str) -> ResponseReturnValue:
    """Return the record of the draw without names."""
    return _open_paper(event_id, "draw_record", format, draw_record.build)


@blueprint.get("/mark-sheets.pdf")
@requires("paper.sheets", event_place)
def download_mark_sheets(event_id: int) -> ResponseReturnValue:
    """Return blank mark sheets, of one stage or one judge where the address names them."""
    event = get_event(db.session, event_id)
    offers.require(db.session, event, "mark_sheets")
    wanted = request.args.get("stage", ""), request.args.get("judge", "")
    found = mark_sheets.list_piles(db.session, event, *wanted) or abort(404)
    sheets = sum(len(pile.entries) for pile in found)
    if sheets > mark_sheets.MOST:
        raise refuse("PAPER_TOO_MANY", sheets=sheets, most=mark_sheets.MOST)
    documents = mark_sheets.build(db.session, event, found, make_issue())
    made = pdf.render_all(documents, title=_("Blank mark sheets"))
    return download(made, "application/pdf", f"mark-sheets-{event_id}.pdf")


@blueprint.post(f"/sealed/draw-record.{FORMAT}")
@requires("draw.view", event_place)
def open_record(event_id: int, format: str) -> ResponseReturnValue:
    """Open the sealed map as the record that entrants sign; each opening is recorded."""
    return _open_sealed(event_id, "sealed_record", format, sealed.build_record)


@blueprint.post(f"/sealed/check-in.{FORMAT}")
@requires("draw.view", event_place)
def open_check_in(event_id: int, format: str) -> ResponseReturnValue:
    """Open the sealed map as the check-in list by station; each opening is recorded."""
    return _open_sealed(event_id, "sealed_check_in", format, sealed.build_check_in)


@blueprint.post(f"/sealed/layer-<int:number>.{FORMAT}")
@requires("draw.view", event_place)
def open_layer(event_id: int, number: int, format: str) -> ResponseReturnValue:
    """Open the sealed map of one layer as a paper to sign; each opening is recorded."""
    event, issue = get_event(db.session, event_id), make_issue()
    offers.require(db.session, event, f"sealed_layer_{number}")
    rows = sealed.open_layer(db.session, event, number, int(current_user.id), issue)
    document = sealed.build_layer(db.session, event, number, rows, issue)
    db.session.commit()
    return _rendered(document, format, f"draw-layer-{number}-{event_id}")


def _open_paper(event_id: int, name: str, kind: str, build: Callable[..., Document]) -> Response:
    event = get_event(db.session, event_id)
    offers.require(db.session, event, name)
    return _rendered(build(db.session, event, make_issue()), kind, f"{name.replace('_', '-')}-{event_id}")


def _open_sealed(event_id: int, name: str, kind: str, build: Callable[..., Document]) -> Response:
    event, issue = get_event(db.session, event_id), make_issue()
    offers.require(db.session, event, name)
    rows = sealed.open_map(db.session, event, int(current_user.id), issue)
    document = build(db.session, event, rows, issue)
    db.session.commit()
    return _rendered(document, kind, f"{name.replace('_', '-')}-{event_id}")


def make_issue() -> Issue:
    """Return who makes a paper in this request, and when."""
    return Issue(current_user.name, clock.now())


def _rendered(document: Document, kind: str, name: str) -> Response:
    if kind == "pdf":
        return download(pdf.render(document), "application/pdf", f"{name}.pdf")
    # Without the counts, which would be a sheet of their own before the table.
    return download(xlsx.render(replace(document, figures=())), xlsx.MIME, f"{name}.xlsx")


def download(content: bytes, mimetype: str, name: str) -> Response:
    """Return a file to be kept."""
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
