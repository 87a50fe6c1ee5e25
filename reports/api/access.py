"""Who asks: the token of a request, its pace, and the language of the answer."""

import functools
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from flask import Response, current_app, g, request
from flask_babel import lazy_gettext as _l

from accounts.guard import for_programs
from core import clock, database, problems
from core.database import db
from core.i18n import LOCALES
from core.refusals import Refusal, register, words
from reports.api.pace import EXTENSION
from reports.statistics import names
from reports.tokens import queries, services
from reports.tokens.models import ApiToken

SCHEME = "bearer"
View = Callable[..., Any]
register(
    {
        "TOKEN_UNKNOWN": _l("Send a token that stands: Authorization: Bearer <token>"),
        "TOKEN_TOO_FAST": _l("Too many requests; wait %(seconds)s seconds."),
        "LANGUAGE_UNKNOWN": _l("“%(value)s” is no language here; say lang=zh or lang=en."),
    }
)


def with_token(*parameters: str) -> Callable[[View], View]:
    """Declare that a view answers programs that show a token; it finds the token as `access.token()`.

    The view takes these parameters, and `lang` for the language of the answer (core.i18n). Without a token
    that stands: 401; too many requests: 429 with the seconds to wait; a parameter that the view does not
    take, or one given twice: 422. The answer is never kept by caches.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def asked(*args: Any, **kwargs: Any) -> Any:
            return _refusal(parameters) or view(*args, **kwargs)

        return for_programs(asked)

    return decorate


def _refusal(parameters: Collection[str]) -> Response | None:
    """Return why this request is not answered; otherwise its token is found and its use on record."""
    found = _find()
    if found is None:
        return refused(401, [Refusal("TOKEN_UNKNOWN")], {"WWW-Authenticate": "Bearer"})
    now = clock.now()
    if wait := current_app.extensions[EXTENSION].wait_of(found.id, now):
        slower = Refusal("TOKEN_TOO_FAST", params={"seconds": wait})
        return refused(429, [slower], {"Retry-After": str(wait)})
    if found.used_on != clock.today():
        with database.writing_session() as session:
            services.note_use(session, found.id, request.remote_addr or "", today=clock.today(), now=now)
            session.commit()
    g.api_token = found
    wrong = [*names.unknown(request.args, {*parameters, "lang"}), *_language()]
    return refused(422, wrong) if wrong else None


def _language() -> list[Refusal]:
    said = request.args.get("lang", "zh")
    return [] if said in LOCALES else [Refusal("LANGUAGE_UNKNOWN", "lang", {"value": said[:60]})]


def token() -> ApiToken:
    """Return the token of this request, which `with_token` has found."""
    found: ApiToken = g.api_token
    return found


def scopes() -> frozenset[tuple[str, int]]:
    """Return what the token of this request may read: its union with all unions below it."""
    return frozenset({("union", token().union_id)})


def refused(
    status: int, refusals: Iterable[Refusal], headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer that is none: problem details with the reasons, and which parameter each is about."""
    said = [(one.where, words(one)) for one in refusals]
    errors = [{"parameter": where, "detail": reason} for where, reason in said if where]
    return problems.answer(status, [reason for _where, reason in said], headers, errors=errors)


def _find() -> ApiToken | None:
    scheme, _space, shown = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != SCHEME:  # RFC 9110 section 11.1: case does not matter
        return None
    return queries.find_by_token(db.session, shown.strip())
