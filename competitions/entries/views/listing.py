"""The list of an event's entries, one entry, and the list as a workbook."""

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import guard
from accounts.guard import requires
from accounts.policy import scopes_of
from competitions.catalogue.naming import name_of
from competitions.eligibility.rules import REVIEW_LEVELS
from competitions.eligibility.wording import LEVELS, sentences, sentences_by_event
from competitions.entries import entry_panels, exports, identity, labels, queries, review_queries, rules
from competitions.entries.forms import ReasonForm, SearchForm, WorkFileForm
from competitions.entries.places import (
    decider_for,
    deciding_place,
    deciding_unions,
    has_union_levels,
    list_place,
    shown_entry_place,
)
from competitions.entries.queries import Decider, Narrowed
from competitions.entries.views.base import (
    EVENT,
    actor,
    blueprint,
    entry_or_404,
    event_or_404,
    rights_in,
    units_for,
    way_of,
)
from competitions.entries.views.parts import parts_of
from competitions.events import waiting
from competitions.events.frame import days
from competitions.events.labels import state_chip
from competitions.fields import choice_id, page_of
from competitions.lists.workbook import TYPE, list_workbook
from core import clock
from core.audit import services as audit
from core.database import db

PAGE = 200


@blueprint.get("/registration/")
@requires("entry.register")
def list_open() -> ResponseReturnValue:
    """Show whoever registers for units the contests they can enter, and how far their entries have come."""
    units = frozenset(g.scope_id for g in guard.held_grants() if g.scope_kind == "unit")
    names = [name for _number, name in queries.list_units(db.session, units)]
    rows = queries.list_open_events(db.session, units)
    return render_template(
        "entries/open.html", rows=rows, units=names, waiting=waiting.list_waiting(db.session, clock.now()),
        said=sentences_by_event(db.session, [row.event for row in rows]),
        chip=state_chip, labels=labels, day=days, name_of=name_of,
    )  # fmt: skip


@blueprint.get("/registration/review")
@requires("entry.decide")
def list_waiting() -> ResponseReturnValue:
    """Show the contests in which entries wait for the user's decision."""
    scopes = scopes_of(guard.held_grants(), "entry.decide")
    rows = review_queries.list_events_waiting(db.session, Decider(deciding_unions()), scopes)
    return render_template("entries/waiting.html", rows=rows, day=days, name_of=name_of)


@blueprint.get(EVENT + "/")
@requires("entry.list", list_place)
def list_entries(event_id: int) -> ResponseReturnValue:
    """Show the entries of an event, or of the user's own unit."""
    event = event_or_404(event_id)
    units = units_for("entry.list", event)
    offered = queries.list_entered_units(db.session, event_id, units)
    review, level = request.args.get("review", ""), request.args.get("level", "")
    narrowed = Narrowed(
        units,
        review if review in rules.REVIEWS else "",
        choice_id(request.args.get("unit"), [number for number, _name in offered]),
        level=level if level in REVIEW_LEVELS else "",
        waiting=decider_for(event) if request.args.get("mine") else None,
    )
    return _list_page(event, narrowed, offered, SearchForm(formdata=None))


class Left(NamedTuple):
    """An entry that was not handed in, and why."""

    id: int
    number: int
    name: str
    reasons: list[str]


def drafts_page(event_id: int, done: int, left: Sequence[Left]) -> str:
    """Return the list of drafts once some were handed in and others were not."""
    event = event_or_404(event_id)
    units = units_for("entry.list", event)
    offered = queries.list_entered_units(db.session, event_id, units)
    narrowed = Narrowed(units, "draft")
    return _list_page(event, narrowed, offered, SearchForm(formdata=None), (done, left))


