"""What the steps of an event need of its judges, and what closing the registration gives them."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.draw.queries import list_stations
from competitions.events import profiles
from competitions.events.models import Event
from competitions.judges import conflicts, queries, rules, seats
from competitions.judges.models import Appointment
from competitions.judges.places import known_seats, list_places
from core.refusals import Refusal


def panels_are_complete(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for judges: one at least, as many as each stage needs, and a chief where the profile has one."""
    judges = queries.list_appointments(session, event.id)
    if not judges:
        return [Refusal("JUDGES_NONE", "judges")]
    known = list_places(session, event)
    titles = {place.stage: place.title for place in known}
    needed = {place.stage: place.needed_judges for place in known}
    panels = rules.panels(needed, queries.effective_seats(judges, known_seats(session, event)))
    refusals = [
        Refusal(
            "JUDGES_MISSING",
            "judges",
            {"stage": titles[panel.stage], "needed": panel.needed, "judges": len(panel.judges)},
        )
        for panel in panels
        if panel.short
    ]
    refusals += _short_stations(session, event, panels, titles)
    return refusals + _led(event, judges, panels, titles)


def _led(
    event: Event, judges: list[Appointment], panels: list[rules.Panel], titles: dict[str, str]
) -> list[Refusal]:
    """Ask for those who close the sheets in this profile: a chief judge, and a head of each panel."""
    profile = profiles.get(event.competition.profile)
    found = []
    if profile.separate and not any(judge.chief for judge in judges):
        found.append(Refusal("CHIEF_MISSING", "judges"))
    chiefs = {judge.id for judge in judges if judge.chief}
    if not profile.chief_marks and any(chiefs & set(panel.judges) for panel in panels):
        found.append(Refusal("CHIEF_MARKS", "judges"))
    heads = {judge.id for judge in judges if judge.head}
    if "confirm" in profile.closing:
        headless = [panel for panel in panels if panel.judges and not heads & set(panel.judges)]
        found += [Refusal("HEAD_MISSING", "judges", {"stage": titles[panel.stage]}) for panel in headless]
    return found


def _short_stations(
    session: Session, event: Event, panels: list[rules.Panel], titles: dict[str, str]
) -> list[Refusal]:
    """Name the stations where fewer judges mark than their stage needs."""
    judges = queries.list_appointments(session, event.id)
    effective = queries.effective_seats(judges, known_seats(session, event))
    needed = {panel.stage: panel.needed for panel in panels if not panel.short}
    drawn = {station for _code, station, _batch in list_stations(session, event.id)}
    return [
        Refusal(
            "JUDGES_MISSING_AT",
            "judges",
            {"stage": titles[stage], "needed": needed[stage], "stations": _listed(short)},
        )
        for stage, short in rules.short_stations(needed, effective, drawn).items()
    ]


def _listed(stations: list[int | None]) -> str:
    numbers = ", ".join(str(number) for number in stations if number is not None)
    return rules.clean_stations(numbers) if numbers else _("entries without a station")


def nobody_judges_the_own_unit(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Refuse judges who have to stand back: the own unit has sent somebody, or a declared conflict counts."""
    return [conflict.refusal() for conflict in conflicts.list_conflicts(session, event)]


def give_places(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Give every stage to judges without a place: a judge without one would mark nothing."""
    for judge in queries.list_appointments(session, event.id):
        seats.give_default_places(session, event, judge)
