"""The page of titles: who may apply for which, and what is asked."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import HiddenField

from accounts.guard import may, requires
from competitions.events.places import event_place
from competitions.events.queries import event_path, get_event
from competitions.fields import half_width, version_said
from core import clock
from core.database import db
from core.refusals import Refused, words
from scoring.honours import labels
from scoring.honours.labels import named
from scoring.titles import queries, rules, services
from scoring.titles.messages import fault_words
from scoring.titles.services import Limits

blueprint = Blueprint("titles", __name__, url_prefix="/events/<int:event_id>/results/titles")
LONGEST = 12


class LimitsForm(FlaskForm):
    """Thresholds and quotas stand by number beside the version that they change."""

    version = HiddenField()


@blueprint.get("/")
@requires("honour.view", event_place)
def show_titles(event_id: int) -> ResponseReturnValue:
    """Show for every title who may apply, and what stands against the others."""
    return _page(event_id)


@blueprint.post("/")
@requires("honour.edit", event_place)
def save_limits(event_id: int) -> ResponseReturnValue:
    """Keep the thresholds and quotas of this contest."""
    event, form = _event(event_id), LimitsForm()
    document, _version = queries.document_of(db.session, event_id)
    typed = {number: _sent(number, _limits(rule)) for number, rule in enumerate(document["rules"])}
    try:
        services.save_limits(
            db.session, event, typed, version=version_said(form.version.data), actor_id=current_user.id,
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, typed, {one.where: words(one) for one in refused.refusals}), 422
    db.session.commit()
    flash(_("What is asked for the titles is saved."), "success")
    return redirect(url_for(".show_titles", event_id=event_id))


def _event(event_id: int) -> Any:
    event = get_event(db.session, event_id)
    return event if queries.is_titled(event) else abort(404)


def _limits(rule: Mapping[str, Any]) -> Limits:
    return Limits(rule["threshold"] or "", "" if rule["quota"] is None else str(rule["quota"]))


def _sent(number: int, kept: Limits) -> Limits:
    """Return the limits of a title as they were sent; what a form does not name stays."""
    return Limits(*(
        half_width(request.form.get(f"{field}-{number}", now))[:LONGEST]
        for field, now in kept._asdict().items()
    ))  # fmt: skip


def _page(
    event_id: int, typed: Mapping[int, Limits] | None = None, errors: Mapping[str, str] | None = None
) -> str:
    event = _event(event_id)
    document, version = queries.document_of(db.session, event_id)
    candidates = queries.list_candidates(db.session, event)
    titles = [
        _title(rule, number, candidates, event, (typed or {}).get(number))
        for number, rule in enumerate(document["rules"])
    ]
    return render_template(
        "titles/show.html", event=event, titles=titles, errors=errors or {},
        form=LimitsForm(formdata=None, version=str(version)), final=event.state in {"final", "archived"},
        may_edit=may("honour.edit", event_path(db.session, event)),
    )  # fmt: skip


def _title(
    rule: Mapping[str, Any], number: int, candidates: Any, event: Any, typed: Limits | None
) -> dict[str, Any]:
    of_entrants = rule["honour"] in ("ankang_unit", "ankang_model", "ankang_body") or (
        rule["honour"] == "ankang_team" and event.entry_kind == "team"
    )
    found = rules.judged(rule, candidates, event.competition.year) if of_entrants else []
    said = typed or _limits(rule)
    return {
        "name": named(rule["level"], rule["honour"]), "number": number, "said": said,
        "of_entrants": of_entrants, "kind": rule["honour"], "level": rule["level"],
        "needs": named(rule["needs"]["level"], rule["needs"]["honour"]) if rule["needs"] else "",
        "years": rule["needs"]["years"] if rule["needs"] else 0,
        "whom": labels.KINDS[rule["honour"]],
        "fitting": sum(one.fits for one in found),
        "rows": [
            {"one": row.candidate, "fits": row.fits, "why": [fault_words(rule, f) for f in row.faults]}
            for row in found
        ],
    }  # fmt: skip
