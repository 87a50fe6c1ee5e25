"""Accounts as the administrator sees them: the list, one account, inviting, renaming, disabling."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import links, policy, queries, scopes, services, words
from accounts.forms import InviteForm, NameForm, ReasonForm, tidy
from accounts.guard import requires, site_wide
from accounts.queries import UserFilter
from accounts.views.base import actor, blueprint, show_at_form, user_or_404
from core import clock
from core.database import db
from core.refusals import Refused


@blueprint.get("/")
@requires("account.list", site_wide)
def list_users() -> ResponseReturnValue:
    """List the accounts that fit the filter."""
    given = {name: tidy(request.args.get(name))[:100] for name in ("text", "role", "state")}
    chosen = UserFilter(
        given["text"],
        given["role"] if given["role"] in policy.ROLES else "",
        given["state"] if given["state"] in queries.STATES else "",
    )
    total = queries.count_users(db.session, chosen)
    pages = max(1, -(-total // queries.PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    rows = queries.list_users(db.session, chosen, page)
    held = [policy.HeldGrant(g.role, g.scope_kind, g.scope_id) for row in rows for g in row.grants]
    return render_template(
        "accounts/list.html", rows=rows, chosen=chosen, total=total, page=page, pages=pages,
        names=scopes.names(db.session, held), state_of=queries.state_of, words=words,
    )  # fmt: skip


@blueprint.get("/<int:user_id>")
@requires("account.list", site_wide)
def show_user(user_id: int) -> ResponseReturnValue:
    """Show one account with its roles and what can be done."""
    user = user_or_404(user_id)
    return _account_page(user, NameForm(name=user.name), ReasonForm(formdata=None))


@blueprint.get("/invite")
@requires("account.manage", site_wide)
def new_user() -> ResponseReturnValue:
    """Ask whom to invite."""
    return render_template("accounts/invite.html", form=InviteForm())


@blueprint.post("/invite")
@requires("account.manage", site_wide)
def invite_user() -> ResponseReturnValue:
    """Add an account and show its link, once."""
    form, token = InviteForm(), clock.new_token()
    if not form.validate():
        return render_template("accounts/invite.html", form=form), 422
    try:
        link = links.invite(
            db.session, login=form.login.data, name=form.name.data, token=token, actor_id=actor(),
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        show_at_form(form, refused)
        return render_template("accounts/invite.html", form=form), 422
    db.session.commit()
    return _link_page(link, token)


@blueprint.post("/<int:user_id>/link")
@requires("account.manage", site_wide)
def make_link(user_id: int) -> ResponseReturnValue:
    """Make a new link for somebody who has none or forgot the password, and show it, once."""
    user, token = user_or_404(user_id), clock.new_token()
    link = links.make_link(db.session, user, token=token, actor_id=actor(), now=clock.now())
    db.session.commit()
    return _link_page(link, token)


@blueprint.post("/<int:user_id>/name")
@requires("account.manage", site_wide)
def rename_user(user_id: int) -> ResponseReturnValue:
    """Change the name of a person."""
    user, form = user_or_404(user_id), NameForm()
    if not form.validate():
        return _account_page(user, form, ReasonForm(formdata=None)), 422
    services.rename_user(db.session, user, form.name.data, actor_id=actor(), now=clock.now())
    db.session.commit()
    flash(_("The name was changed."), "success")
    return redirect(url_for(".show_user", user_id=user_id))


@blueprint.post("/<int:user_id>/disable")
@requires("account.manage", site_wide)
def disable_user(user_id: int) -> ResponseReturnValue:
    """Keep somebody out from now on."""
    user, form = user_or_404(user_id), ReasonForm()
    if not form.validate():
        return _account_page(user, NameForm(formdata=None, name=user.name), form), 422
    services.disable_user(db.session, user, form.reason.data, actor_id=actor(), now=clock.now())
    db.session.commit()
    flash(_("The account is disabled and all its sessions have ended."), "success")
    return redirect(url_for(".show_user", user_id=user_id))


@blueprint.post("/<int:user_id>/enable")
@requires("account.manage", site_wide)
def enable_user(user_id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    services.enable_user(db.session, user_or_404(user_id), actor_id=actor(), now=clock.now())
    db.session.commit()
    flash(_("The account is enabled again."), "success")
    return redirect(url_for(".show_user", user_id=user_id))


def _account_page(user: Any, name_form: NameForm, reason_form: ReasonForm) -> str:
    grants = queries.list_grants(db.session, user.id)
    held = [policy.HeldGrant(g.role, g.scope_kind, g.scope_id) for g in grants]
    now = clock.now()
    return render_template(
        "accounts/show.html", user=user, state=queries.state_of(user), words=words, grants=grants,
        names=scopes.names(db.session, held), name_form=name_form, reason_form=reason_form,
        link=queries.find_latest_link(db.session, user.id, now),
        open_sessions=len(queries.list_open_sessions(db.session, user.id, now)),
    )  # fmt: skip


def _link_page(link: Any, token: str) -> str:
    address = url_for(".open_link", _external=True, _anchor=token)
    return render_template("accounts/link_made.html", link=link, address=address)
