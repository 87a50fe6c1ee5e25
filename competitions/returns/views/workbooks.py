"""The form of a return as a workbook, out and in."""

from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.lists.workbook import TYPE
from competitions.organisations.queries import get_union
from competitions.returns import checking, file_names, formbook, queries, rows, services
from competitions.returns.figures import from_json
from competitions.returns.forms import ReturnForm
from competitions.returns.places import FILL, return_place
from competitions.returns.rules import OPEN
from competitions.returns.services import Filled
from competitions.returns.views.base import ONE, blueprint, find_period, lines, now_by, return_page
from competitions.returns.views.filling import form_page
from core.database import db
from core.files.reading import take
from core.i18n import day
from core.refusals import Refusal, Refused, refuse, words


@blueprint.get(ONE + "/form.xlsx")
@requires(FILL, return_place)
def download_form(ref: str, union_id: int) -> ResponseReturnValue:
    """Hand out the form with what is filled in so far."""
    period = find_period(ref)
    given = queries.find_return(db.session, period, union_id)
    around = checking.around(db.session, period, union_id)
    figures = from_json(given.figures) if given else {}
    content = formbook.build(_head(period, union_id), lines(figures, around))
    response = Response(content, mimetype=TYPE)
    union = get_union(db.session, union_id)
    response.headers["Content-Disposition"] = file_names.heading(period, union, "xlsx", form=True)
    return response


@blueprint.post(ONE + "/form")
@requires(FILL, return_place)
def take_form(ref: str, union_id: int) -> ResponseReturnValue:
    """Show what a filled-in form would change; nothing is saved before that was seen."""
    period = find_period(ref)
    try:
        upload = take(request.files.get("file"), {"xlsx"})
        filled = _figures_of(period, union_id, formbook.read(upload.name, upload.data))
        services.record_form(db.session, period, union_id, upload, **now_by())
    except Refused as refused:
        db.session.rollback()
        told = [words(one) for one in refused.refusals]
        return return_page(find_period(ref), union_id, others=told, refused_form=True), 422
    db.session.commit()
    period = find_period(ref)
    given = queries.find_return(db.session, period, union_id)
    kept = {"version": given.version if given else 0, "head": filled.head, "filler": filled.filler}
    form = ReturnForm(formdata=None, data=kept)
    brought = (upload.name, filled.figures)
    return form_page(period, union_id, form, rows.shown(filled.figures), brought=brought)


def _head(period: Any, union_id: int) -> formbook.Head:
    given = queries.find_return(db.session, period, union_id)
    days = _("%(first)s to %(last)s", first=day(period.first_day), last=day(period.last_day))
    return formbook.Head(
        period.title, get_union(db.session, union_id).name, given.head if given else "",
        given.filler if given else "", days, formbook.number_of(period.ref, union_id),
    )  # fmt: skip


def _figures_of(period: Any, union_id: int, brought: formbook.Brought) -> Filled:
    """Return what a form says of this return.

    Raises: Refused for the form of another return, a return that is closed, or with all that is wrong.
    """
    here, given = _head(period, union_id), queries.find_return(db.session, period, union_id)
    if given is not None and given.state not in OPEN:
        raise refuse("RETURN_CLOSED")
    if period.withdrawn_at is not None:
        raise refuse("PERIOD_WITHDRAWN")
    if not brought.head.number:
        raise refuse("RETURN_UNNUMBERED", "file")
    if brought.head.number != here.number:
        raise refuse("RETURN_OTHER", "file", brought=_named(brought.head), here=_named(here))
    around = checking.around(db.session, period, union_id)
    figures = brought.filled.figures
    told = checking.refused_at_once(figures, brought.unread, around, anyway=bool(brought.found))
    uncounted = {one.params["row"] for one in brought.found if one.code == "RETURN_FORMULA"}
    lines = [_line(brought.rows, one) for one in told]
    found = [*brought.found, *(one for one in lines if one.params["row"] not in uncounted)]
    if found:
        raise Refused(*sorted(found, key=lambda one: int(str(one.params["row"]))))
    return brought.filled


def _named(head: formbook.Head) -> str:
    return _("%(union)s, %(title)s (%(days)s)", union=head.union, title=head.title, days=head.days)


def _line(places: Any, fault: Refusal) -> Refusal:
    return Refusal("RETURN_LINE", "file", {"row": places[fault.where], "fault": fault})
