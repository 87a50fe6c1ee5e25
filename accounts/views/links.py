"""Using a one-time link: its secret stands behind the # of the address, which no log ever sees."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import links, passwords, queries
from accounts.forms import CodeForm, NewPasswordForm
from accounts.guard import public
from accounts.views.base import blueprint, show_at_form
from core import clock, database
from core.database import db
from core.refusals import Refused, refuse


@blueprint.get("/link")
@public
def open_link() -> ResponseReturnValue:
    """Ask for the code; js/link-code.js fills it in from the address."""
    return render_template("accounts/open_link.html", form=CodeForm())


@blueprint.post("/link")
@public
def check_link() -> ResponseReturnValue:
    """Say for whom the link is and ask for a password."""
    form = CodeForm()
    if not form.validate():
        return render_template("accounts/open_link.html", form=form), 422
    link = _find(form.code.data)
    if link is None:
        show_at_form(form, refuse("LINK_GONE"))
        return render_template("accounts/open_link.html", form=form), 422
    return _password_page(link, NewPasswordForm(formdata=None, code=form.code.data.strip()))


@blueprint.post("/link/password")
@public
def accept_link() -> ResponseReturnValue:
    """Set the password and use the link up."""
    code = NewPasswordForm().code.data or ""
    link = _find(code)
    if link is None:
        raise refuse("LINK_GONE")
    form = NewPasswordForm(personal=(link.user.login, link.user.name))
    if not form.validate():
        return _password_page(link, form), 422
    new_hash = passwords.hash_password(form.password.data)  # before the writer is taken
    try:
        user = links.use_link(db.session, code.strip(), new_hash=new_hash, now=clock.now())
    except Refused as refused:
        show_at_form(form, refused)
        return _password_page(link, form), 422
    db.session.commit()
    flash(_("Your password is set. Sign in as %(login)s.", login=user.login), "success")
    return redirect(url_for("accounts.sign_in"))


def _find(code: str) -> Any:
    with database.reading_session() as reader:
        return queries.find_open_link(reader, links.digest(code.strip()), clock.now())


def _password_page(link: Any, form: NewPasswordForm) -> str:
    return render_template("accounts/set_password.html", link=link, user=link.user, form=form)
