"""Giving and withdrawing roles."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import policy, queries, scopes, services, words
from accounts.forms import GrantForm, tidy
from accounts.guard import requires, site_wide
from accounts.views.base import actor, blueprint, show_at_form, user_or_404
from core import clock
from core.database import db
from core.refusals import refuse


@blueprint.get("/<int:user_id>/grants/new")
@requires("grant.manage", site_wide)
def new_grant(user_id: int) -> ResponseReturnValue:
    """Ask for a role and find the place where it shall hold."""
    return _page(user_or_404(user_id), GrantForm(formdata=None))


@blueprint.post("/<int:user_id>/grants")
@requires("grant.manage", site_wide)
def give_grant(user_id: int) -> ResponseReturnValue:
    """Give a role in one scope."""
    user, form = user_or_404(user_id), GrantForm(session=db.session)
    if not form.validate():
        return _page(user, form), 422
    if queries.find_grant(db.session, user.id, form.role.data, *form.chosen) is not None:
        show_at_form(form, refuse("GRANT_HELD", name=user.name))
        return _page(user, form), 422
    now = clock.now()
    services.give_grant(db.session, user, form.role.data, form.chosen, actor_id=actor(), now=now)
    db.session.commit()
    flash(_("The role was given. It holds from the next page on."), "success")
    return redirect(url_for(".show_user", user_id=user_id))


@blueprint.post("/<int:user_id>/grants/<int:grant_id>/withdraw")
@requires("grant.manage", site_wide)
def withdraw_grant(user_id: int, grant_id: int) -> ResponseReturnValue:
    """Take a role back."""
    user = user_or_404(user_id)
    grant = queries.find_held_grant(db.session, user.id, grant_id)
    if grant is None:
        raise refuse("GRANT_GONE")
    services.withdraw_grant(db.session, user, grant, actor_id=actor(), now=clock.now())
    db.session.commit()
    flash(_("The role was withdrawn. It ends with the person's next page."), "success")
    return redirect(url_for(".show_user", user_id=user_id))


def _page(user: Any, form: GrantForm) -> str:
    """Show the choice; the role and the kind of place travel in the address or in the form."""
    given = request.form if request.method == "POST" else request.args
    role = given.get("role", "")
    kind = given.get("kind") or given.get("scope", "").partition(":")[0]
    role = role if role in policy.ROLES else ""
    kind = kind if kind in policy.SCOPE_KINDS else "event"  # the narrowest, where nothing was said
    if role in policy.SITE_ONLY:
        kind = "site"
    text = tidy(given.get("text"))[:100]
    return render_template(
        "accounts/new_grant.html", user=user, form=form, role=role, kind=kind, text=text, words=words,
        searchable=scopes.searchable(kind), choices=scopes.search(db.session, kind, text) if role else [],
    )  # fmt: skip
