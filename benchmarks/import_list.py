"""A list of 50,000 entrants read, checked and entered, against openpyxl's bare reader in the same run."""

import importlib
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

import openpyxl

import config
import wsgi
from competitions.entries import mapping, services
from competitions.entries.proposals import Asked, propose
from competitions.entries.reading import read_grid
from competitions.entries.rules import check_character
from competitions.lists.table import Table
from core.database import db, metadata

# By name, because the factories of the tests are checked without their types.
events = importlib.import_module("tests.factories.events")
organisations = importlib.import_module("tests.factories.organisations")
FEW, MANY, ROUNDS = 5_000, 50_000, 3
UNITS = 40
HEADINGS = ("序号", "姓名", "单位", "身份证号", "手机号", "技能等级", "备注")
NOW, TODAY = datetime(2026, 5, 20, tzinfo=UTC), date(2026, 5, 20)


def main() -> None:
    """Print seconds of each step and the memory of the reader as the list grows."""
    few, many = (workbook(rows) for rows in (FEW, MANY))
    bare = _median(lambda: bare_reader(few))
    read = _median(lambda: table_of(few))
    print(f"import  read into a table / bare openpyxl            {read / bare:.2f}"
          f"    ({read:.2f} s / {bare:.2f} s, {FEW:,} rows)")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, application(Path(folder)).app_context():
        event = prepared(db.session)
        check = _median(lambda: checked(event, table_of(few)))
        print(f"import  read and check / bare openpyxl               {check / bare:.2f}"
              f"    ({check:.2f} s / {bare:.2f} s)")  # fmt: skip
        base, table = _seconds(lambda: bare_reader(many)), table_of(many)
        whole = _seconds(lambda: checked(event, table_of(many)))
        print(f"import  read and check / bare openpyxl               {whole / base:.2f}"
              f"    ({whole:.1f} s / {base:.1f} s, {MANY:,} rows)")  # fmt: skip
        print(f"import  read and check, 10 × the rows                {whole / check:.1f}"
              f"    ({whole:.1f} s / {check:.2f} s)")  # fmt: skip
        entered = _seconds(lambda: enter(event, table))
        print(f"import  entered into SQLite / bare openpyxl          {entered / base:.2f}"
              f"    ({entered:.1f} s / {base:.1f} s: {MANY / entered:,.0f} rows/s)")  # fmt: skip
        again = _seconds(lambda: checked(event, table))
        print(f"import  check of what stands already / read, check   {again / whole:.2f}"
              f"    ({again:.1f} s / {whole:.1f} s)")  # fmt: skip
    small, large = (_memory(rows) for rows in (FEW, MANY))
    print(f"import  memory, 10 × the rows                        {large / small:.2f}"
          f"    ({large} / {small} MiB)")  # fmt: skip


def workbook(rows: int) -> bytes:
    """Return a list of so many sound people of forty units."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    sheet.append(HEADINGS)
    for row in people(rows):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def people(rows: int) -> Iterator[tuple[Any, ...]]:
    """Yield people with ID numbers and phones of their own."""
    for n in range(rows):
        body = f"370102{1960 + n // 1000 % 40}{1 + n // 40_000:02d}15{n % 1000:03d}"
        unit = f"演示第{n % UNITS}机械厂"
        yield n + 1, f"演示选手{n}", unit, body + check_character(body), f"138{n:08d}", "高级工", "由单位推荐"


def bare_reader(data: bytes) -> int:
    """Return the number of cells of a workbook, as openpyxl's read-only mode reads them."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(len(row) for row in book.active.iter_rows(values_only=True))


def table_of(data: bytes) -> Table:
    """Return the table of a workbook after all checks of the file."""
    grid = read_grid("名单.xlsx", data, "person")
    return mapping.table_of(grid, mapping.fields_of(mapping.suggest(grid, "person", {})), "person")


def application(folder: Path) -> Any:
    """Return an application with an empty SQLite file."""
    settings = config.Settings(
        environment="embedded", instance=folder, database_url=f"sqlite:///{folder / 'bench.sqlite3'}",
        secret_key=token_hex(32), data_key=token_hex(32), trusted_hosts=(), proxies=0,
        font_directory=None, testing=True,
    )  # fmt: skip
    app = wsgi.create_app(settings)
    with app.app_context():
        metadata.create_all(db.engines[None])
    return app


def prepared(session: Any) -> Any:
    """Return an event that is open for registration, its units registered."""
    event = events.build_event(session, "registration")
    for n in range(UNITS):
        organisations.build_unit(session, name=f"演示第{n}机械厂")
    session.commit()
    return event


def asked(event: Any) -> Asked:
    """Return the question of an organiser."""
    return Asked(event.id, "person", TODAY, updating=True)


def checked(event: Any, table: Table) -> None:
    """Check a table as the preview does."""
    groups = propose(db.session, asked(event), table).counts
    assert groups["wrong"] == 0
    db.session.rollback()


def enter(event: Any, table: Table) -> None:
    """Enter a table."""
    source = services.Source("名单.xlsx", "0" * 64)
    services.import_entries(db.session, event, table, asked(event), source, actor_id=None, now=NOW)
    db.session.commit()


def _median(work: Callable[[], object]) -> float:
    return statistics.median(_seconds(work) for _ in range(ROUNDS))


def _seconds(work: Callable[[], object]) -> float:
    # Of the processor, not of the clock: a step of seconds must not be judged by what else the machine does.
    started = time.process_time()
    work()
    return time.process_time() - started


def _memory(rows: int) -> int:
    """Return the peak memory in MiB of a process that makes such a list's table."""
    program = (
        "import re, sys\n"
        "from pathlib import Path\n"
        "from benchmarks import import_list\n"
        "data = Path(sys.argv[1]).read_bytes()\n"
        "table = import_list.table_of(data)\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024)"
    )
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(workbook(rows))
        file.flush()
        command = [sys.executable, "-c", program, file.name]
        return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


if __name__ == "__main__":
    main()
