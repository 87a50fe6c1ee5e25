"""What every answer carries: security headers, no caching of personal pages, pages for errors."""

import re
from collections.abc import Callable
from typing import Any

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    has_request_context,
    make_response,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from core import clock, problems, refusals
from core.database import BUSY, SAFE_METHODS, db

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
LARGEST_ID = 2**31 - 1
RETRY_SECONDS = 2
FORM_MEGABYTES, FILE_MEGABYTES = 12, 20  # config.MAX_CONTENT_LENGTH; core.files.kinds.FILE_BYTES
LARGER_FORM = (FILE_MEGABYTES + 1) * 1024 * 1024
OTHER_NAME = "请求的主机名不属于本系统。\nThis server has another name.\n"
csrf = CSRFProtect()
audit_exempt: set[str] = {"i18n.switch"}


class NumberInAddress(IntegerConverter):
    """A whole number in an address; one that no row can have is simply not found."""

    def __init__(
        self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int = LARGEST_ID
    ) -> None:
        super().__init__(map, fixed_digits, min, max)


def init_app(app: Flask, proxies: int) -> None:
    """Attach headers, CSRF protection and error pages."""
    app.url_map.converters["int"] = NumberInAddress
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.finalize = plain_text
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.before_request(refuse_foreign_senders)
    app.before_request(refuse_nul)
    app.before_request(take_larger_forms)
    csrf.init_app(app)
    app.after_request(add_headers)
    app.after_request(demand_audit(app))
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(CSRFError, show_unproven)
    app.register_error_handler(refusals.Refused, show_refusal)
    for kind in BUSY:
        app.register_error_handler(kind, show_busy)
    app.register_error_handler(Exception, show_fault(app))


def plain_text(value: Any) -> Any:
    """Turn a lazy translation into plain text before it is escaped.

    Lazy strings call themselves safe HTML; what somebody typed into their placeholders would not be escaped.
    """
    return str(value) if isinstance(value, LazyString) else value


def refuse_foreign_senders() -> None:
    """Refuse what a page of another site sends; the token is the first lock, this is the second.

    Only names are compared, because a proxy may change scheme and port.
    Raises: CSRFError.
    """
    if request.method in SAFE_METHODS:
        return
    sender = _host_name(request.headers.get("Origin", "").partition("//")[2])
    foreign = sender not in {"", _host_name(request.host)}
    if foreign or request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise CSRFError("sent by another site")


def _host_name(address: str) -> str:
    """Return a host without its port."""
    return re.sub(r":[0-9]*$", "", address).lower()


def refuse_nul() -> None:
    """Answer an address with the character that no text has and that PostgreSQL cannot look for."""
    if "\0" in request.path:
        abort(404)


def takes_files(view: Callable[..., Any]) -> Callable[..., Any]:
    """Declare that a view takes a document, so that larger forms may be sent to it than to any other."""
    vars(view)["takes_files"] = True
    return view


def take_larger_forms() -> None:
    """Raise the limit of the request where its view takes documents; before anything reads the form."""
    if _takes_files():
        request.max_content_length = LARGER_FORM


def _takes_files() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "takes_files", False))


def let_caches_keep(*, shared: bool) -> None:
    """Let the answer of this request be kept, to be asked for again each time whether it still stands.

    Only for what everybody may see, and `shared` (a cache for many readers) only where it is the same bytes
    for everybody.
    """
    g.caching = "public, no-cache" if shared else "private, no-cache"


def add_headers(response: Response) -> Response:
    """Add the headers that keep a browser from doing what no page of ours asks for."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    if request.endpoint != "static":
        headers["Cache-Control"] = g.get("caching", "no-store")
        headers.add("Vary", "Cookie")
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def demand_audit(app: Flask) -> Callable[[Response], Response]:
    """Return a check that a successful unsafe request has left a record; tests fail where one is missing."""

    def check(response: Response) -> Response:
        silent = (
            request.method not in SAFE_METHODS and response.status_code < 400 and not g.get("audited", False)
        )
        if silent and request.endpoint not in audit_exempt:
            app.logger.error("unaudited %s %s", request.method, request.endpoint)
            if app.testing:
                raise AssertionError(f"{request.method} {request.endpoint} left no audit record")
        return response

    return check


def show_http_error(error: HTTPException) -> ResponseReturnValue:
    """Show the page for an HTTP error in the reader's language."""
    if error.response is not None:
        return error
    if isinstance(error, SecurityError):  # an untrusted host: no page, for a page needs addresses of our own
        return Response(OTHER_NAME, 400, mimetype="text/plain")
    # An error may bring a translated reason along.
    answer = make_response(error_page(error.code or 500, getattr(error, "detail", None)))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return answer


