"""What the pages of returns share."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask_login import current_user

from accounts import guard
from competitions.fields import version_said
from competitions.indicators import labels as words
from competitions.indicators.dictionary import indicators
from competitions.organisations.queries import get_union
from competitions.returns import checking, labels, queries, services, taking
from competitions.returns.figures import ADDITIVE, from_json
from competitions.returns.forms import SendBackForm
from competitions.returns.places import DECIDE, FILL, deciding_place, return_place
from competitions.returns.rules import ACCEPTED, OPEN, SUBMITTED, Around, Figure, added, are_whole_years
from core import clock
from core.database import db
from core.refusals import Refusal
from core.refusals import words as sentence

ONE = "/<ref>/unions/<int:union_id>"
blueprint = Blueprint("returns", __name__, url_prefix="/returns")


def find_period(ref: str) -> Any:
    """Return the period of an address, which the guard of the view has already seen."""
    return queries.find_period(db.session, ref) or abort(404)


def find_begun(ref: str, union_id: int) -> tuple[Any, Any]:
    """Return a period and the return of a union that has begun it."""
    period = find_period(ref)
    return period, queries.find_return(db.session, period, union_id) or abort(404)


def seen_version() -> int | None:
    """Return the version of the figures on the page from which a request comes, None where it says none."""
    said = request.form.get("version")
    return None if said is None else version_said(said)


def now_by() -> dict[str, Any]:
    """Return who acts and when, as services take it."""
    return {"actor_id": int(current_user.id), "now": clock.now()}


def address(endpoint: str, period: Any, union_id: int, **values: Any) -> str:
    """Return the address of a page of one return."""
    return url_for(f"returns.{endpoint}", ref=period.ref, union_id=union_id, **values)


def lines(figures: Mapping[str, Figure], around: Around) -> list[dict[str, Any]]:
    """Return a line for each figure of the dictionary: what is declared beside what is computed and below."""
    return [
        {
            "one": one, "figure": figures.get(one.key, Figure()), "computed": around.computed.get(one.key),
            "below": _below(around.below, one.key), "before": around.before.get(one.key),
        }
        for one in indicators()
    ]  # fmt: skip


def _below(below: Sequence[Mapping[str, Figure]], key: str) -> Figure | None:
    """Return what accepted returns below make together; nothing where they cannot be added."""
    return added(figures[key] for figures in below if key in figures) if key in ADDITIVE else None


def return_page(
    period: Any, union_id: int, form: SendBackForm | None = None, others: Sequence[str] = (), *,
    refused_form: bool = False,
) -> str:  # fmt: skip
    """Return the page of one return: figures, what is wrong with them, its steps, what comes next.

    Shape: `others` are sentences of what was not done; with `refused_form` they speak of a workbook.
    """
    given = queries.find_return(db.session, period, union_id)
    around = checking.around(db.session, period, union_id)
    state, figures = (given.state, from_json(given.figures)) if given else (None, {})
    told = checking.wrong(given, around) if given and state in OPEN else []
    place, above = return_place(period.ref, union_id), deciding_place(period.ref, union_id)
    fillable = (given is None or state in OPEN) and period.withdrawn_at is None
    may_fill = fillable and bool(place and guard.may(FILL, place.path))
    edit = address("edit_return", period, union_id)
    return render_template(
        "returns/show.html", period=period, union=get_union(db.session, union_id), given=given, around=around,
        lines=lines(figures, around), labels=labels, words=words, state=labels.STATES[state],
        names=queries.names_of(db.session, given) if given else {}, wrong={one.where for one in told},
        faults=[told_at(one, edit) if may_fill else sentence(one) for one in told], may_fill=may_fill,
        offers=taking.counts(figures, around) if may_fill else {},
        may_decide=bool(above and guard.may(DECIDE, above.path)) and state in (SUBMITTED, ACCEPTED),
        built_upon=services.built_upon(db.session, period, given) if given else None,
        waits=state == SUBMITTED, form=form or SendBackForm(formdata=None), others=list(others),
        refused_form=refused_form, whole_years=are_whole_years(period.first_day, period.last_day),
    )  # fmt: skip


def told_at(one: Refusal, edit: str) -> Any:
    """Return a sentence with the way to its field; `edit` is the address of the form, "" on itself."""
    if not one.where:
        return sentence(one)
    field = one.where if one.code == "RETURN_HEAD" else f"{one.where}-value"
    return {"label": sentence(one), "url": f"{edit}#{field}"}
