"""Pages of a list of units: the template, the check, the preview, the import."""

import hashlib
import io
from typing import Any, NamedTuple

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.fields import choice_id
from competitions.lists import errorcopy, reading, tabling, uploads
from competitions.lists.errorcopy import Fault
from competitions.lists.findings import Finding
from competitions.lists.messages import advice, sentence
from competitions.lists.reading import Looked
from competitions.lists.table import Table
from competitions.lists.uploads import Choices, Place, Upload
from competitions.lists.workbook import TYPE
from competitions.organisations import offers
from competitions.organisations.imports import columns, services
from competitions.organisations.imports.forms import ListForm, TakeForm
from competitions.organisations.imports.labels import FIELDS
from competitions.organisations.imports.rows import Proposal
from competitions.organisations.imports.services import Asked, NotImportable
from competitions.organisations.imports.template import template
from competitions.organisations.views.base import MANAGE, actor, now_by
from core import clock, database
from core.database import db
from core.refusals import Refusal, Refused, refuse, words

ABOUT, SHOWN = "units", 200
HELD = "/<token>"  # a list that waits for its import
blueprint = Blueprint("unit_lists", __name__, url_prefix="/organisations/units/import")


class Kept(NamedTuple):
    """A list between its check and its import."""

    place: Place
    upload: Upload

    @property
    def table(self) -> Table:
        """Return the table that the list is.

        Raises: Refused HEADER_MISSING, TABLE_EMPTY.
        """
        grid = self.upload.grid
        fields = columns.fields_of(grid.headings)
        if "name" not in fields.values():
            raise refuse("HEADER_MISSING", "file", sheets=grid.sheet, needed=FIELDS["name"])
        return tabling.table_of(grid, fields)

    @property
    def source(self) -> tuple[str, str]:
        """Return the name and the fingerprint of the file."""
        return self.upload.filename, self.upload.sha256


@blueprint.get("/")
@requires(MANAGE)
def new_list() -> ResponseReturnValue:
    """Explain the list and ask for it."""
    return _upload_page(_form(formdata=None, union_id=request.args.get("union")))


@blueprint.get("/template.xlsx")
@requires(MANAGE)
def download_template() -> ResponseReturnValue:
    """Give the list to fill in."""
    unions = [str(choice.label).strip("　") for choice in offers.unions()]
    regions, industries = (
        [str(choice.label) for choice in offered]
        for offered in (offers.regions(None), offers.for_unit()["industry_id"])
    )
    data = template(unions, regions, industries)
    return send_file(io.BytesIO(data), TYPE, as_attachment=True, download_name=_("List of units") + ".xlsx")


@blueprint.post("/")
@requires(MANAGE)
def check_list() -> ResponseReturnValue:
    """Read a list and keep it for its preview; no unit is written."""
    form = _form()
    if not form.validate_on_submit():
        return _upload_page(form), 422
    db.session.rollback()  # reading a large file must not keep the writer waiting
    try:
        filename, data = form.file.data.filename or "", form.file.data.read()
        grid = reading.read_sheet(filename, data, [_header], str(FIELDS["name"]))
        upload = Upload(grid, filename[-200:], _fingerprint(data))
        kept = Kept(Place(clock.new_ref(), actor(), ABOUT), upload)
        rows = len(kept.table.lines)
        with database.reading_session() as reader:
            services.propose(reader, kept.table, _asked(form.union_id.data))
    except Refused as refused:
        form.file.errors = [sentence(refusal) for refusal in refused.refusals]
        return _upload_page(form), 422
    uploads.keep_upload(upload, Choices(), kept.place, now=clock.now())
    services.record(db.session, "unit:import_check", kept.source, rows, **now_by())
    db.session.commit()
    return redirect(url_for(".show_list", token=kept.place.token, union=form.union_id.data))


@blueprint.get(HELD)
@requires(MANAGE)
def show_list(token: str) -> ResponseReturnValue:
    """Show what a checked list would add, and every error in its cell."""
    kept, asked = _kept(token), _asked_here()
    with database.reading_session() as reader:
        proposal = services.propose(reader, kept.table, asked)
    return _preview_page(kept, proposal, TakeForm(formdata=None))


