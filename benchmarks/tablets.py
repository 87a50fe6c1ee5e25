"""310 tablets that mark at once, and all of them back after half an hour without a network.

Source: SECURITY.md section 5, tier M (62 trades with 5 judges and 10 entrants each, 40 aspects, 30 marks a
second) and the herd. Each figure is compared with a bare loop of SQLite commits in the same run.
"""

import importlib
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import select
from sqlalchemy.engine import make_url

import wsgi
from accounts import identity
from competitions.judges.models import Appointment
from core.database import db, metadata
from scoring.sheets.models import Sheet

# By name, because the factories of the tests are checked without their types.
databases = importlib.import_module("tests.databases")
marking = importlib.import_module("tests.factories.marking")
sending = importlib.import_module("tests.tablet.sending")
serving = importlib.import_module("tests.durability.serving")
TRADES, JUDGES, ENTRANTS, ASPECTS = 62, 5, 10, 40
RATE, SECONDS = 30, 20
BACKLOG, STAYED = 40, 10  # operations that each tablet of the herd brings; tablets that were never away
COMMITS = 400


class Tablet:
    """A tablet with its sheets: each operation puts the next value on the next one."""

    def __init__(self, app: Any, user_id: int, refs: list[str]) -> None:
        self.device, self.judge = serving.Device(app, user_id, timeout=120), identity.who(user_id)
        self.refs, self.versions, self.count = refs, dict.fromkeys(refs, 0), 0
        self.turn = threading.Lock()

    def operations(self, number: int) -> list[Any]:
        """Return so many operations, each on top of the one before it."""
        made = []
        for _each in range(number):
            ref = self.refs[self.count % len(self.refs)]
            aspect = f"X{self.count // len(self.refs) % ASPECTS + 1}"
            op_id = f"bench-{ref[:12]}-{self.count:06d}"
            made.append(sending.save(op_id, ref, self.versions[ref], [aspect, 1, str(self.count % 101)]))
            self.versions[ref] += 1
            self.count += 1
        return made

    def send(self, port: int, number: int) -> None:
        """Send operations and see that each was applied."""
        with self.turn:
            left = self.operations(number)
            while left:  # what there was no time for is sent again
                body = {"judge": self.judge, "device": "bench", "operations": left}
                answer = self.device.post(port, "/marking/operations", body) or {"verdicts": []}
                outcomes = {verdict["outcome"] for verdict in answer["verdicts"]}
                assert outcomes <= {"applied"}, outcomes
                left = left[len(answer["verdicts"]) :]
                self.wait()

    def come_back(self, port: int) -> None:
        """Bring what has gathered while there was no network, after asking what is new, as a tablet does."""
        while self.device.get(port, "/marking/bundle") is None:
            self.wait()
        self.send(port, BACKLOG)

    def wait(self) -> None:
        """Wait as long as the server asks for, as static/js/tablet/sender.js does."""
        time.sleep(self.device.again * (1 + random.random()))  # noqa: S311 - no secret


