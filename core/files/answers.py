"""Give a kept file to a reader: always to be saved, never shown or run as a page of ours."""

import os
import re
from typing import Any
from urllib.parse import quote

from flask import Response, request

from core import web
from core.files import queries
from core.files.kinds import KINDS

POLICY = f"{web.POLICY}; sandbox"  # should a browser open it in spite of everything: without scripts


def send(stored: Any, name: str = "", *, public: bool = False) -> Response:
    """Return the file as an attachment; 304 where the reader has it already.

    Shape: `name` instead of its own, which may say whose it is.
    `public` only for what everybody may have: caches may keep it, and ask each time whether it stands.
    The caller has decided that this reader may have it.
    """
    if request.if_none_match.contains_weak(stored.sha256):
        response = Response(status=304)
    else:
        response = Response(queries.content_of(stored), content_type=KINDS[stored.kind].media_type)
        response.headers["Content-Disposition"] = disposition(name or stored.name)
    response.set_etag(stored.sha256)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if public:
        web.let_caches_keep(shared=True)
    return response


def disposition(name: str, plain: str = "") -> str:
    """Return the header for a name in any script (RFC 6266, RFC 8187).

    Old programs get `plain`, or what is left of the name without other letters than English ones.
    """
    plain = plain or _plain(name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _plain(name: str) -> str:
    stem, ending = os.path.splitext(name)
    kept = re.sub("[^A-Za-z0-9._-]+", "-", stem).strip("-._")
    kept = kept if re.search("[A-Za-z]", kept) else f"file-{kept}".rstrip("-")
    return kept + re.sub("[^A-Za-z0-9.]", "", ending)
