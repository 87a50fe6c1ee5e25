"""Five years of a country's contests, made from a seed: 25,000 competitions, 20 million participations.

Each province has units of 200 people; 40 units send 20 people each to a contest. So people and units come
again and again, as they do, and the sets are neither dense nor without order. What the statistics keep is
written for every event; a table of bare participations is filled for the full scan, and for some events the
real records, so that keeping them can be measured and checked.
"""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from competitions.entries.models import Entry, EntryMember, Person
from competitions.events.models import Competition, CompetitionBody, CompetitionIndustry, Event
from competitions.organisations.models import Union, Unit
from core import clock
from reports.statistics import bitmaps, changes
from reports.statistics.counting import Counted
from reports.statistics.keeping import write

TRADES, PROVINCES, LEVELS, KINDS, INDUSTRIES, CITIES = 62, 31, 5, 4, 12, 4
YEARS = (2022, 2023, 2024, 2025, 2026)
UNITS, IN_UNIT = 1250, 200  # of a province; people of a unit
SENDING, SENT = 40, 20  # units of a contest; people of each
HOSTS = 3000
AGES = ("-25", "26-35", "36-45", "46-55", "56-")
SKILLS = ("初级工", "中级工", "高级工", "技师", "高级技师")
OWNERSHIPS = ("state", "private", "collective", "foreign")
BATCH = 250
SOURCE = "演示"


class Country(NamedTuple):
    """The numbers of what contests stand under."""

    trades: list[int]
    provinces: list[int]
    levels: list[int]
    kinds: list[int]
    industries: list[int]
    unions: list[list[int]]  # of each province, the provincial one first


class Contest(NamedTuple):
    """One event with the people and units of its participations."""

    event_id: int
    year: int
    people: list[int]
    units: list[int]  # of the same length: the unit of each person


def build_country(session: Session) -> Country:
    """Write catalogue and unions; return their numbers."""
    sizes = {
        "trade": TRADES, "region": PROVINCES, "level": LEVELS, "activity_kind": KINDS, "industry": INDUSTRIES,
    }  # fmt: skip
    numbers = {kind: _entries(session, kind, size) for kind, size in sizes.items()}
    top = Union(name="演示全国总工会", kind="national")
    session.add(top)
    session.flush()
    unions = []
    for number, region in enumerate(numbers["region"]):
        province = Union(
            name=f"演示省工会{number + 1}", kind="provincial", parent_id=top.id, region_id=region
        )
        session.add(province)
        session.flush()
        cities = [
            Union(name=f"演示市工会{number + 1}-{city}", kind="municipal", parent_id=province.id)
            for city in range(1, CITIES)
        ]
        session.add_all(cities)
        session.flush()
        unions.append([province.id, *(city.id for city in cities)])
    session.commit()
    return Country(
        numbers["trade"], numbers["region"], numbers["level"], numbers["activity_kind"], numbers["industry"],
        unions,
    )  # fmt: skip


