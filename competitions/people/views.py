"""Pages of people: who is known, what one person has done over the years, and who may be one and the same."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import guard, policy
from accounts.guard import held_grants, requires
from competitions.entries import identity, labels, rules
from competitions.events.queries import event_path
from competitions.fields import page_of, show_refusals
from competitions.people import correcting, merging, queries, sources
from competitions.people.forms import CorrectForm, ReasonForm, SearchForm
from competitions.people.places import merge_home, pair_home, person_home, person_place
from competitions.people.queries import Sought
from core import clock
from core.audit import services as audit
from core.database import db
from core.refusals import Refused, words

PAGE = 50
VIEW, CHANGE = "person.view", "person.change"
PERSON = "/<int:person_id>"
PAIR = PERSON + "/with/<int:other_id>"
blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("/")
@requires(VIEW)
def list_people() -> ResponseReturnValue:
    """Show the people of the user's unions and contests, numbers masked."""
    return _list_page(Sought(), SearchForm(formdata=None))


@blueprint.post("/search")
@requires(VIEW)
def search_people() -> ResponseReturnValue:
    """Look for somebody; who looks for people is recorded, not for whom."""
    form = SearchForm()
    if not form.validate_on_submit():
        return _list_page(Sought(), form), 422
    number, _said = rules.tidy_id_number(form.text.data or "")
    digest = identity.id_digest(number) if rules.ID_SHAPE.fullmatch(number) else ""
    sought = Sought(form.text.data or "", digest)
    matches = queries.count_people(db.session, _scopes(), sought)
    audit.record(
        db.session, "person:search", actor_id=_actor(), subject="site:0", now=clock.now(),
        detail={"matches": matches},
    )  # fmt: skip
    db.session.commit()
    return _list_page(sought, form)


@blueprint.get("/twins")
@requires(VIEW)
def list_twins() -> ResponseReturnValue:
    """Show pairs of records that may be of one person."""
    pairs = queries.list_twins(db.session, _scopes())
    return render_template("people/twins.html", pairs=pairs, contact=identity.masked_contact)


@blueprint.get(PERSON)
@requires(VIEW, person_place)
def show_person(person_id: int) -> ResponseReturnValue:
    """Show one person: the record, the entries over the years, who may be the same."""
    person = queries.get_person(db.session, person_id)
    entries = queries.list_entries_of(db.session, person_id)
    seen = _seen(entries)
    return render_template(
        "people/show.html", person=person, entries=seen, hidden=len(entries) - len(seen), labels=labels,
        contact=identity.masked_contact, changes=_may_change(person_id),
        achieved=sources.achieved(db.session, [entry.id for entry in seen]),
        honours=sources.honours(db.session, [person.id]).get(person.id, []),
        merges=queries.list_merges(db.session, person_id),
        namesakes=queries.list_namesakes(db.session, _scopes(), person),
    )  # fmt: skip


@blueprint.get(PERSON + "/correct")
@requires(CHANGE, person_home)
def edit_person(person_id: int) -> ResponseReturnValue:
    """Show the form that corrects a record; the ID number stays where it is."""
    person = queries.get_person(db.session, person_id)
    return _correct_page(person_id, CorrectForm(data={"name": person.name}))


