"""The door before a view that enters something new: the same form, sent again, enters nothing more."""

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from core import canonical, clock
from core.database import db
from core.once import services

FIELD = "once"  # the mark that templates/components/form.html gives every form
MARK = re.compile(r"[0-9a-f]{32}")
PART = 2**16  # bytes read at once
View = Callable[..., Any]


def once(found_at: str) -> Callable[[View], View]:
    """Declare that a view takes the same form once; whoever sends it again is led to what came of the first.

    `found_at` is the endpoint of a page; it gets those arguments of the address that it has. A form is the
    same with the mark of its page and all that was typed: whoever goes back and changes something sends
    another one. A request without such a mark (a program's) is of no page, and is taken as it comes.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def taken_once(**arguments: Any) -> ResponseReturnValue:
            digest = digest_of_form()
            if digest and not services.take(db.session, digest, clock.now()):
                return _repeated(found_at, arguments)
            answer: ResponseReturnValue = view(**arguments)
            return answer

        vars(taken_once)["found_at"] = found_at  # for the test that walks these views
        return taken_once

    return decorate


def _repeated(found_at: str, arguments: dict[str, Any]) -> ResponseReturnValue:
    services.record_repeat(db.session, request.path, _user_id(), clock.now())
    db.session.commit()
    flash(_("This form came twice. It was taken once; nothing was entered a second time."), "success")
    endpoint = request.blueprint + found_at if found_at.startswith(".") and request.blueprint else found_at
    known = next(current_app.url_map.iter_rules(endpoint)).arguments
    return redirect(url_for(endpoint, **{name: value for name, value in arguments.items() if name in known}))


def digest_of_form() -> str:
    """Return the digest of who sends what where, "" for a form without the mark of its page.

    The mark is random: nobody else can name the digest. The token against foreign pages says nothing of it.
    """
    if not MARK.fullmatch(request.form.get(FIELD, "")):
        return ""
    typed = sorted((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    files = sorted((name, file.filename or "", _read(file)) for name, file in request.files.items(multi=True))
    return canonical.digest([_user_id(), request.path, typed, files])


def _read(file: FileStorage) -> str:
    digest = hashlib.sha256()
    for part in iter(functools.partial(file.stream.read, PART), b""):
        digest.update(part)
    file.stream.seek(0)
    return digest.hexdigest()


def _user_id() -> int | None:
    return current_user.id if current_user.is_authenticated else None
