"""Five years of union statistics: each report against the scan of all participations, in the same run.

The country of _union_years in full size (STATISTICS_EVENTS=2500: a tenth of it), on SQLite and PostgreSQL.
Of each report: the first time in a new process; new to a process that has read the sets; the same where
nothing was counted ahead either, as if every event had just changed; and again. Prints also what keeping and
counting ahead cost, and how large what is kept is. Exits 1 where a report takes longer than a second, or
where what is kept differs from the scan or from the records of a sample.
"""

import importlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import make_url

import wsgi
from accounts.policy import SITE
from benchmarks import _union_years as years
from core import clock
from core.database import db, metadata
from reports.documents import xlsx
from reports.statistics import asking, changes, counting, counts, document, facts, report, shelf, warming
from reports.statistics.rules import DIMENSIONS

databases = importlib.import_module("tests.databases")
EVENTS = int(os.environ.get("STATISTICS_EVENTS", "25000"))
SAMPLE = 20
LIMIT_SECONDS = 1.0
MOMENTS = ("new process", "new question", "nothing ahead", "again")
NATION = frozenset({SITE})
SCAN = """
SELECT event.trade_id, COUNT(*), COUNT(DISTINCT bare.person_id), COUNT(DISTINCT bare.unit_id)
FROM bare JOIN event ON event.id = bare.event_id GROUP BY event.trade_id
"""


def main() -> int:
    """Measure both databases; return 1 where something is slow or wrong."""
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        failed |= measure("SQLite", f"sqlite:///{folder / 'bench.sqlite3'}", folder / "sqlite")
        with _postgresql() as address:
            failed |= measure("PostgreSQL", address, folder / "postgresql")
    return int(failed)


def measure(name: str, url: str, folder: Path) -> bool:
    """Print the figures of one database; say whether something is slow or wrong."""
    app = wsgi.create_app(databases.settings_for(url, folder))
    with app.app_context():
        metadata.create_all(db.engines[None])
        country, sample, seconds = _prepare(db.session)
        db.session.close()
        _count_ahead(name, db.session)
    with app.test_request_context("/statistics/"):
        total = EVENTS * years.SENDING * years.SENT
        made = f"{EVENTS:,} competitions, {total:,} participations made in {seconds:.0f} s"
        print(f"statistics    {name}: {made}")
        scanned, expected = _timed(lambda: _scan(db.session))
        wrong = _check(db.session, expected)
        slow = _reports(name, country, scanned)
        wrong |= _keeping(db.session, name, sample)
        _sizes(db.session, name, total)
        db.session.rollback()
        for engine in db.engines.values():
            engine.dispose()
    return wrong or slow


def _prepare(session: Any) -> tuple[years.Country, list[years.Contest], float]:
    started = time.perf_counter()
    session.execute(text("CREATE TABLE bare (event_id INTEGER, person_id INTEGER, unit_id INTEGER)"))
    country, sample = years.build_country(session), list[years.Contest]()
    for contests in years.fill(session, country, EVENTS):
        sample += contests[: max(0, SAMPLE - len(sample))]
        _write_bare(session, contests)
        session.commit()
    years.write_records(session, sample)
    session.execute(text("ANALYZE"))
    session.commit()
    return country, sample, time.perf_counter() - started


def _count_ahead(name: str, session: Any) -> None:
    """Print what it costs to count ahead everything, and after one event has changed."""
    _forget()
    everything, _done = _timed(lambda: warming.count_ahead(session))
    session.execute(text("DELETE FROM statistics_mark"))
    session.execute(text("UPDATE statistics_event SET digest = 'changed' WHERE event_id = 1"))
    changes.record(session, [1])
    session.commit()
    _forget()
    one, _done = _timed(lambda: warming.count_ahead(session))
    counted = session.scalar(text("SELECT COUNT(*) FROM statistics_count"))
    session.close()
    costs = f"{everything:.1f} s, after one change in {one:.1f} s"
    print(f"statistics    {name}: {counted:,} counts ahead in {costs}")


def _forget() -> None:
    shelf.clear()
    facts.forget()