@blueprint.post(PERSON + "/correct")
@requires(CHANGE, person_home)
def correct_person(person_id: int) -> ResponseReturnValue:
    """Correct a name or an ID number with a reason."""
    form, person = CorrectForm(), queries.get_person(db.session, person_id)
    if not form.validate_on_submit():
        return _correct_page(person_id, form), 422
    try:
        correcting.correct_person(
            db.session, person, form.values(), form.reason.data or "", actor_id=_actor(), now=clock.now(),
            today=clock.today(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _correct_page(person_id, form, show_refusals(form, refused), _twin(refused)), 422
    db.session.commit()
    flash(_("The record was corrected."), "success")
    return redirect(url_for(".show_person", person_id=person_id))


@blueprint.get(PAIR)
@requires(CHANGE, pair_home)
def compare_people(person_id: int, other_id: int) -> ResponseReturnValue:
    """Show two records side by side: the first would be kept."""
    return _pair_page(person_id, other_id, ReasonForm(formdata=None))


@blueprint.post(PAIR + "/merge")
@requires(CHANGE, pair_home)
def merge_people(person_id: int, other_id: int) -> ResponseReturnValue:
    """Make two records one; the first is kept."""
    form = ReasonForm()
    if not form.validate_on_submit():
        return _pair_page(person_id, other_id, form), 422
    try:
        merging.merge_people(
            db.session, person_id, other_id, form.reason.data or "", actor_id=_actor(), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        if None in (person_home(person_id), person_home(other_id)):
            raise
        return _pair_page(person_id, other_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The two records are one now."), "success")
    return redirect(url_for(".show_person", person_id=person_id))


@blueprint.post(PAIR + "/apart")
@requires(CHANGE, pair_home)
def keep_apart(person_id: int, other_id: int) -> ResponseReturnValue:
    """Say that two alike people are two."""
    merging.keep_apart(db.session, person_id, other_id, actor_id=_actor(), now=clock.now())
    db.session.commit()
    flash(_("They are two people and will not be suggested again."), "success")
    return redirect(url_for(".list_twins"))


@blueprint.post("/merges/<int:merge_id>/undo")
@requires(CHANGE, merge_home)
def undo_merge(merge_id: int) -> ResponseReturnValue:
    """Part two records again that were made one."""
    again = merging.undo_merge(db.session, merge_id, actor_id=_actor(), now=clock.now())
    db.session.commit()
    flash(_("The merge was undone: this is the other record again."), "success")
    return redirect(url_for(".show_person", person_id=again.id))


# ---------------------------------------------------------------- parts


def _actor() -> int:
    return int(current_user.id)


def _scopes() -> frozenset[tuple[str, int]]:
    return policy.scopes_of(held_grants(), VIEW)


def _may_change(person_id: int) -> bool:
    place = person_home(person_id)
    return place is not None and guard.may(CHANGE, place.path)


def _seen(entries: Iterable[Any]) -> list[Any]:
    """Return those entries whose lists the signed-in user may look at."""
    return [entry for entry in entries if guard.may("entry.list", event_path(db.session, entry.event))]


def _list_page(sought: Sought, form: SearchForm) -> str:
    total = queries.count_people(db.session, _scopes(), sought)
    page, pages = page_of(request.args.get("page"), total, PAGE)
    people = queries.list_people(db.session, _scopes(), sought, limit=PAGE, offset=(page - 1) * PAGE)
    return render_template(
        "people/list.html", people=people, total=total, page=page, pages=pages, sought=sought, form=form,
        contact=identity.masked_contact, most=PAGE,
    )  # fmt: skip


def _correct_page(
    person_id: int, form: CorrectForm, others: list[str] | None = None, twin: int | None = None
) -> str:
    person = queries.get_person(db.session, person_id)
    return render_template(
        "people/correct.html", person=person, form=form, others=others or [], twin=twin,
        contact=identity.masked_contact(person),
    )  # fmt: skip


def _twin(refused: Refused) -> int | None:
    """Return who has the ID number already, if the signed-in user may change that record too."""
    owners = [r.params.get("person") for r in refused.refusals if r.code == "PERSON_ID_TAKEN"]
    return int(str(owners[0])) if owners and owners[0] and _may_change(int(str(owners[0]))) else None


def _pair_page(person_id: int, other_id: int, form: ReasonForm, others: list[str] | None = None) -> str:
    people = [queries.get_person(db.session, number) for number in (person_id, other_id)]
    obstacles = [] if person_id == other_id else merging.obstacles(db.session, *people)
    return render_template(
        "people/pair.html", people=people, form=form, others=others or [], labels=labels,
        contacts=[identity.masked_contact(person) for person in people],
        same=_same(*people), obstacles=[words(refusal) for refusal in obstacles],
        entries=[queries.list_entries_of(db.session, number) for number in (person_id, other_id)],
    )  # fmt: skip


def _same(one: Any, other: Any) -> dict[str, bool]:
    """Return which of two people's numbers are the same; unlike masks, whole numbers can be compared."""
    try:
        first, second = identity.whole_contact(one), identity.whole_contact(other)
    except identity.Unreadable:
        return {}
    return {
        name: getattr(first, name) == getattr(second, name)
        for name in ("id_number", "phone")
        if getattr(first, name) and getattr(second, name)
    }