@blueprint.post(EVENT + "/search")
@requires("entry.list", list_place)
def search_entries(event_id: int) -> ResponseReturnValue:
    """Look for somebody in a list of several pages; who looks for people is recorded, not for whom."""
    event, form = event_or_404(event_id), SearchForm()
    units = units_for("entry.list", event)
    offered = queries.list_entered_units(db.session, event_id, units)
    if not form.validate_on_submit():
        return _list_page(event, Narrowed(units), offered, form), 422
    number, _said = rules.tidy_id_number(form.text.data)
    digest = identity.id_digest(number) if rules.ID_SHAPE.fullmatch(number) else ""
    narrowed = Narrowed(units, text=form.text.data, digest=digest)
    matches = queries.count_entries(db.session, event_id, narrowed)
    audit.record(
        db.session, "entry:search", actor_id=actor(), subject=f"event:{event_id}", now=clock.now(),
        detail={"matches": matches}, event_id=event_id,
    )  # fmt: skip
    db.session.commit()
    return _list_page(event, narrowed, offered, form)


@blueprint.get(EVENT + "/<int:entry_id>")
@requires("entry.list", shown_entry_place)
def show_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Show one entry with its people and what can be decided."""
    return entry_page(event_id, entry_id)


@blueprint.get(EVENT + "/list.xlsx")
@requires("entry.list", list_place)
def export_list(event_id: int) -> ResponseReturnValue:
    """Give the list as a workbook, ID numbers and phones masked."""
    event = event_or_404(event_id)
    entries = queries.list_entries(db.session, event_id, Narrowed(units_for("entry.list", event)))
    headings, rows = exports.headings(event.entry_kind), exports.rows(entries, event.entry_kind)
    data = list_workbook(_("List of entries"), headings, rows)
    name = _("Entries %(event)s", event=event.name) + ".xlsx"
    return send_file(io.BytesIO(data), TYPE, as_attachment=True, download_name=name)


def entry_page(
    event_id: int,
    entry_id: int,
    refused: ReasonForm | None = None,
    decision: str = "",
    others: Sequence[str] = (),
    title: str = "",
    file_form: WorkFileForm | None = None,
) -> str:
    """Return the page of one entry; `decision` opens the form that was refused."""
    event, entry = event_or_404(event_id), entry_or_404(event_id, entry_id)
    names = ("return", "reject", "withdraw", "remove")
    forms = {name: ReasonForm(formdata=None, prefix=name) for name in names}
    if refused is not None:
        forms[decision] = refused
    place = deciding_place(event_id, entry_id)
    return render_template(
        "entries/show.html", event=event, entry=entry, rights=rights_in(event), forms=forms, name_of=name_of,
        decision=decision, labels=labels, contact=identity.masked_contact, others=others, title=title,
        decides=place is not None and guard.may("entry.decide", place.path), way=way_of(event, entry),
        history=review_queries.list_history(db.session, entry_id), levels=LEVELS,
        exceptions=review_queries.list_exceptions(db.session, entry_id),
        panels=entry_panels.list_panels(db.session, event, entry),
        **parts_of(event, entry, file_form),
    )  # fmt: skip


def _stages(event: Any, narrowed: Narrowed) -> dict[str, int]:
    """Return how many entries wait at each level, where there is more than one."""
    if not has_union_levels(event):
        return {}
    return review_queries.count_by_level(db.session, event.id, narrowed.units)


def _list_page(
    event: Any, narrowed: Narrowed, offered: Any, form: SearchForm,
    submitted: tuple[int, Sequence[Left]] = (0, ()),
) -> str:  # fmt: skip
    rights = rights_in(event)
    total = queries.count_entries(db.session, event.id, narrowed)
    page, pages = page_of(request.args.get("page"), total, PAGE)
    entries = queries.list_entries(db.session, event.id, narrowed, limit=PAGE, offset=(page - 1) * PAGE)
    return render_template(
        "entries/list.html", event=event, entries=entries, rights=rights, narrowed=narrowed,
        counts=queries.count_by_review(db.session, event.id, narrowed.units), form=form, total=total,
        stages=_stages(event, narrowed), levels=LEVELS,
        said=sentences(db.session, event), done=submitted[0], left=submitted[1],
        several=has_union_levels(event),
        units=offered, page=page, pages=pages, labels=labels, contact=identity.masked_contact,
        batches=queries.list_batches(db.session, event.id, actor() if rights.own else None)
        if rights.bring else [],
    )  # fmt: skip
