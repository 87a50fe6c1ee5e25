"""Errors as programs read them: problem details of RFC 9457, for every address below `/api/`."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, has_request_context, json, request
from flask_babel import lazy_gettext as _l

PROGRAMS = "/api/"
MIME = "application/problem+json"
REASONS = {
    404: _l("There is no such table. /api/v1/ lists those that there are."),
    405: _l("The API only reads; ask with GET."),
}


def is_for_programs() -> bool:
    """Say whether the request asks for an address that programs read, whether it exists or not."""
    return has_request_context() and f"{request.path}/".startswith(PROGRAMS)


def answer(
    status: int,
    reasons: Sequence[str],
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """Return an answer that is none: what happened by its status, and the reasons in the language asked for.

    `more` are members of its own kind, left out where they are empty.
    """
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": " ".join(reasons),
        "reasons": list(reasons),
        **{name: value for name, value in more.items() if value},
    }
    response = Response(json.dumps(content, ensure_ascii=False, indent=1) + "\n", status, content_type=MIME)
    response.headers.update(headers or {})
    return response
