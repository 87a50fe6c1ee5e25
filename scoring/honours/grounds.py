"""What an honour stands on, as far as upper layers know it: the certificate of the result behind it."""

from collections.abc import Callable, Collection
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.i18n import day
from scoring.honours.models import Honour


class Revoked(NamedTuple):
    """A certificate that its issuer has revoked, and since when."""

    number: str
    on: date


Source = Callable[[Session, Collection[Honour]], dict[int, Revoked]]
_SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Say who knows which certificates were revoked."""
    _SOURCES[:] = [source]


def told(session: Session, honours: Collection[Honour]) -> dict[int, str]:
    """Return what is to be said beside each of these honours whose certificate was revoked, by its number."""
    found = _SOURCES[0](session, honours) if _SOURCES and honours else {}
    return {
        number: _("certificate %(number)s was revoked on %(day)s", number=one.number, day=day(one.on))
        for number, one in found.items()
    }
