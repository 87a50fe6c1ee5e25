"""What takes long is let in a few at a time, and others are asked to come again before they cost anything.

After an outage all tablets are back at once. Each of the few threads that waits for the database with
a long batch is one fewer for the mark of a judge who never was away; so who is too many is told so before the
database is asked for anything, even for who it is.
"""

import functools
import threading
from collections.abc import Callable
from typing import Any

from flask import Response, jsonify

from core.web import RETRY_SECONDS

View = Callable[..., Any]
AT_ONCE = 2


def few_at_once(takes_long: Callable[[], bool]) -> Callable[[View], View]:
    """Let at most two requests be at work for which `takes_long`; it stands outside of the guard."""

    def decorate(view: View) -> View:
        inside = threading.BoundedSemaphore(AT_ONCE)

        @functools.wraps(view)
        def entered(*args: Any, **kwargs: Any) -> Any:
            if not takes_long():
                return view(*args, **kwargs)
            if not inside.acquire(blocking=False):
                return come_again()
            try:
                return view(*args, **kwargs)
            finally:
                inside.release()

        vars(entered).update(inside=inside)
        return entered

    return decorate


def come_again() -> Response:
    """Return the answer of a server that has others at work; no page, for one would ask who is signed in."""
    answer = jsonify({"outcome": "busy"})
    answer.status_code = 503
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer
