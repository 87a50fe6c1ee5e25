"""Set up a contest from a template: competition, event, scheme, standings, who confirms the values."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from accounts.models import User
from competitions.catalogue import queries as catalogue
from competitions.catalogue.models import CatalogueEntry
from competitions.catalogue.rules import ACTIVITY_KIND
from competitions.events import profiles
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues, EventValues
from competitions.judges import services as judges
from competitions.judges.services import JudgeValues
from scoring.schemes import offers as library
from scoring.schemes import services as schemes
from scoring.schemes.periods import Way, with_periods
from scoring.standings import offers as methods
from scoring.standings import services as standings
from scoring.starting.offers import Template


class Wanted(NamedTuple):
    """What was said beside the template; `kind_id` of the competition is the template's own."""

    competition: CompetitionValues
    event: str
    trade: CatalogueEntry | None = None
    role: str = ""
    periods: tuple[str, ...] = ()
    way: Way = "mean"
    checks: bool = False
    name_en: str = ""


def start(
    session: Session, template: Template, wanted: Wanted, user: User, *, now: datetime, demo: bool = False
) -> Event:
    """Make everything that a contest of this template begins with; the event is a draft.

    Raises: Refused as `create_competition`, `create_event`, `save_scheme` and `appoint` do.
    """
    by: dict[str, Any] = {"actor_id": user.id, "now": now}
    kind = catalogue.list_by_keys(session, ACTIVITY_KIND, [template.kind])[template.kind]
    values = wanted.competition._replace(kind_id=kind.id)
    competition = events.create_competition(session, values, demo=demo, **by)
    profile = profiles.get(values.profile)
    event = events.create_event(
        session, competition,
        EventValues(
            wanted.event, template.entry_kind, trade_id=wanted.trade.id if wanted.trade else None,
            name_en=wanted.name_en, starts_on=values.starts_on, ends_on=values.ends_on, role=wanted.role,
            appeal_minutes=profile.appeal_minutes, notice_days=profile.notice_days,
        ),
        **by,
    )  # fmt: skip
    schemes.save_scheme(session, event, _scheme(template, wanted), reason="", **by)
    for key, whose in template.standings:
        method: Any = methods.LIBRARY.find_document(key)
        standings.add_standing(session, competition, _of(method, whose), [], **by)
    if template.checks and wanted.checks:
        judges.appoint(session, event, user, JudgeValues(), **by)
    return event


def _scheme(template: Template, wanted: Wanted) -> dict[str, Any]:
    document: Any = library.LIBRARY.find_document(template.scheme)
    return with_periods(document, wanted.periods, wanted.way) if wanted.periods else document


def _of(method: dict[str, Any], whose: str) -> dict[str, Any]:
    """Return a method for units, or for the unions (companies, delegations) that they belong to."""
    if whose == method.get("of", "unit"):
        return method
    return method | {"of": whose, "title": f"{method['title']}（按所属工会）"}
