"""Three finished years: skills contests of two unions' eleven industries, so that statistics have a past."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues
from competitions.schedule import services as schedule
from competitions.schedule.rules import ALL_BATCHES, Rhythm, rounds
from core import clock
from demonstration import chance
from demonstration.site import Site, catalogue_id
from scoring.packages import services as packages
from scoring.packages.field import Plan
from scoring.packages.reading import load_files

YEARS = (2023, 2024, 2025)
# Each industry: the province that held it, its trades, and the union of the demonstration.
INDUSTRIES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "coal": ("energy", "140000", ("6-16-01-05", "6-16-01-04")),
    "electricity": ("energy", "320000", ("6-28-01-06", "6-31-01-03")),
    "petroleum": ("energy", "230000", ("6-16-02-07", "4-02-02-08")),
    "clean-energy": ("energy", "150000", ("6-28-01-10", "6-28-01-12")),
    "surveying": ("energy", "510000", ("4-08-03-04",)),
    "medicine": ("energy", "370000", ("6-12-03-00", "6-12-02-00")),
    "machinery": ("machinery", "210000", ("6-18-02-04", "6-18-01-01", "6-18-01-02")),
    "metallurgy": ("machinery", "130000", ("6-17-02-02", "6-17-01-06")),
    "nonferrous": ("machinery", "360000", ("6-17-06-02",)),
    "building-materials": ("machinery", "340000", ("6-15-01-01",)),
    "gold": ("machinery", "370000", ("6-17-07-06",)),
}
NAMES = ("演示{industry}行业职业技能竞赛（{year}）", "Demonstration skills contest of {industry}, {year}")
JUDGES = ("J1", "J2", "J3")
PRACTICE = Rhythm(date.min, time(10, 20), time(18), 90, 20, (time(12), time(13, 30)))
SCHEME: dict[str, Any] = {
    "format": "scheme/1",
    "code": "THEORY-PRACTICE",
    "stages": [
        {
            "code": "T",
            "title": "理论",
            "weight": "0.3",
            "criteria": [{"code": "Q", "title": "笔试", "aspects": [
                {"code": "Q1", "title": "卷面分", "kind": "score", "max": "100", "step": "0.5",
                 "panel": {"method": "agreed"}}]}],
        },
        {
            "code": "P",
            "title": "实操",
            "weight": "0.7",
            "criteria": [{"code": "A", "title": "操作", "aspects": [
                {"code": "A1", "title": "综合评分", "kind": "score", "max": "100", "step": "0.5"}]}],
        },
    ],
    "ranking": {"share": True, "ties": [{"by": "stage", "code": "P"}]},
    "awards": {"boundary": "extend", "tiers": [
        {"title": "一等奖", "percent": "10", "at_least": 1},
        {"title": "二等奖", "percent": "20"},
        {"title": "三等奖", "percent": "30"},
    ]},
}  # fmt: skip


class Contest(NamedTuple):
    """One contest of one industry in one year."""

    year: int
    industry: str
    union: str
    region: str
    trades: tuple[str, ...]


def load(session: Session, site: Site) -> None:
    """Load every contest of the three years, up to its final result."""
    for year in YEARS:
        for industry, (union, region, trades) in INDUSTRIES.items():
            load_contest(session, site, Contest(year, industry, union, region, trades), NAMES)


def load_contest(session: Session, site: Site, contest: Contest, names: tuple[str, str]) -> None:
    """Load one contest up to its final results; its names tell of {industry} and {year}."""
    held = datetime(contest.year, 5 + chance.below(5, contest), 10 + chance.below(15, contest), 2, tzinfo=UTC)
    industry = catalogue.list_by_keys(session, "industry", [contest.industry])[contest.industry]
    name = names[0].format(industry=industry.name_zh, year=contest.year)
    values = CompetitionValues(
        name=name,
        name_en=names[1].format(industry=industry.name_en.lower(), year=contest.year),
        year=contest.year,
        kind_id=catalogue_id(session, "activity_kind", "SKILL_TRADE"),
        level_id=catalogue_id(
            session, "level", "province" if chance.below(3, contest, "level") else "national-2"
        ),
        union_id=site.unions[contest.union].id,
        industry_ids=(industry.id,),
        region_id=catalogue_id(session, "region", contest.region),
        starts_on=held.date(),
        ends_on=held.date() + timedelta(days=2),
        bodies=(("organiser", site.unions[contest.union].name),),
    )
    events.create_competition(session, values, actor_id=None, now=held, demo=True)
    for trade in contest.trades:
        plan = Plan(
            competition=name, year=contest.year, trade=trade, state="final", demo=True, same_people=True
        )
        entry = catalogue.list_by_keys(session, "trade", [trade])[trade]
        files = package(contest, trade, entry.name_zh, [unit.name for unit in site.units[contest.union]])
        done = packages.import_package(
            session, load_files(files), plan, actor_id=None, now=held + timedelta(days=2)
        )
        done.event.name_en = entry.name_en
        done.event.starts_on, done.event.ends_on = values.starts_on, values.ends_on
        session.flush()  # planning reads the event anew
        hold(
            session, done.event, contest, entry.name_zh, opened=held, ended=held + timedelta(days=2)
        )


def hold(
    session: Session, event: Event, contest: Contest, trade: str, *, opened: datetime, ended: datetime
) -> None:
    """Record what was held: a paper for all together, then practice in one to four batches."""
    first = opened.astimezone(clock.LOCAL).date()
    batches = range(1, 2 + chance.below(4, contest, trade, "sittings"))
    plans = (
        ("T", [[(ALL_BATCHES, "理论考场 " + trade)]], Rhythm(first, time(8, 30), time(18), 90)),
        ("P", rounds(batches, ["实操场地 " + trade], shared_out=False), PRACTICE._replace(first_day=first)),
    )
    made = [
        sitting
        for stage, plan, rhythm in plans
        for sitting in schedule.plan_sittings(session, event, stage, plan, rhythm, actor_id=None, now=opened)
    ]
    ids = [sitting.id for sitting in made]
    schedule.hold_sittings(session, event, ids, actor_id=None, now=ended)


def package(contest: Contest, trade: str, title: str, units: Sequence[str]) -> dict[str, bytes]:
    """Return the recount package of one event: who came, and what the judges gave."""
    size = chance.between(12, 36, contest, trade, "size")
    codes = [f"A{number:02d}" for number in range(1, size + 1)]
    people = [_person(units, contest, trade, code) for code in codes]
    entries = [
        (code, *person, _status(contest, trade, code)) for code, person in zip(codes, people, strict=True)
    ]
    document = {**SCHEME, "title": title}
    return {
        "scheme.json": json.dumps(document, ensure_ascii=False).encode(),
        "entries.csv": _csv(("entry", "name", "unit", "status"), entries),
        "marks.csv": _csv(
            ("stage", "aspect", "entry", "judge", "attempt", "value"), _marks(contest, trade, entries)
        ),
    }


def _person(units: Sequence[str], contest: Contest, trade: str, code: str) -> tuple[str, str]:
    """Return somebody of a unit; over the years the same people come again, as they do."""
    draft = contest.year - chance.below(2, contest.industry, trade, code, contest.year)
    place = (contest.industry, trade, code, draft // 2)
    unit = chance.below(len(units), *place)
    return f"演示职工{chance.below(900, *place) + 100}{code[1:]}", units[unit]


def _status(contest: Contest, trade: str, code: str) -> str:
    return "absent" if chance.below(25, contest, trade, code, "came") == 0 else "valid"


def _marks(contest: Contest, trade: str, entries: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for code, *_person, status in entries:
        if status == "absent":
            continue
        found.append(("T", "Q1", code, "J1", "1", chance.halves(55, 99, contest, trade, code, "theory")))
        skill = chance.between(55, 95, contest, trade, code, "skill")
        for judge in JUDGES:
            found.append(
                (
                    "P",
                    "A1",
                    code,
                    judge,
                    "1",
                    chance.halves(skill - 3, skill + 4, contest, trade, code, judge),
                )
            )
    return found


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()
