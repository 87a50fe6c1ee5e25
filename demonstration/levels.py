"""A preliminary whose best have qualified for the final, in which their earlier totals will count."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues, EventValues
from core import clock
from demonstration import history
from demonstration.site import Site, catalogue_id
from scoring.packages import services as packages
from scoring.packages.field import Plan
from scoring.packages.reading import load_files
from scoring.qualifying import services as qualifying
from scoring.qualifying.rules import Rule
from scoring.schemes import offers
from scoring.schemes import services as schemes

TRADE, STAGE = "6-31-01-03", "E"


def load(session: Session, site: Site) -> Event:
    """Build both levels; two of each unit have qualified, one has withdrawn, the next has moved up."""
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    held = site.now - timedelta(days=40)
    preliminary = _preliminary(session, site, held)
    final = _final(session, site)
    rule = Rule(2, "unit")
    row = qualifying.add(session, final, preliminary, rule, STAGE, **by)
    shown = qualifying.preview(session, row)
    if shown is None:
        raise LookupError("the preliminary has no announced result")
    qualifying.carry_out(session, final, row, shown[0].sha256, **by)
    waiting = {place.source_entry.unit_id for place in row.places if place.state == "reserve"}
    leaver = next(place for place in row.places if place.source_entry.unit_id in waiting)
    qualifying.withdraw(session, final, row, leaver, "参加援建项目（演示）", **by)
    return final


def _competition(session: Session, site: Site, name: str, english: str, days: int) -> Any:
    day = (site.now + timedelta(days=days)).astimezone(clock.LOCAL).date()
    union = site.unions["machinery"]
    values = CompetitionValues(
        name=f"{day.year}年{name}（演示）", name_en=f"{english} {day.year} (demonstration)", year=day.year,
        kind_id=catalogue_id(session, "activity_kind", "SKILL_TRADE"),
        level_id=catalogue_id(session, "level", "province"), union_id=union.id,
        industry_ids=(catalogue_id(session, "industry", "machinery"),),
        region_id=catalogue_id(session, "region", "210000"), starts_on=day, ends_on=day,
        bodies=(("organiser", union.name),),
    )  # fmt: skip
    return events.create_competition(session, values, actor_id=site.organiser.id, now=site.now, demo=True)


def _preliminary(session: Session, site: Site, held: Any) -> Event:
    competition = _competition(session, site, "电工技能竞赛初赛", "Electricians' preliminary", -40)
    trade = catalogue.list_by_keys(session, "trade", [TRADE])[TRADE]
    contest = history.Contest(competition.year, "machinery", "machinery", "210000", (TRADE,))
    units = [unit.name for unit in site.units["machinery"]]
    files = load_files(history.package(contest, TRADE, trade.name_zh, units))
    plan = Plan(
        competition=competition.name, year=competition.year, trade=TRADE, state="final", demo=True,
        same_people=True,
    )  # fmt: skip
    event = packages.import_package(session, files, plan, actor_id=site.organiser.id, now=held).event
    event.name_en = trade.name_en
    event.starts_on = event.ends_on = competition.starts_on
    session.flush()
    history.hold(session, event, contest, trade.name_zh, opened=held, ended=held + timedelta(days=1))
    return event


def _final(session: Session, site: Site) -> Event:
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    competition = _competition(session, site, "电工技能竞赛决赛", "Electricians' final", 20)
    values = EventValues(
        name="电工 · 决赛", name_en="Electricians, final", entry_kind="person",
        trade_id=catalogue_id(session, "trade", TRADE), starts_on=competition.starts_on,
        ends_on=competition.ends_on,
    )  # fmt: skip
    event = events.create_event(session, competition, values, **by)
    document: Any = offers.LIBRARY.find_document("next-level")
    schemes.save_scheme(session, event, document, reason="", **by)
    events.take_step(session, event, "open_registration", **by)
    return event