def _entries(session: Session, kind: str, size: int) -> list[int]:
    rows = [
        CatalogueEntry(
            kind=kind, name_zh=f"演示{kind}{number + 1}", source=SOURCE, position=number, attributes={},
            key=f"{number + 11}0000" if kind == "region" else f"{kind}-{number + 1}",
        )
        for number in range(size)
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def fill(session: Session, country: Country, events: int, seed: int = 1) -> Iterator[list[Contest]]:
    """Write so many competitions of one event each with what is kept of them; yields them in batches."""
    dice = random.Random(seed)  # noqa: S311  # made-up people, the same in every run; no secret hangs on it
    for start in range(1, events + 1, BATCH):
        numbers = range(start, min(start + BATCH, events + 1))
        rows = [_competition(number, country, dice) for number in numbers]
        session.execute(insert(Competition), [row[0] for row in rows])
        session.execute(insert(Event), [row[1] for row in rows])
        covered = [
            {"competition_id": number, "industry_id": industry}
            for number, row in zip(numbers, rows, strict=True)
            for industry in row[2]
        ]
        session.execute(insert(CompetitionIndustry), covered)
        hosts = [
            {"competition_id": number, "role": "host", "name": f"演示承办单位{number % HOSTS}", "position": 1}
            for number in numbers
        ]
        session.execute(insert(CompetitionBody), hosts)
        contests = [
            Contest(number, row[0]["year"], *_people(row[3], dice))
            for number, row in zip(numbers, rows, strict=True)
        ]
        for contest in contests:
            write(session, contest.event_id, counted(contest))
        session.execute(text("DELETE FROM statistics_mark"))
        changes.record(session, numbers)
        session.commit()
        yield contests


def _competition(number: int, country: Country, dice: random.Random) -> tuple[Any, Any, Any, int]:
    province = dice.randrange(PROVINCES)
    year = dice.choice(YEARS)
    day = date(year, dice.randint(1, 12), dice.randint(1, 28))
    competition = {
        "id": number, "name": f"演示竞赛{number}", "year": year, "kind_id": dice.choice(country.kinds),
        "level_id": dice.choice(country.levels), "union_id": dice.choice(country.unions[province]),
        "region_id": country.provinces[province], "starts_on": day, "ends_on": day, "created_at": clock.now(),
        "version": 1, "demo": True,
    }  # fmt: skip
    event = {
        "id": number, "competition_id": number, "name": f"演示赛项{number}", "starts_on": day,
        "trade_id": dice.choice(country.trades), "group_name": dice.choice(("职工组", "学生组")),
        "state": "final", "created_at": clock.now(), "version": 1,
    }  # fmt: skip
    return competition, event, dice.sample(country.industries, dice.choice((1, 1, 2))), province


def _people(province: int, dice: random.Random) -> tuple[list[int], list[int]]:
    units = [province * UNITS + one for one in dice.sample(range(UNITS), SENDING)]
    people = [unit * IN_UNIT + one + 1 for unit in units for one in dice.sample(range(IN_UNIT), SENT)]
    return people, [unit + 1 for unit in units for _one in range(SENT)]


def counted(contest: Contest) -> Counted:
    """Return what is kept of a contest; what people are follows from their numbers and the year."""
    splits: dict[str, dict[str, list[int]]] = {"sex": {}, "age": {}, "skill": {}, "ownership": {}}
    for person, unit in zip(contest.people, contest.units, strict=True):
        for name, value in zip(splits, attributes(person, unit, contest.year), strict=True):
            splits[name].setdefault(value, []).append(person)
    owned: dict[str, set[int]] = {}
    for unit in contest.units:
        owned.setdefault(OWNERSHIPS[unit % len(OWNERSHIPS)], set()).add(unit)
    return Counted(
        4, len(contest.people), SENDING, 60, 8, {"高级工": 3} if contest.event_id % 4 else {},
        bitmaps.write(contest.people), bitmaps.write(set(contest.units)),
        {name: bitmaps.pack(sets) for name, sets in splits.items()} | {"units": bitmaps.pack(owned)},
    )  # fmt: skip


def attributes(person: int, unit: int, year: int) -> tuple[str, str, str, str]:
    """Return sex, band of age, skill level and ownership of somebody in a year."""
    age = 20 + person * 7 % 40 + year - YEARS[0]
    band = AGES[sum(age > last for last in (25, 35, 45, 55))]
    skill = SKILLS[min(4, person * 3 % 4 + (year - YEARS[0]) // 3)]
    return ("female" if person % 10 < 3 else "male", band, skill, OWNERSHIPS[unit % len(OWNERSHIPS)])


def write_records(session: Session, contests: list[Contest]) -> None:
    """Write the real people, units, entries and members of some contests."""
    units = sorted({unit for contest in contests for unit in contest.units})
    people = {
        person: unit
        for contest in contests
        for person, unit in zip(contest.people, contest.units, strict=True)
    }
    session.execute(
        insert(Unit),
        [
            {"id": unit, "name": f"演示单位{unit}", "ownership": OWNERSHIPS[unit % len(OWNERSHIPS)]}
            for unit in units
        ],
    )
    session.execute(
        insert(Person),
        [
            {"id": one, "ref": f"{one:032x}", "name": f"演示选手{one}", "unit_id": unit, "demo": True}
            for one, unit in people.items()
        ],
    )
    for contest in contests:
        _write_entries(session, contest)
    session.execute(text("DELETE FROM statistics_mark"))
    session.commit()


def _write_entries(session: Session, contest: Contest) -> None:
    entries, members = [], []
    for place, (person, unit) in enumerate(zip(contest.people, contest.units, strict=True)):
        number = contest.event_id * 1000 + place
        sex, band, skill, ownership = attributes(person, unit, contest.year)
        entries.append(
            {
                "id": number, "ref": f"{number:032x}", "event_id": contest.event_id, "number": place + 1,
                "kind": "person", "name": f"演示选手{person}", "unit_id": unit, "review": "approved",
                "attendance": "present", "ownership": ownership, "created_at": clock.now(),
            }
        )  # fmt: skip
        members.append(
            {
                "id": number, "entry_id": number, "person_id": person, "sex": sex, "age_band": band,
                "skill_level": skill,
            }
        )  # fmt: skip
    session.execute(insert(Entry), entries)
    session.execute(insert(EntryMember), members)
