"""What the steps of an event need of its judges, and what closing the registration gives them."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges import queries, rules, services
from competitions.judges.places import known_seats, list_places
from core.refusals import Refusal

SMALLEST = "simple"


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
    if event.competition.profile != SMALLEST and not any(judge.chief for judge in judges):
        refusals.append(Refusal("CHIEF_MISSING", "judges"))
    return refusals


def nobody_judges_the_own_unit(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Refuse judges whose own unit has sent somebody."""
    conflicts = queries.judges_with_conflict(session, event.id)
    judges = {judge.id: judge for judge in queries.list_appointments(session, event.id)}
    return [
        Refusal(
            "CONFLICT_OF_INTEREST",
            "judges",
            {"code": judges[number].code, "name": judges[number].user.name, "unit": unit},
        )
        for number, unit in conflicts.items()
    ]


def give_places(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Give every stage to judges without a place: a judge without one would mark nothing."""
    for judge in queries.list_appointments(session, event.id):
        services.give_default_places(session, event, judge)