@blueprint.post(HELD)
@requires(MANAGE)
def import_list(token: str) -> ResponseReturnValue:
    """Add all units of a checked list, or none."""
    form, kept = TakeForm(), _kept(token)
    try:
        count = services.import_units(db.session, kept.table, _asked_here(), kept.source, **now_by())
    except NotImportable as refused:
        db.session.rollback()
        return _preview_page(kept, refused.proposal, form), 422
    db.session.commit()
    uploads.discard_upload(kept.place)
    flash(ngettext("%(num)d unit has been added.", "%(num)d units have been added.", count), "success")
    return redirect(url_for("organisations.list_units"))


@blueprint.get(HELD + "/errors.xlsx")
@requires(MANAGE)
def download_errors(token: str) -> ResponseReturnValue:
    """Give the list back with what is wrong in a column of its own."""
    kept, asked = _kept(token), _asked_here()
    table = kept.table
    with database.reading_session() as reader:
        found = [(f.field, _in_words(f, table)) for f in services.propose(reader, table, asked).faults]
    letters = {name: column.letter for name, column in table.columns.items()}
    data = errorcopy.error_copy(kept.upload.grid, letters, found)
    name = _("%(name)s with error notes", name=kept.upload.filename.rsplit(".", 1)[0]) + ".xlsx"
    return send_file(io.BytesIO(data), TYPE, as_attachment=True, download_name=name)


@blueprint.post(HELD + "/discard")
@requires(MANAGE)
def discard_list(token: str) -> ResponseReturnValue:
    """Forget a checked list."""
    kept = _kept(token)
    services.record(db.session, "unit:import_discard", kept.source, len(kept.table.lines), **now_by())
    db.session.commit()
    uploads.discard_upload(kept.place)
    return redirect(url_for(".new_list"))


# ---------------------------------------------------------------- parts


def _form(**settings: Any) -> ListForm:
    return ListForm(offers.unions(), top=offers.at_the_top(), **settings)


def _header(looked: Looked) -> int | None:
    """Return the row of the headings."""
    rows = ((number, [cell.text for cell in cells]) for number, cells in looked.head)
    return next((number for number, texts in rows if columns.is_header(texts)), None)


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _asked(union_id: int | None) -> Asked:
    return Asked(offers.managed_ids(), union_id, offers.at_the_top())


def _asked_here() -> Asked:
    """Return for which unions the list of the address is brought; one that is not managed is none."""
    managed = offers.managed_ids()
    return _asked(choice_id(request.args.get("union"), sorted(managed)))


def _kept(token: str) -> Kept:
    """Return the list that is kept for this user under a token.

    Raises: Refused UPLOAD_GONE.
    """
    place = Place(token, actor(), ABOUT)
    upload = uploads.find_upload(place, now=clock.now())
    if upload is None:
        raise refuse("UPLOAD_GONE")
    return Kept(place, upload)


def _in_words(finding: Finding, table: Table) -> Fault:
    refusal = Refusal(finding.code, "", finding.params)
    place = table.columns.get(finding.field)
    column = f"{place.letter} {place.heading}" if place else str(FIELDS[finding.field])
    return Fault(finding.row, column, finding.value, finding.code, words(refusal), advice(refusal))


def _upload_page(form: ListForm) -> str:
    return render_template("imports/new.html", form=form, most=services.MOST)


def _preview_page(kept: Kept, proposal: Proposal, form: TakeForm) -> str:
    table, union = kept.table, request.args.get("union")
    notes = [words(Refusal(note.code, "", note.params)) for note in table.notes]
    notes += [
        _("Row %(row)s: %(why)s", row=note.row, why=words(Refusal(note.code, "", note.params)))
        for note in proposal.notes[:SHOWN]
    ]
    return render_template(
        "imports/preview.html", form=form, token=kept.place.token, upload=kept.upload, union=union,
        proposal=proposal, faults=[_in_words(fault, table) for fault in proposal.faults[:SHOWN]],
        units=proposal.units[:SHOWN], notes=notes,
    )  # fmt: skip
