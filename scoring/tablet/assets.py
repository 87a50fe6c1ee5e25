"""The files that the judge's app needs without a network, and the fingerprint that is its version."""

import functools
import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "static"
FILES = (
    "css/*.css", "js/early.js", "js/page.js", "js/renew.js", "js/tablet/*.js", "img/icon.svg",
    "manifest.webmanifest",
)  # fmt: skip
IMPORTS = re.compile(r'^import "\./(.+)";$', re.MULTILINE)
# What the shells are made of besides: a change of theirs is a new version, too.
SOURCES = ("templates/tablet/*", "templates/layouts/*", "templates/components/*", "translations/zh/tablet.po")
LETTERS = 16


@functools.cache
def names() -> tuple[str, ...]:
    """Return the product's files by their names below static/."""
    found = {str(path.relative_to(STATIC)) for part in FILES for path in STATIC.glob(part)}
    page = (STATIC / "js" / "page.js").read_text(encoding="utf-8")
    return tuple(sorted(found | {f"js/{name}" for name in IMPORTS.findall(page)}))


@functools.cache
def version() -> str:
    """Return the fingerprint of all files and sources; read once per process."""
    found = hashlib.sha256()
    sources = (path for part in SOURCES for path in ROOT.glob(part))
    for path in sorted([STATIC / name for name in names()] + list(sources)):
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:LETTERS]


def fingerprint(*parts: object) -> str:
    """Return a short fingerprint of plain values."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:LETTERS]