def show_unproven(error: CSRFError) -> ResponseReturnValue:
    """Show that what was sent cannot be shown to come from this reader's own page (SECURITY.md T33: 403)."""
    detail = _("The page was open too long, or it was not opened here.")
    texts = (
        _("This was not taken: the page is out of date"),
        _("Nothing was changed. Go back, copy what you typed, reload the page and send it again."),
    )
    return error_page(403, detail, texts=texts)


def show_refusal(error: refusals.Refused) -> ResponseReturnValue:
    """Show why a step was refused, when no form is there to show it."""
    db.session.rollback()
    return error_page(409, None, [refusals.words(refusal) for refusal in error.refusals])


def show_busy(error: Exception) -> ResponseReturnValue:
    """Say that the database had no time: nothing was done, and it can be done again in a moment."""
    db.session.rollback()
    current_app.logger.error("no time in the database for %s", request.path, exc_info=error)
    return busy()


def busy() -> Response:
    """Return the answer that asks to come again in a moment."""
    response = make_response(error_page(503, None))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def show_fault(app: Flask) -> Callable[[Exception], ResponseReturnValue]:
    """Return the handler for a fault of ours: a reference number, never a trace, nothing half-saved."""

    def handle(error: Exception) -> ResponseReturnValue:
        reference = clock.new_ref()[:8]
        app.logger.exception("fault %s at %s", reference, request.path)
        db.session.rollback()
        if app.testing and app.config.get("PROPAGATE_FAULTS", True):
            raise error
        return error_page(500, None, reference=reference)

    return handle


def error_page(
    status: int,
    detail: str | None,
    reasons: list[str] | None = None,
    reference: str = "",
    texts: tuple[str, str] | None = None,
) -> ResponseReturnValue:
    """Return the error page: what happened, why, what to do; `texts` are title and advice of its own."""
    if problems.is_for_programs():
        said = reasons or [problems.REASONS.get(status) or detail or (texts or _texts(status))[1]]
        return problems.answer(status, [str(one) for one in said], reference=reference)
    if has_request_context() and (request.is_json or request.accept_mimetypes.best == "application/json"):
        told = [*([detail] if detail else []), *(texts[1:] if texts else ())]
        return {"status": status, "reasons": reasons or told}, status
    title, advice = texts or _texts(status)
    page = render_template(
        "errors/error.html",
        status=status, title=title, advice=advice, detail=detail, reasons=reasons or [], reference=reference,
    )  # fmt: skip
    return page, status


def _texts(status: int) -> tuple[str, str]:
    texts = {
        400: (_("This request could not be read"), _("Open the page again and repeat what you did.")),
        401: (_("Please sign in"), _("Your session has ended. Sign in and go on where you were.")),
        403: (_("You may not open this"), _("Ask an administrator for the role that this page needs.")),
        404: (_("There is no such page"), _("Check the address, or go back to the start page.")),
        405: (_("This page cannot be used like that"), _("Go back and use the buttons of the page.")),
        409: (
            _("This step is not possible now"),
            _("Nothing was changed. Mend what is named here, then try again."),
        ),
        413: (
            _("The file is too large"),
            _(
                "At most %(megabytes)s MB can be sent at once. Split the file or make it smaller.",
                megabytes=FILE_MEGABYTES if _takes_files() else FORM_MEGABYTES,
            ),
        ),
        422: (_("The input cannot be accepted"), _("Nothing was saved. Correct what is named here.")),
        429: (_("Too many attempts"), _("Wait a little, then try again.")),
        503: (_("The server is busy"), _("Nothing was changed. Try again in a moment.")),
    }
    fault = (
        _("Something went wrong on our side"),
        _("Nothing was changed. Try again; if it happens again, report it."),
    )
    return texts.get(status, fault)