def main() -> None:
    """Print what a judge waits for and how fast the herd is in, on both databases."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = commits(folder / "bare.sqlite3")
        measure("SQLite", f"sqlite:///{folder / 'bench.sqlite3'}", folder / "sqlite", bare)
        with postgresql() as address:
            measure("PostgreSQL", address, folder / "postgresql", bare)


def measure(name: str, url: str, folder: Path, bare: float) -> None:
    """Print the figures of one database; `bare` is the seconds of a bare commit."""
    folder.mkdir()
    tablets = build(url, folder)
    port = serving.free_port()
    server = serving.start(port, url, folder)
    try:
        paced(tablets, port, RATE, 3)  # warm
        report(name, "a mark saved", paced(tablets, port, RATE, SECONDS), bare)
        away, stayed = tablets[STAYED:], tablets[:STAYED]
        meanwhile: list[float] = []
        done = threading.Event()
        watcher = threading.Thread(target=lambda: meanwhile.extend(until(done, stayed, port)))
        watcher.start()
        seconds = _seconds(lambda: together(away, lambda tablet: tablet.come_back(port)))
        done.set()
        watcher.join()
        each = seconds / (len(away) * BACKLOG)
        print(f"tablets  {name}: an operation of the herd / bare commit   {each / bare:.1f}    "
              f"({len(away) * BACKLOG:,} operations of {len(away)} tablets in {seconds:.1f} s)")  # fmt: skip
        report(name, "a mark saved meanwhile", meanwhile, bare)
    finally:
        serving.kill(server)


def report(name: str, what: str, waits: Sequence[float], bare: float) -> None:
    """Print median and p99 of what judges waited."""
    p50, p99 = statistics.median(waits), statistics.quantiles(waits, n=100, method="inclusive")[98]
    milliseconds = f"{1000 * p50:.0f} ms and {1000 * p99:.0f} ms / {1000 * bare:.2f} ms"
    print(f"tablets  {name}: {what} / bare commit   p50 {p50 / bare:.1f}  p99 {p99 / bare:.1f}"
          f"    ({milliseconds}; {len(waits)} marks)")  # fmt: skip


def paced(tablets: Sequence[Tablet], port: int, rate: int, seconds: int) -> list[float]:
    """Return how long each mark took from the moment it was due, so many a second."""
    begin = time.perf_counter() + 0.1

    def one(number: int) -> float:
        due = begin + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        tablets[number % len(tablets)].send(port, 1)
        return time.perf_counter() - due

    with ThreadPoolExecutor(64) as pool:
        return list(pool.map(one, range(rate * seconds)))


def until(done: threading.Event, tablets: Sequence[Tablet], port: int) -> Iterator[float]:
    """Yield how long a mark took, five a second, until something is done."""
    while not done.is_set():
        yield from paced(tablets, port, 5, 1)


def together(tablets: Sequence[Tablet], work: Callable[[Tablet], None]) -> None:
    """Do something with all tablets at once."""
    with ThreadPoolExecutor(len(tablets)) as pool:
        list(pool.map(work, tablets))


def build(url: str, folder: Path) -> list[Tablet]:
    """Return the signed-in tablets of all judges of all trades, in a new database."""
    app = wsgi.create_app(databases.settings_for(url, folder))
    aspects = [marking.score(f"X{number}", f"第 {number} 项") for number in range(1, ASPECTS + 1)]
    document = marking.scheme([marking.stage("P", "实操", aspects)])
    with app.app_context():
        metadata.create_all(db.engines[None])
        for _trade in range(TRADES):
            names = [f"演示选手{number}" for number in range(ENTRANTS)]
            marking.build_event_with(db.session, document, names, JUDGES)
        db.session.commit()
        statement = select(Appointment.user_id, Sheet.ref).join(Sheet, Sheet.appointment_id == Appointment.id)
        refs: dict[int, list[str]] = {}
        for user_id, ref in db.session.execute(statement.order_by(Sheet.id)):
            refs.setdefault(user_id, []).append(ref)
    tablets = [Tablet(app, user_id, own) for user_id, own in refs.items()]
    serving.address_of(app)
    return tablets


def commits(path: Path) -> float:
    """Return the seconds of one durable commit in a bare loop."""
    base = sqlite3.connect(path, isolation_level=None)
    for line in ("journal_mode=WAL", "synchronous=FULL"):
        base.execute(f"PRAGMA {line}")
    base.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, value TEXT)")

    def write() -> None:
        for number in range(COMMITS):
            base.execute("INSERT INTO mark (value) VALUES (?)", (str(number),))

    seconds = _seconds(write) / COMMITS
    base.close()
    return seconds


@contextmanager
def postgresql() -> Iterator[str]:
    """Yield the address of an empty database of a PostgreSQL server of our own that waits for the disk."""
    server = databases.postgres_address()
    with psycopg.connect(server, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM RESET {setting}")  # the tests switch them off
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE bench_tablets")
    yield make_url(server).set(database="bench_tablets").render_as_string(hide_password=False)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
