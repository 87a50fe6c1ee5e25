"""What the views of notices share."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask_login import current_user

from competitions.catalogue.naming import choices
from competitions.events.queries import competition_path, get_competition
from competitions.notices import labels, pages, queries
from competitions.notices.forms import AttachForm, NoticeForm
from competitions.notices.objections.queries import list_objections
from core import clock, web
from core.database import db

LIST = "/competitions/<int:competition_id>/notices"
ONE = LIST + "/<ref>"
BOARD = "/notices"
blueprint = Blueprint("notices", __name__)


def find(competition_id: int, ref: str) -> Any:
    """Return the notice of an address, which the guard of the view has already seen."""
    notice = queries.find_notice(db.session, competition_id, ref)
    if notice is None:
        abort(404)
    return notice


def notice_form(competition_id: int, *, corrects: bool = False, **settings: Any) -> NoticeForm:
    """Return the form of a notice."""
    events = choices(get_competition(db.session, competition_id).events)
    return NoticeForm(events, corrects=corrects, year=clock.today().year, **settings)


def show_work(notice: Any, form: Any = None, others: Any = ()) -> str:
    """Show what a notice says or will say, and what stands before publishing it."""
    objections = list_objections(db.session, notice)
    return render_template(
        "notices/work.html", notice=notice, labels=labels, others=list(others),
        form=form or AttachForm(formdata=None), lines=queries.list_version_lines(db.session, notice.id),
        path=competition_path(db.session, notice.competition), objections=objections,
        unanswered=sum(one.decided_at is None for one in objections), **pages.work_on(notice, clock.today()),
    )  # fmt: skip


def form_page(
    form: NoticeForm, competition: Any, notice: Any = None, others: Any = (), conflict: Any = None
) -> str:
    """Show the form of a notice."""
    return render_template(
        "notices/form.html", form=form, competition=competition, notice=notice, others=list(others),
        conflict=conflict,
    )  # fmt: skip


def for_everybody() -> None:
    """Let a stranger's browser keep the page and ask again each time; a person's own is never kept."""
    if not current_user.is_authenticated:
        web.let_caches_keep(shared=False)
