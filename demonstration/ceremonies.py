"""What follows a final result in the demonstration: certificates, one issued anew, one revoked; honours."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from competitions.events.models import Competition, Event
from core import clock
from core.jobs import services as jobs
from demonstration.site import Site
from reports.certificates import bulk
from reports.certificates import services as certificates
from scoring.honours import candidates
from scoring.honours import services as honours
from scoring.honours.services import Act, Decision, Recorded
from scoring.promotions import offers as promotion_rules
from scoring.promotions import services as promotions

YEAR, TRADE = 2025, "6-18-02-04"  # welding, held in Liaoning
ADDRESS = "http://127.0.0.1:8000"  # where nothing else is set: the codes of a demonstration lead to itself


def load(session: Session, site: Site, address: str) -> None:
    """Issue the certificates of a past contest and begin to print them; recommend and grant honours."""
    event = find_event(session)
    if event is None:
        return
    _certificates(session, site, event, address or ADDRESS)
    _honours(session, site, event)
    set_promotions(session, site, event)


def find_event(session: Session) -> Event | None:
    """Return the contest whose result has consequences here."""
    return session.scalar(
        select(Event)
        .join(Event.competition)
        .join(CatalogueEntry, CatalogueEntry.id == Event.trade_id)
        .where(Competition.year == YEAR, CatalogueEntry.key == TRADE, Event.state == "final")
    )


def _certificates(session: Session, site: Site, event: Event, address: str) -> None:
    organiser, now = site.users["organiser"].id, site.now
    issued = certificates.issue(session, event, actor_id=organiser, now=now)
    certificates.replace(
        session, event, issued[1], "单位名称更正（演示）", actor_id=organiser, now=now + timedelta(minutes=5)
    )
    why, later = "经查不符合参赛条件（演示）", now + timedelta(minutes=9)
    certificates.revoke(session, event, issued[2], why, actor_id=organiser, now=later)
    wishes = {"event": event.id, "form": "unit", "address": address}
    # The server makes the file once it is there: nobody waits for it at the start.
    jobs.start(
        session, bulk.KIND, f"event:{event.id}", wishes, ref=clock.new_ref(), actor_id=organiser, now=now,
        event_id=event.id,
    )  # fmt: skip


def _honours(session: Session, site: Site, event: Event) -> None:
    act, union = Act(site.users["organiser"].id, site.now), event.competition.union
    best = candidates.list_candidates(session, event, "medal")[:4]
    medals = honours.recommend(session, event, "medal", "provincial", best, act)
    groups = ("industrial", "industrial", "frontline", "")
    said = {one: (group, group == "industrial") for one, group in zip(medals, groups, strict=True)}
    honours.save_groups(session, event.competition, said, act)
    experts = honours.recommend(session, event, "expert", "provincial", best[:3], act)
    (first,) = honours.recommend(session, event, "champion", "provincial", best[:1], act)
    granted = Decision("演示人社发〔2025〕12号", date(YEAR, 12, 1), body="演示人力资源和社会保障厅")
    honours.decide(session, [*experts, first], "granted", granted, act)
    document = Decision("演示工发〔2025〕3号", date(YEAR, 4, 28), body=union.name)
    unit = site.units["machinery"][0].name
    honours.record_granted(
        session, union,
        [
            Recorded("certificate", "provincial", unit, unit, document),
            Recorded("pioneer", "provincial", "演示焊接一班", unit, document),
            Recorded("craftsman", "industrial", "演示老师傅", unit, document),
        ],
        act,
    )  # fmt: skip


def set_promotions(session: Session, site: Site, event: Event) -> None:
    """Say by which rules winners are proposed for the next skill level: the best six, to technician."""
    document: Any = promotion_rules.LIBRARY.find_document("zhoushan")
    promotions.save_rules(
        session, event, document, base=0, reason="前六名晋升技师（演示）",
        actor_id=site.users["organiser"].id, now=site.now,
    )  # fmt: skip
