"""Pages for everybody: the board, a notice and its older versions, a competition, files."""

from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import public
from competitions.documents import queries as documents
from competitions.events import frame, labels
from competitions.notices import pages, queries
from competitions.notices.views.base import BOARD, blueprint, for_everybody
from core import clock
from core.database import db
from core.files import answers


@blueprint.get(BOARD + "/")
@public
def show_board() -> ResponseReturnValue:
    """Show the public notices, the newest first."""
    for_everybody()
    return render_template("notices/board.html", **pages.board(db.session, request.args, clock.today()))


@blueprint.get(BOARD + "/<ref>")
@public
def read(ref: str) -> ResponseReturnValue:
    """Show what a notice says now."""
    notice = _find(ref)
    return _page(notice, pages.current_version(notice))


@blueprint.get(BOARD + "/<ref>/versions/<int:number>")
@public
def read_version(ref: str, number: int) -> ResponseReturnValue:
    """Show what a notice said before it was corrected."""
    notice = _find(ref)
    found = next((v for v in pages.published_versions(notice) if v.number == number), None)
    if found is None:
        abort(404)
    return _page(notice, found)


@blueprint.get(BOARD + "/<ref>/files/<file_ref>")
@public
def download(ref: str, file_ref: str) -> ResponseReturnValue:
    """Give a file of a notice to everybody."""
    stored = queries.find_public_file(db.session, ref, file_ref)
    if stored is None:
        abort(404)
    return answers.send(stored, public=not current_user.is_authenticated)


@blueprint.get(BOARD + "/competitions/<page_ref>")
@public
def show_competition(page_ref: str) -> ResponseReturnValue:
    """Show a competition to everybody: its events, its public documents and notices."""
    competition = documents.find_public_competition(db.session, page_ref)
    if competition is None:
        abort(404)
    for_everybody()
    shown = pages.competition_page(db.session, competition, clock.today())
    return render_template("notices/competition.html", labels=labels, days=frame.days, **shown)


def _find(ref: str) -> Any:
    notice = queries.find_public(db.session, ref)
    if notice is None:
        abort(404)
    return notice


def _page(notice: Any, version: Any) -> str:
    for_everybody()
    withdrawn = notice.state == "withdrawn"
    return render_template(
        "notices/read.html", notice=notice, withdrawn=withdrawn, replaced=version.number != notice.current,
        paper=pages.paper(notice, version, clock.today()), versions=pages.published_versions(notice),
        page_ref=documents.find_page_ref(db.session, notice.competition_id),
        open=pages.takes_objections(notice, clock.today()),
    )  # fmt: skip
