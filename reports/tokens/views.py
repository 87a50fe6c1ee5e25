"""Pages of tokens."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import Where, requires
from competitions.organisations import offers
from competitions.organisations.queries import get_union, union_path
from core import clock
from core.database import db
from reports.tokens import queries, services
from reports.tokens.forms import TokenForm

MANAGE = "token.manage"
blueprint = Blueprint("tokens", __name__, url_prefix="/statistics/tokens")


def token_place(token_id: int, **_others: Any) -> Where | None:
    """Return where a token stands; None for one of a union that is not the user's."""
    found = queries.find_token(db.session, token_id, offers.scopes(MANAGE))
    return None if found is None else Where(union_path(db.session, found.union_id))


@blueprint.get("/")
@requires(MANAGE)
def list_tokens() -> ResponseReturnValue:
    """Show the tokens of the own unions, and the form of another one."""
    return _page(TokenForm(formdata=None))


@blueprint.post("/")
@requires(MANAGE)
def make_token() -> ResponseReturnValue:
    """Make a token and show it, this once."""
    form = TokenForm()
    form.union_id.offer(offers.unions(MANAGE))
    if not form.validate_on_submit():
        return _page(form), 422
    token, union = f"js_{clock.new_token()}", get_union(db.session, form.union_id.data)
    services.make_token(
        db.session, union, form.name.data or "", token, actor_id=current_user.id, now=clock.now()
    )
    db.session.commit()
    return _page(TokenForm(formdata=None), token)


@blueprint.post("/<int:token_id>/revoke")
@requires(MANAGE, token_place)
def revoke_token(token_id: int) -> ResponseReturnValue:
    """End a token."""
    found = queries.find_token(db.session, token_id, offers.scopes(MANAGE)) or abort(404)
    services.revoke_token(db.session, found, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    flash(_("The token is revoked. Whatever uses it is refused from now on."), "success")
    return redirect(url_for(".list_tokens"))


def _page(form: TokenForm, made: str = "") -> str:
    form.union_id.offer(offers.unions(MANAGE))
    tokens = queries.list_tokens(db.session, offers.scopes(MANAGE))
    return render_template("tokens/list.html", form=form, tokens=tokens, made=made)
