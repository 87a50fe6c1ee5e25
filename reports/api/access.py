"""Who asks: the token of a request, its pace, and the language of the answer."""

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Response, current_app, g, jsonify, request
from flask_babel import force_locale

from accounts.guard import for_programs
from core import clock, database
from core.database import db
from core.i18n import LOCALES
from reports.api.pace import EXTENSION
from reports.tokens import queries, services
from reports.tokens.models import ApiToken

SCHEME = "Bearer "
UNKNOWN = "Send a token that stands: Authorization: Bearer <token>"


def with_token(view: Callable[..., Any]) -> Callable[..., Any]:
    """Declare that a view answers programs that show a token; it finds the token as `access.token()`.

    Without a token that stands: 401; too many requests: 429 with the seconds to wait. `lang=en` asks for
    English. The answer is never kept by caches.
    """

    @functools.wraps(view)
    def asked(*args: Any, **kwargs: Any) -> Any:
        found = _find()
        if found is None:
            return refused(401, [UNKNOWN], {"WWW-Authenticate": "Bearer"})
        now = clock.now()
        if wait := current_app.extensions[EXTENSION].wait_of(found.id, now):
            return refused(429, [f"Too many requests; wait {wait} seconds."], {"Retry-After": str(wait)})
        if found.used_on != clock.today():
            with database.writing_session() as session:
                services.note_use(session, found.id, request.remote_addr or "", today=clock.today(), now=now)
                session.commit()
        g.api_token = found
        locale = request.args.get("lang", "zh")
        with force_locale(locale if locale in LOCALES else "zh"):
            return view(*args, **kwargs)

    return for_programs(asked)


def token() -> ApiToken:
    """Return the token of this request, which `with_token` has found."""
    found: ApiToken = g.api_token
    return found


def scopes() -> frozenset[tuple[str, int]]:
    """Return what the token of this request may read: its union with all unions below it."""
    return frozenset({("union", token().union_id)})


def refused(status: int, reasons: Sequence[str], headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer that is none, with the reasons."""
    response = jsonify({"status": status, "reasons": list(reasons)})
    response.status_code = status
    response.headers.update(headers or {})
    return response


def _find() -> ApiToken | None:
    shown = request.headers.get("Authorization", "")
    if not shown.startswith(SCHEME):
        return None
    return queries.find_by_token(db.session, shown.removeprefix(SCHEME).strip())
