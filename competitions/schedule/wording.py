"""Sittings in words: stage, batch, day and time, state."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from competitions.schedule.models import Sitting
from competitions.schedule.rules import ALL_BATCHES, CANCELLED, HELD, PLANNED
from core import clock
from core.i18n import current_locale, day

STATES: dict[str, tuple[str, Any]] = {
    PLANNED: ("info", _l("Planned")),
    HELD: ("ok", _l("Held")),
    CANCELLED: ("off", _l("Cancelled")),
}


def batch_words(batch: int) -> str:
    """Return a batch."""
    return _("All batches") if batch == ALL_BATCHES else _("Batch %(number)s", number=batch)


def stage_words(titles: Mapping[str, str], stage: str) -> str:
    """Return a stage by its title; a stage that the scheme no longer has by its code."""
    return titles.get(stage, stage) if stage else _("Whole event")


def day_words(of: date | None) -> str:
    """Return a day with its day of the week."""
    if of is None:
        return _("Time not set yet")
    weekday = format_date(of, "EEEE", locale=current_locale())
    return _("%(day)s, %(weekday)s", day=day(of), weekday=weekday)


def time_words(starts: datetime | None, ends: datetime | None) -> str:
    """Return the hours of a sitting where the contests are held."""
    if starts is None or ends is None:
        return "—"
    return f"{starts.astimezone(clock.LOCAL):%H:%M}–{ends.astimezone(clock.LOCAL):%H:%M}"


def span_words(starts: datetime | None, ends: datetime | None) -> str:
    """Return day and hours of a sitting."""
    if starts is None or ends is None:
        return _("Time not set yet")
    return f"{day(starts.astimezone(clock.LOCAL).date())} {time_words(starts, ends)}"


def place_words(titles: Mapping[str, str], stage: str, batch: int, site: str = "") -> str:
    """Return stage, batch and site in one line."""
    return " · ".join(filter(None, (stage_words(titles, stage), batch_words(batch), site)))


def place_of(titles: Mapping[str, str], sitting: Sitting) -> str:
    """Return stage, batch and site of a sitting in one line."""
    return place_words(titles, sitting.stage, sitting.batch, sitting.site)
