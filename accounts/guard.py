"""Every view declares what it needs; an application with an undeclared view does not start."""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Flask, abort, g, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from accounts import policy, words
from accounts.policy import SITE_PATH, HeldGrant, ScopePath

View = Callable[..., Any]
OPEN_ENDPOINTS = frozenset({"static", "i18n.switch"})


class Where(NamedTuple):
    """The scope path of the thing a request is about, and the state it is in."""

    path: ScopePath
    state: str | None = None


SITE_WIDE = Where(SITE_PATH)


class MissingRole(Forbidden):
    """Somebody signed in may not do this; `detail` says which role could."""

    def __init__(self, action: str) -> None:
        super().__init__()
        roles = words.role_list(policy.POLICY[action].roles)
        self.detail = _("This needs one of these roles, given for this place: %(roles)s.", roles=roles)


class OnlyCard(Forbidden):
    """Somebody who came with a judge card wants what needs the password."""

    def __init__(self) -> None:
        super().__init__()
        self.detail = _(
            "A judge card opens the marking of its event alone. Sign in with your password for this."
        )


def site_wide(**_arguments: Any) -> Where:
    """Return the whole site, for what concerns nothing smaller."""
    return SITE_WIDE


def requires(action: str, where: Callable[..., Where | None] | None = None) -> Callable[[View], View]:
    """Declare that a view does `action`; `where` finds the thing from the view's arguments (None: not found).

    An action may name an argument of the address, as "step.{step}" does: each step is an action of its own.
    Without `where` it is enough to hold a fitting role anywhere: for lists, whose queries narrow to
    `policy.scopes_of(held_grants(), action)`. Whoever may not is told so (403); what is not there is 404.
    """
    if "{" not in action:
        policy.POLICY[action]

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return _to_sign_in()
            asked = action.format(**kwargs)
            refusal = _refusal(asked) if where is None else _refusal_at(asked, where(**kwargs))
            if refusal == 403:
                raise MissingRole(asked)
            if refusal:
                abort(refusal)
            return view(*args, **kwargs)

        return _declared(guarded, action, where)

    return decorate


def _refusal(action: str) -> int:
    return 0 if policy.allows_somewhere(held_grants(), action) else 403


def _refusal_at(action: str, place: Where | None) -> int:
    if place is None:
        return 404
    if not policy.allows(held_grants(), action, place.path):
        return 403
    return 0 if policy.allows(held_grants(), action, place.path, place.state) else 409


def signed_in(view: View) -> View:
    """Declare that a view is for everybody who is signed in and shows only what is their own."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs) if current_user.is_authenticated else _to_sign_in()

    return _declared(guarded, "signed_in")


def own_account(view: View) -> View:
    """Declare that a view is about the own account: a judge card does not open it, whoever holds the card."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return _to_sign_in()
        if current_user.card_event_id is not None:
            raise OnlyCard()
        return view(*args, **kwargs)

    return _declared(guarded, "signed_in")


def public(view: View) -> View:
    """Declare that a view is open to everybody."""
    return _declared(view, "public")


def for_programs(view: View) -> View:
    """Declare that a view is for programs with a token of their own; the view itself asks for it (401)."""
    return _declared(view, "token")


def _declared(view: View, action: str, place: Any = None) -> View:
    """Note on a view what it needs, for the check at the start and for the tests that walk all routes."""
    vars(view).update(declared_action=action, declared_place=place)
    return view


def held_grants() -> tuple[HeldGrant, ...]:
    """Return the roles that the signed-in user holds now; read once per request."""
    if "held_grants" not in g:
        g.held_grants = tuple(current_user.held_grants()) if current_user.is_authenticated else ()
    return g.held_grants


def may(action: str, path: ScopePath | None = None, state: str | None = None) -> bool:
    """Say whether the signed-in user may do `action` there: for templates that offer a button."""
    if path is None:
        return policy.allows_somewhere(held_grants(), action)
    return policy.allows(held_grants(), action, path, state)


def check_declared(app: Flask) -> None:
    """Refuse to start an application in which a view has not declared what it needs.

    Raises: RuntimeError with the names of the views.
    """
    views = app.view_functions
    missing = sorted(n for n in views if n not in OPEN_ENDPOINTS and not hasattr(views[n], "declared_action"))
    if missing:
        raise RuntimeError(f"views without a declared action: {', '.join(missing)}")


def _to_sign_in() -> Any:
    """Send a reader to the sign-in page and back; a program, or a form that was sent, gets 401."""
    if request.method not in {"GET", "HEAD"} or request.accept_mimetypes.best == "application/json":
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
