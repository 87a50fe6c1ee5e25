"""A figure is told in every table in which it stands, or in none."""

import hashlib
import itertools
from collections import defaultdict
from datetime import date

import pytest
from sqlalchemy import text, update

from competitions.entries.models import EntryMember, Person
from core import clock
from reports.statistics import withholding
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.catalogue import build_trade
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.factories.scoring import build_coded_entry

pytestmark = POSTGRESQL_IN_DEEP
TRADES = (("6-18-01-01", "车工"), ("6-18-02-04", "焊工"), ("6-31-01-03", "电工"))
SEXES = ("female", "male", "")
YEARS = (2024, 2025)
PEOPLE, PARTICIPATIONS = 4, 3  # the places of these figures in a row


def people_of(seed, *names):
    """Return how many people of a sex take part in a contest: any of a few numbers, the same each time."""
    return (0, 1, 2, 4, 9)[hashlib.sha256(repr((seed, *names)).encode()).digest()[0] % 5]


def build(session, seed):
    """Return an analyst of six contests, in each of which nobody to nine people of each sex took part."""
    union = build_union(session)
    unit, trades = build_unit(session), [build_trade(session, *one) for one in TRADES]
    for year, trade in itertools.product(YEARS, trades):
        competition = build_competition(session, union=union, year=year, starts_on=date(year, 3, 1))
        event = build_event(session, "final", competition=competition, trade=trade)
        sexes = [sex for sex in SEXES for _one in range(people_of(seed, year, trade.key, sex))]
        for number, sex in enumerate(sexes, start=1):
            person = Person(ref=clock.new_ref(), name=f"演示{number}", unit_id=unit.id)
            session.add(person)
            session.flush()
            entry = build_coded_entry(session, event, number, person.name, unit_id=unit.id)
            session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=1))
            session.flush()
            of = update(EntryMember).where(EntryMember.entry_id == entry.id)
            session.execute(of.values(sex=sex, age_band=""))
    session.execute(text("INSERT INTO statistics_mark (event_id) SELECT id FROM event"))
    user = build_user(session, grants=[("analyst", "union", union.id)])
    session.commit()
    return user, [str(trade.id) for trade in trades]


def asked(filters, by):
    """Return the address of a report."""
    pairs = {name: value for name, value in filters.items() if name != "year"}
    if "year" in filters:
        pairs |= {"first_year": filters["year"], "last_year": filters["year"]}
    query = "&".join(f"{name}={value or 'none'}" for name, value in {**pairs, "by": by}.items())
    return f"/statistics/statistics.json?{query}"


def shown(values):
    figures = (values[at] for at in (PARTICIPATIONS, PEOPLE))
    return tuple("withheld" if isinstance(one, dict) else one for one in figures)


@pytest.mark.parametrize(("seed", "filters", "many"), [(0, 2, 6000), (1, 2, 6000), (2, 2, 6000), (3, 1, 0)])
def test_no_figure_is_told_in_one_report_and_withheld_in_another(
    session, browser, monkeypatch, seed, filters, many
):
    """In any report with up to two filters; where there are very many events, with up to one."""
    monkeypatch.setattr(withholding, "MANY_EVENTS", many)
    user, trades = build(session, seed)
    page, found, most = browser(user), defaultdict(dict), filters + 1
    offered = {"sex": SEXES, "trade": trades, "year": tuple(map(str, YEARS))}
    for names in itertools.chain.from_iterable(itertools.combinations(offered, n) for n in range(most)):
        for values in itertools.product(*(offered[name] for name in names)):
            narrowed = dict(zip(names, values, strict=True))
            for by in offered:
                address = asked(narrowed, by)
                answer = page.client.get(address)
                if answer.status_code == 422:  # nothing of this is recorded, and so it is not offered
                    continue
                report = answer.get_json()
                found[frozenset(narrowed.items())][address] = shown(report["totals"])
                for row in report["tables"][0]["rows"]:
                    if by not in narrowed:
                        figure = frozenset({**narrowed, by: row["key"]}.items())
                        found[figure][address] = shown(row["values"])
    differing = {figure: told for figure, told in found.items() if len(set(told.values())) > 1}
    assert not differing
    assert any("withheld" in one for told in found.values() for one in told.values())
    assert len(found) > 20
