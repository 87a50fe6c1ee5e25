"""The page of a work for the expert who marks it, and its files."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import Where, requires
from competitions.entries import work_files
from competitions.entries.views.parts import size_words
from competitions.events.queries import event_path, find_event
from competitions.works.labels import NATURES
from competitions.works.queries import find_particulars
from competitions.works.rules import benefit_text
from core import clock
from core.audit import services as audit
from core.database import db
from core.files import answers
from scoring.works.queries import find_marked_work

blueprint = Blueprint("judged_works", __name__, url_prefix="/marking/works/<int:event_id>/<code>")
MARKED = frozenset({"scoring", "tabulated"})


def work_place(event_id: int, **_others: Any) -> Where | None:
    """Return where an event stands whose works are being marked."""
    event = find_event(db.session, event_id)
    if event is None or event.state not in MARKED:
        return None
    return Where(event_path(db.session, event), event.state)


@blueprint.get("/")
@requires("sheet.mark", work_place)
def show_work(event_id: int, code: str) -> ResponseReturnValue:
    """Show what an expert marks; no author, no unit and no name of a file where the event hides them."""
    event, entry = _work(event_id, code)
    said = find_particulars(db.session, entry.id)
    return render_template(
        "works/judged.html", event=event, entry=entry, code=code, said=said, natures=NATURES,
        benefit=benefit_text(said.benefit) if said else "", size=size_words,
        files=work_files.list_files(db.session, entry.id),
    )  # fmt: skip


@blueprint.post("/files/<int:number>")
@requires("sheet.mark", work_place)
def fetch_file(event_id: int, code: str, number: int) -> ResponseReturnValue:
    """Give a file of a work by its place, under its code where names are hidden; who took it is recorded."""
    event, entry = _work(event_id, code)
    files = work_files.list_files(db.session, entry.id)
    if not 1 <= number <= len(files):
        abort(404)
    stored = files[number - 1].file
    answer = answers.send(stored, f"{code}-{number}.{stored.kind}" if event.anonymous else "")
    audit.record(
        db.session, "work:fetch", actor_id=current_user.id, subject=f"event:{event.id}", now=clock.now(),
        event_id=event.id, detail={"code": code, "sha256": stored.sha256},
    )  # fmt: skip
    db.session.commit()
    return answer


def _work(event_id: int, code: str) -> tuple[Any, Any]:
    event, entry = find_event(db.session, event_id), None
    if event is not None and event.entry_kind == "work":
        entry = find_marked_work(db.session, current_user.id, event_id, code)
    return event, entry or abort(404)
