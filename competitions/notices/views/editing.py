"""Pages for those who write notices: their list, the form, the files."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events import offers
from competitions.events.places import competition_place
from competitions.events.queries import competition_path, get_competition
from competitions.fields import choice_id, show_refusals, version_said
from competitions.notices import labels, pages, services, sources
from competitions.notices.forms import AttachForm, NoticeForm
from competitions.notices.places import notice_place
from competitions.notices.views.base import (
    LIST,
    ONE,
    blueprint,
    find,
    form_page,
    notice_form,
    show_work,
)
from core import clock, refusals
from core.database import db
from core.files import answers, reading
from core.once.door import once
from core.refusals import Refused
from core.web import takes_files


@blueprint.get(LIST + "/")
@requires("notice.view", competition_place)
def list_notices(competition_id: int) -> ResponseReturnValue:
    """Show the notices of a competition, drafts included."""
    competition = get_competition(db.session, competition_id)
    return render_template(
        "notices/list.html", competition=competition, path=competition_path(db.session, competition),
        lines=pages.own_lines(db.session, competition_id, clock.today()), kinds=labels.KINDS,
    )  # fmt: skip


@blueprint.get(LIST + "/new")
@requires("notice.edit", competition_place)
def new_notice(competition_id: int) -> ResponseReturnValue:
    """Show the form of a new notice, begun from what is known where the address asks for that."""
    competition = get_competition(db.session, competition_id)
    kind = request.args.get("kind", "")
    kind = kind if kind in labels.KINDS else "call"
    wanted = choice_id(request.args.get("event"), [event.id for event in competition.events])
    event = next((event for event in competition.events if event.id == wanted), None)
    begun = sources.find_start(db.session, kind, event)
    said = {"kind": kind, "event_id": wanted, **pages.usual_period(kind, clock.today())}
    said |= begun._asdict() if begun is not None else {}
    return form_page(notice_form(competition_id, data=said), competition)


@blueprint.post(LIST + "/new")
@requires("notice.edit", competition_place)
@once(".list_notices")
def create_notice(competition_id: int) -> ResponseReturnValue:
    """Keep a new notice as a draft."""
    competition, form = get_competition(db.session, competition_id), notice_form(competition_id)
    if not form.validate_on_submit():
        return form_page(form, competition), 422
    try:
        notice = services.create_notice(
            db.session, competition, *form.about("", None), form.values(), ref=clock.new_ref(),
            actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return form_page(form, competition, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("Kept as a draft. Read it through, attach files, then publish it."), "success")
    return redirect(url_for(".show_notice", competition_id=competition_id, ref=notice.ref))


@blueprint.get(ONE)
@requires("notice.view", notice_place)
def show_notice(competition_id: int, ref: str) -> ResponseReturnValue:
    """Show a notice as everybody reads it or will read it, and what comes next."""
    return show_work(find(competition_id, ref))


@blueprint.get(ONE + "/edit")
@requires("notice.edit", notice_place)
def edit_notice(competition_id: int, ref: str) -> ResponseReturnValue:
    """Show the form of a notice; one that everybody reads gets a new version."""
    notice = find(competition_id, ref)
    if notice.state == "withdrawn":
        raise refusals.refuse("NOTICE_WITHDRAWN")
    return form_page(_stored(notice), notice.competition, notice)


@blueprint.post(ONE + "/edit")
@requires("notice.edit", notice_place)
def change_notice(competition_id: int, ref: str) -> ResponseReturnValue:
    """Save the draft of a notice, unless somebody else has changed it meanwhile."""
    notice = find(competition_id, ref)
    form = _stored(notice)
    if not form.validate_on_submit():
        return form_page(form, notice.competition, notice), 422
    try:
        services.save_draft(
            db.session, notice, *form.about(notice.kind, notice.event_id), form.values(),
            version=version_said(form.version.data), actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _refused_change(find(competition_id, ref), form, refused)
    db.session.commit()
    flash(_("The draft is saved. Nobody else reads it before it is published."), "success")
    return redirect(url_for(".show_notice", competition_id=competition_id, ref=ref))


@blueprint.post(ONE + "/files")
@takes_files
@requires("notice.edit", notice_place)
def attach_file(competition_id: int, ref: str) -> ResponseReturnValue:
    """Add a file to the draft of a notice."""
    notice, form = find(competition_id, ref), AttachForm()
    try:
        services.attach(
            db.session, notice, reading.take(form.file.data), ref=clock.new_ref(), actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return show_work(find(competition_id, ref), form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The file is attached."), "success")
    return redirect(url_for(".show_notice", competition_id=competition_id, ref=ref))


@blueprint.get(ONE + "/files/<file_ref>")
@requires("notice.view", notice_place)
def download_draft_file(competition_id: int, ref: str, file_ref: str) -> ResponseReturnValue:
    """Give a file of any version of a notice to those who write it."""
    notice = find(competition_id, ref)
    held = [held.file for version in notice.versions for held in version.files]
    stored = next((file for file in held if file.ref == file_ref), None)
    if stored is None:
        abort(404)
    return answers.send(stored)


@blueprint.post(ONE + "/files/<file_ref>/remove")
@requires("notice.edit", notice_place)
def detach_file(competition_id: int, ref: str, file_ref: str) -> ResponseReturnValue:
    """Take a file from the draft of a notice."""
    services.detach(
        db.session, find(competition_id, ref), file_ref, actor_id=current_user.id, now=clock.now()
    )
    db.session.commit()
    flash(_("The file is no longer attached."), "success")
    return redirect(url_for(".show_notice", competition_id=competition_id, ref=ref))


def _stored(notice: Any, **settings: Any) -> NoticeForm:
    newest = services.find_draft(notice) or pages.current_version(notice) or notice.versions[0]
    said = services.values_of(newest)._asdict() | {"version": notice.version}
    if services.find_draft(notice) is None:
        said["correction"] = ""
    said |= {"kind": notice.kind, "event_id": notice.event_id}
    return notice_form(notice.competition_id, corrects=notice.current is not None, data=said, **settings)


def _refused_change(notice: Any, form: NoticeForm, refused: Refused) -> tuple[str, int]:
    """Show what is wrong; where somebody else has saved meanwhile, both texts."""
    if refused.refusals[0].code != "VERSION_CONFLICT":
        return form_page(form, notice.competition, notice, show_refusals(form, refused)), 422
    conflict = offers.saved_meanwhile(form, _stored(notice, formdata=None), refused)
    return form_page(form, notice.competition, notice, conflict=conflict), 409
