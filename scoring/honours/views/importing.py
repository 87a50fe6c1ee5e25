"""Bring in a list of honours: all of it or nothing; every fault in its cell."""

import hashlib
import io
from collections.abc import Sequence

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.lists.findings import Finding
from competitions.lists.messages import sentence
from competitions.lists.workbook import TYPE
from competitions.organisations.queries import get_union
from core.database import db
from core.once.door import once
from core.refusals import Refusal, Refused, words
from scoring.honours import importing, services
from scoring.honours.forms import ListForm
from scoring.honours.importing import FIELDS, Read
from scoring.honours.views.base import EDIT, act, blueprint, unions

ADDRESS, SHOWN = "/honours/import", 100


@blueprint.get(ADDRESS)
@requires(EDIT)
def new_list() -> ResponseReturnValue:
    """Show where a list is brought."""
    return _page(ListForm(unions(), formdata=None))


@blueprint.get("/honours/template.xlsx")
@requires(EDIT)
def download_template() -> ResponseReturnValue:
    """Give the list to fill in."""
    name = _("List of granted honours") + ".xlsx"
    return send_file(io.BytesIO(importing.template()), TYPE, as_attachment=True, download_name=name)


@blueprint.post(ADDRESS)
@requires(EDIT)
@once(".list_honours")
def import_list() -> ResponseReturnValue:
    """Take all honours of a list into the register, or none."""
    form = ListForm(unions())
    if not form.validate_on_submit():
        return _page(form), 422
    db.session.rollback()  # reading a large file must not keep the writer waiting
    try:
        data = form.file.data.read()
        found = importing.read(form.file.data.filename or "", data)
        if found.findings:
            return _page(form, found), 422
        union, sha256 = get_union(db.session, form.union_id.data or 0), hashlib.sha256(data).hexdigest()
        made = services.record_granted(db.session, union, found.rows, act(), sha256=sha256)
    except Refused as refused:
        db.session.rollback()
        return _page(form, others=[sentence(refusal) for refusal in refused.refusals[:SHOWN]]), 422
    db.session.commit()
    flash(ngettext("%(num)d honour is recorded.", "%(num)d honours are recorded.", len(made)), "success")
    return redirect(url_for(".list_honours"))


def _page(form: ListForm, found: Read | None = None, others: Sequence[str] = ()) -> str:
    faults = _faults(found.findings, found) if found is not None else []
    return render_template(
        "honours/import.html", form=form, faults=faults, others=list(others), most=importing.MOST
    )


def _faults(findings: Sequence[Finding], found: Read) -> list[tuple[int, str, str, str]]:
    """Return (row, column, value, what is wrong and what to do) of the faults that a page shows."""
    return [
        (one.row, _column(one.field, found), one.value, words(Refusal(one.code, "", one.params)))
        for one in findings[:SHOWN]
    ]


def _column(field: str, found: Read) -> str:
    place = found.table.columns.get(field)
    return f"{place.letter} {FIELDS[field]}" if place else str(FIELDS[field])
