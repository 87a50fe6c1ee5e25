"""Recommendations: whom a final result offers, the lists of a competition and their shares."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import may, requires
from competitions.events.places import competition_place, event_place
from competitions.events.queries import competition_path, event_path, get_competition, get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.honours import candidates, grounds, labels, queries, recommended, rules, services
from scoring.honours.forms import MIGRANT, GrantForm, GroupsForm, RecommendForm
from scoring.honours.views.base import EDIT, VIEW, act, blueprint

OF_EVENT = "/events/<int:event_id>/results/honours"
OF_COMPETITION = "/competitions/<int:competition_id>/honours"
LIST = OF_COMPETITION + f"/<any({', '.join(rules.KINDS)}):honour>" + (
    "/<any(national, provincial, municipal, industrial, enterprise):level>"
)


@blueprint.get(OF_EVENT)
@requires(VIEW, event_place)
def list_candidates(event_id: int) -> ResponseReturnValue:
    """Show whom the final result offers for an honour."""
    asked = {name: request.args.get(name, "") for name in ("kind", "level")}
    known = asked["kind"] in labels.KINDS and asked["level"] in labels.LEVELS
    form = RecommendForm(formdata=None, data=asked if known else {"kind": "expert", "level": "national"})
    return _candidates_page(event_id, form)


@blueprint.post(OF_EVENT)
@requires(EDIT, event_place)
def recommend(event_id: int) -> ResponseReturnValue:
    """Recommend those who are ticked."""
    event, form = get_event(db.session, event_id), RecommendForm()
    if not form.validate_on_submit():
        return _candidates_page(event_id, form), 422
    picked = set(request.form.getlist("pick"))
    offered = candidates.list_candidates(db.session, event, form.kind.data)
    chosen = [one for one in offered if one.key in picked]
    if len(chosen) != len(picked):
        return _candidates_page(event_id, form, [recommended.words_of("HONOUR_GONE")]), 409
    try:
        made = services.recommend(db.session, event, form.kind.data, form.level.data, chosen, act())
    except Refused as refused:
        db.session.rollback()
        return _candidates_page(event_id, form, show_refusals(form, refused)), 409
    db.session.commit()
    flash(ngettext("%(num)d recommended.", "%(num)d recommended.", len(made)), "success")
    return redirect(url_for(".list_recommended", competition_id=event.competition_id))


@blueprint.get(OF_COMPETITION)
@requires(VIEW, competition_place)
def list_recommended(competition_id: int) -> ResponseReturnValue:
    """Show the lists of a competition, each with its shares."""
    return _lists_page(competition_id)


@blueprint.post(OF_COMPETITION + "/groups")
@requires(EDIT, competition_place)
def save_groups(competition_id: int) -> ResponseReturnValue:
    """Say to which groups the recommended belong."""
    competition = get_competition(db.session, competition_id)
    if not GroupsForm().validate_on_submit():
        return _lists_page(competition_id, [_("Nothing was saved. Send the form once more.")]), 422
    rows = queries.list_of_competition(db.session, competition_id)
    said = {
        row: (request.form.get(f"group_{row.id}", ""), MIGRANT.get(request.form.get(f"migrant_{row.id}", "")))
        for row in rows
        if f"group_{row.id}" in request.form
    }
    changed = services.save_groups(db.session, competition, said, act())
    db.session.commit()
    flash(ngettext("%(num)d row changed.", "%(num)d rows changed.", changed), "success")
    return redirect(url_for(".list_recommended", competition_id=competition_id))


@blueprint.post(LIST + "/grant")
@requires(EDIT, competition_place)
def grant_list(competition_id: int, honour: str, level: str) -> ResponseReturnValue:
    """Grant all of a list that are still recommended, by one document."""
    form, where = GrantForm(), (honour, level)
    if not form.validate_on_submit():
        return _lists_page(competition_id, [], {where: form}), 422
    rows = queries.list_of_competition(db.session, competition_id)
    waiting = [row for row in rows if (row.kind, row.level, row.state) == (*where, rules.RECOMMENDED)]
    try:
        services.decide(db.session, waiting, rules.GRANTED, form.decision(), act())
    except Refused as refused:
        db.session.rollback()
        return _lists_page(competition_id, show_refusals(form, refused), {where: form}), 409
    db.session.commit()
    flash(ngettext("%(num)d honour granted.", "%(num)d honours granted.", len(waiting)), "success")
    return redirect(url_for(".list_recommended", competition_id=competition_id))


def _candidates_page(event_id: int, form: RecommendForm, others: list[str] | None = None) -> str:
    event = get_event(db.session, event_id)
    kind = form.kind.data if form.kind.data in labels.KINDS else "expert"
    offered = candidates.list_candidates(db.session, event, kind)
    return render_template(
        "honours/candidates.html", event=event, form=form, offered=offered, kind=kind, labels=labels,
        final=queries.find_final(db.session, event) is not None, others=others or [],
        picked=set(request.form.getlist("pick")), may_edit=may(EDIT, event_path(db.session, event)),
        named=labels.named, whom=labels.WHOM[rules.KINDS[kind].whom],
    )  # fmt: skip


def _lists_page(
    competition_id: int, others: list[str] | None = None, forms: Mapping[tuple[str, str], Any] | None = None
) -> str:
    competition = get_competition(db.session, competition_id)
    rows = queries.list_of_competition(db.session, competition_id)
    lists = recommended.lists_of(rows)
    said = dict(forms or {})
    for one in lists:
        body = labels.GRANTED_BY.get((one.kind, one.level), "")
        data = {"on": clock.today(), "body": body}
        said.setdefault((one.kind, one.level), GrantForm(formdata=None, data=data))
        said[(one.kind, one.level)].named(f"{one.kind}-{one.level}")
    return render_template(
        "honours/lists.html", competition=competition, lists=lists, forms=said, others=others or [],
        revoked=grounds.told(db.session, rows),
        labels=labels, groups=GroupsForm(formdata=None), shown=next(iter(forms or {}), None),
        may_edit=may(EDIT, competition_path(db.session, competition)),
    )  # fmt: skip
