"""Inviting those who register for a unit, on the page of the unit."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.forms import InviteForm
from accounts.guard import requires
from competitions.fields import show_refusals
from competitions.organisations import queries, registrars
from competitions.organisations.places import unit_place
from competitions.organisations.views.base import INVITE, blueprint, now_by
from competitions.organisations.views.units import unit_page
from core import clock
from core.database import db
from core.refusals import Refused

UNIT = "/units/<int:unit_id>/registrars"


@blueprint.post(UNIT)
@requires(INVITE, unit_place)
def invite_registrar(unit_id: int) -> ResponseReturnValue:
    """Invite somebody to register for a unit, and show the link, once."""
    unit, form, token = queries.get_unit(db.session, unit_id), InviteForm(), clock.new_token()
    if not form.validate_on_submit():
        return unit_page(unit_id, invitation=form), 422
    try:
        link = registrars.invite_registrar(
            db.session, unit, login=form.login.data or "", name=form.name.data or "", token=token, **now_by()
        )
    except Refused as refused:
        db.session.rollback()
        show_refusals(form, refused)
        return unit_page(unit_id, invitation=form), 422
    db.session.commit()
    return _link_page(unit_id, link, token)


@blueprint.post(UNIT + "/<int:user_id>/link")
@requires(INVITE, unit_place)
def invite_registrar_again(unit_id: int, user_id: int) -> ResponseReturnValue:
    """Show a new link for somebody who has not used the first one."""
    grant, token = _grant(unit_id, user_id), clock.new_token()
    link = registrars.invite_again(db.session, grant, token=token, **now_by())
    db.session.commit()
    return _link_page(unit_id, link, token)


@blueprint.post(UNIT + "/<int:user_id>/withdraw")
@requires(INVITE, unit_place)
def withdraw_registrar(unit_id: int, user_id: int) -> ResponseReturnValue:
    """Let somebody no longer register for a unit."""
    grant = _grant(unit_id, user_id)
    name = grant.user.name
    registrars.withdraw_registrar(db.session, grant, **now_by())
    db.session.commit()
    flash(_("%(name)s no longer registers for this unit.", name=name), "success")
    return redirect(url_for(".show_unit", unit_id=unit_id, _anchor="registrars"))


def _grant(unit_id: int, user_id: int) -> Any:
    unit = queries.get_unit(db.session, unit_id)
    return registrars.find_registrar(db.session, unit, user_id) or abort(404)


def _link_page(unit_id: int, link: Any, token: str) -> str:
    address = url_for("accounts.open_link", _external=True, _anchor=token)
    unit = queries.get_unit(db.session, unit_id)
    return render_template("organisations/registrar_link.html", unit=unit, link=link, address=address)
