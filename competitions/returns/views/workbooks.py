"""The form of a return as a workbook, out and in."""

from flask import Response, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.fields import version_said
from competitions.lists.workbook import TYPE
from competitions.organisations.queries import get_union
from competitions.returns import formbook, queries, services
from competitions.returns.figures import from_json
from competitions.returns.places import FILL, return_place
from competitions.returns.views.base import ONE, address, blueprint, find_period, lines, now_by, return_page
from core.database import db
from core.files.reading import take
from core.refusals import Refused, words


@blueprint.get(ONE + "/form.xlsx")
@requires(FILL, return_place)
def download_form(ref: str, union_id: int) -> ResponseReturnValue:
    """Hand out the form with what is filled in so far."""
    period = find_period(ref)
    given = queries.find_return(db.session, period, union_id)
    around = services.around(db.session, period, union_id)
    head = formbook.Head(
        period.title, get_union(db.session, union_id).name, given.head if given else "",
        given.filler if given else "",
    )  # fmt: skip
    content = formbook.build(head, lines(from_json(given.figures) if given else {}, around))
    response = Response(content, mimetype=TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="return-{union_id}.xlsx"'
    return response


@blueprint.post(ONE + "/form")
@requires(FILL, return_place)
def take_form(ref: str, union_id: int) -> ResponseReturnValue:
    """Take the figures of a filled-in form; every error is told with its cell, and then nothing is saved."""
    period, version = find_period(ref), version_said(request.form.get("version"))
    onward = address("show_return", period, union_id)
    try:
        upload = take(request.files.get("file"), {"xlsx"})
        filled = formbook.read(upload.name, upload.data)
        given = services.save_return(db.session, period, union_id, filled, version, **now_by())
        services.record_form(db.session, period, given, upload, **now_by())
    except Refused as refused:
        db.session.rollback()
        told = [words(one) for one in refused.refusals]
        return return_page(find_period(ref), union_id, others=told), 422
    db.session.commit()
    flash(_("The figures of the form are saved. Check the return and submit it."), "success")
    return redirect(onward)
