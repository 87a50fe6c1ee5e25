"""A list of a million results, made as its job makes it: against the bare writer, and the memory it takes."""

import importlib
import io
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

import wsgi
from accounts.policy import SITE
from benchmarks import _union_years as years
from benchmarks._peak import peak_memory
from competitions.entries.models import Entry
from competitions.organisations.models import Unit
from core import clock
from core.database import db, metadata, reading_elsewhere
from core.jobs.runner import processes
from reports.documents.stream import write_xlsx
from reports.statistics.lists import plans, writing
from scoring.results.models import ResultRow, ResultVersion
from scoring.schemes.models import SchemeVersion

databases = importlib.import_module("tests.databases")
EVENTS, MOST_MEMORY = 1250, 150  # of 800 results each; MiB
BATCH = 50


def main() -> int:
    """Print rows a second and memory; return 1 where a list takes more memory than it may."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'bench.sqlite3'}"
        app = wsgi.create_app(databases.settings_for(url, Path(name)))
        with app.app_context():
            metadata.create_all(db.engines[None])
            _build(db.session)
            db.session.close()
            wishes = {"scopes": [SITE], "address": {}, "language": "zh"}
            tasks = plans.plan(db.session, wishes)
            db.session.close()
            failed = _measure(tasks)
            for engine in db.engines.values():
                engine.dispose()
    return int(failed)


def _measure(tasks: Any) -> bool:
    total = sum(task.size for task in tasks)
    with processes(1) as pool:
        pool.submit(peak_memory).result()  # its start is not what is measured
        started = time.perf_counter()
        size = sum(len(pool.submit(task.make, *task.arguments).result()) for task in tasks)
        seconds = time.perf_counter() - started
        memory = pool.submit(peak_memory).result()
    rate, bare = total / seconds, _bare(tasks[0])
    print(f"result lists  made / bare writer   {bare / rate:.2f}   ({rate:,.0f} / {bare:,.0f} rows/s; "
          f"{total:,} rows of 14 cells in {len(tasks)} files, {size / 2**20:.0f} MiB)")  # fmt: skip
    print(f"result lists  memory of the worker {memory:.0f} MiB (it may take {MOST_MEMORY})")
    return memory > MOST_MEMORY


def _bare(task: Any) -> float:
    """Return how many rows a second the writer writes when they are there already."""
    url, columns, words, names, english, title, versions = task.arguments
    with reading_elsewhere(url) as session:
        rows = list(writing.read(session, names, english, versions))
    started = time.perf_counter()
    write_xlsx(io.BytesIO(), columns, rows, words, name=title)
    return len(rows) / (time.perf_counter() - started)


def _build(session: Any) -> None:
    country = years.build_country(session)
    units = [{"id": number + 1, "name": f"演示单位{number + 1}"} for number in range(31 * years.UNITS)]
    session.execute(insert(Unit), units)
    for contests in years.fill(session, country, EVENTS):
        for start in range(0, len(contests), BATCH):
            _write_results(session, contests[start : start + BATCH])
            session.commit()
    session.execute(text("DELETE FROM statistics_mark"))
    session.commit()


def _write_results(session: Any, contests: list[years.Contest]) -> None:
    numbers = [contest.event_id for contest in contests]
    made = {"created_at": clock.now(), "document": {}, "sha256": "0" * 64}
    schemes = [{"id": number, "event_id": number, "number": 1, **made} for number in numbers]
    session.execute(insert(SchemeVersion), schemes)
    version = {
        "number": 1, "ledger_seq": 0, "ledger_head": "0" * 64, "document": {}, "sha256": "0" * 64,
        "tabulated_at": clock.now(), "announced_at": clock.now(),
    }  # fmt: skip
    session.execute(
        insert(ResultVersion),
        [{"id": number, "event_id": number, "scheme_version_id": number, **version} for number in numbers],
    )
    entries, rows = [], []
    for contest in contests:
        for place, (person, unit) in enumerate(zip(contest.people, contest.units, strict=True), start=1):
            number = contest.event_id * 1000 + place
            entries.append(
                {
                    "id": number, "ref": f"{number:032x}", "event_id": contest.event_id, "number": place,
                    "kind": "person", "name": f"演示选手{person}", "unit_id": unit, "review": "approved",
                    "created_at": clock.now(),
                }
            )  # fmt: skip
            rows.append(
                {
                    "version_id": contest.event_id, "entry_id": number, "position": place, "rank": place,
                    "status": "valid", "total": f"{100 - place / 10:.2f}", "award": "三等奖" * (place < 60),
                }
            )  # fmt: skip
    session.execute(insert(Entry), entries)
    session.execute(insert(ResultRow), rows)