def _write_bare(session: Any, contests: list[years.Contest]) -> None:
    """Write the participations alone, past SQLAlchemy: there are 20 million."""
    rows = [
        (one.event_id, person, unit)
        for one in contests
        for person, unit in zip(one.people, one.units, strict=True)
    ]
    connection = session.connection().connection.driver_connection
    if session.get_bind().dialect.name == "sqlite":
        connection.executemany("INSERT INTO bare VALUES (?, ?, ?)", rows)
        return
    with connection.cursor().copy("COPY bare FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _scan(session: Any) -> dict[int, tuple[int, int, int]]:
    return {row[0]: (row[1], row[2], row[3]) for row in session.execute(text(SCAN))}


def _check(session: Any, expected: dict[int, tuple[int, int, int]]) -> bool:
    """Compare every trade's participations, people and units with the scan."""
    table = _compute({"by": "trade"}).tables[0]
    found = {int(row.key): (row.values[3], row.values[4], row.values[5]) for row in table.rows}
    print(f"statistics    equal to the scan: {found == expected} ({len(expected)} trades, 3 figures each)")
    return found != expected


def _reports(name: str, country: years.Country, scanned: float) -> bool:
    province = {"by": "trade", "region": str(country.provinces[3]), "first_year": "2025", "last_year": "2025"}
    asked: dict[str, tuple[dict[str, str], Any]] = {
        "by trade, all years": ({"by": "trade"}, NATION),
        "by year": ({"by": "year"}, NATION),
        "by industry, two years": ({"by": "industry", "first_year": "2025", "last_year": "2026"}, NATION),
        "by union": ({"by": "union"}, NATION),
        "one province and year by trade": (province, NATION),
        "women by region": ({"by": "region", "sex": "female"}, NATION),
        "by age": ({"by": "age"}, NATION),
        "that province and year by age": (province | {"by": "age"}, NATION),
        "its women by trade": (province | {"sex": "female"}, NATION),
        "statistical years by level": ({"by": "level", "basis": "statistical"}, NATION),
        "an analyst of one province": ({"by": "trade"}, frozenset({("union", country.unions[5][0])})),
    }
    slow = False
    print(f"statistics    {name}: scan of all participations by trade {scanned:.1f} s = 1")
    print(f"statistics    {'scan / (seconds)':<34}" + "".join(f"{one:>18}" for one in MOMENTS))
    for title, (address, scopes) in asked.items():
        slow |= _print(title, scanned, partial(_compute, address, scopes))
    slow |= _print("the workbook, a sheet a dimension", scanned, _workbook)
    return slow


def _print(title: str, scanned: float, act: Callable[[], Any]) -> bool:
    db.session.rollback()
    _forget()
    seconds = [_timed(act)[0]]
    warming.warm(db.session)
    shelf.clear_counts()
    seconds.append(_timed(act)[0])
    shelf.clear_counts()
    with patch.object(counts, "find", lambda _session, _keys: {}):
        seconds.append(_timed(act)[0])
    seconds.append(_timed(act)[0])
    print(f"statistics    {title:<34}" + "".join(f"{scanned / one:9.0f} ({one:5.2f} s)" for one in seconds))
    return max(seconds) > LIMIT_SECONDS


def _compute(address: dict[str, str], scopes: Any = NATION, also: tuple[str, ...] = ()) -> Any:
    loaded = facts.load(db.session, scopes, asking.basis_of(address))
    offers = asking.offered(db.session, scopes, loaded)
    asked = asking.read(address, offers)
    source = report.Source(db.session, scopes, loaded, offers)
    return report.compute(source, asked, (asked.by, *also), scope="演示", now=clock.now())


def _workbook() -> Any:
    whole = _compute({"by": "trade"}, also=tuple(name for name in DIMENSIONS if name != "trade"))
    return xlsx.render(document.build(whole, issued_by="演示"))


def _keeping(session: Any, name: str, sample: list[years.Contest]) -> bool:
    """Count the events of the sample from their real records and compare with what was kept of them."""
    session.rollback()
    seconds, found = _timed(lambda: [counting.count_event(session, one.event_id) for one in sample])
    wrong = any(
        one is None or (one.people, one.unit_set, one.splits) != _kept(contest)
        for one, contest in zip(found, sample, strict=True)
    )
    each = seconds / sum(len(one.people) for one in sample)
    print(f"statistics    {name}: counting an event anew {seconds / len(sample) * 1000:.1f} ms, "
          f"{each * 1e6:.1f} µs a participation; equal to the real records: {not wrong}")  # fmt: skip
    return wrong


def _kept(contest: years.Contest) -> Any:
    counted = years.counted(contest)
    return counted.people, counted.unit_set, counted.splits


def _sizes(session: Any, name: str, total: int) -> None:
    people, units = session.execute(
        text("SELECT SUM(LENGTH(people)), SUM(LENGTH(unit_set)) FROM statistics_event")
    ).one()
    splits = session.scalar(text("SELECT SUM(LENGTH(content)) FROM statistics_split"))
    parts = {"persons": people, "units": units, "by attributes": splits}
    sizes = ", ".join(f"{part} {size / 2**20:.0f} MiB" for part, size in parts.items())
    print(f"statistics    {name}: {sizes}; {sum(parts.values()) / total:.1f} bytes a participation")


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = act()
    return time.perf_counter() - started, result


@contextmanager
def _postgresql() -> Iterator[str]:
    server = databases.postgres_address()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE bench_statistics")
    yield make_url(server).set(database="bench_statistics").render_as_string(hide_password=False)


