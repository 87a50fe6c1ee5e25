"""What the event itself needs for its steps, and what they set on it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from competitions.catalogue.naming import name_of
from competitions.events import labels, rules
from competitions.events.models import Event
from core import clock
from core.i18n import day, moment
from core.refusals import Refusal


def says_what_is_held(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for an industry, and for what the kind of activity wants: trade and kind of entry."""
    competition = event.competition
    missing = [] if competition.industries else [Refusal("INDUSTRY_MISSING", "industries")]
    return missing + kind_refusals(
        competition.kind, trade=event.trade_id is not None, entry_kind=event.entry_kind,
        role=bool(event.role),
    )


def kind_refusals(
    kind: CatalogueEntry, *, trade: bool, entry_kind: str, role: bool
) -> list[Refusal]:
    """Return what does not fit the kind of activity, in words."""
    allowed = [known for known in kind.attributes["entry_kinds"] if known in labels.ENTRY_KINDS]
    faults = rules.kind_faults(
        kind.attributes["needs_trade"], allowed, trade=trade, entry_kind=entry_kind,
        needs_role=kind.key in rules.ROLE_KINDS, role=role,
    )  # fmt: skip
    return [
        Refusal("KIND_FIELD", field, {"reason": labels.kind_reason(reason, name_of(kind), allowed)})
        for field, reason in faults
    ]


def time_for_objections_is_over(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for the end of the time for appeals and of the public notice."""
    announced = event.announced_at or now
    refusals = []
    appeals = rules.appeals_end(announced, event.appeal_minutes)
    if now < appeals:
        refusals.append(Refusal("APPEAL_WINDOW", "", {"until": moment(appeals)}))
    notice = rules.notice_ends(announced, event.notice_days, clock.LOCAL)
    if now < notice:
        last = (notice - timedelta(seconds=1)).astimezone(clock.LOCAL).date()
        refusals.append(Refusal("NOTICE_PERIOD", "", {"until": day(last)}))
    return refusals


def set_announced(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Keep the moment of the announcement: the time for appeals counts from it."""
    event.announced_at = now


def set_finalised(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Keep the moment of the confirmation."""
    event.finalised_at = now
