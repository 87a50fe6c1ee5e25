"""Mass export: rows streamed into a workbook, against openpyxl's write-only mode, and memory as rows grow."""

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from openpyxl import Workbook

from reports.documents.csv_rows import write_csv
from reports.documents.model import Cell, Column, Kind, Words
from reports.documents.stream import write_xlsx

ROWS, ROUNDS = 20_000, 3
MILLION, MOST_MEMORY = 1_000_000, 150
WORDS = Words(
    language="en", page="", overview="", definitions="", figure="", value="", unit="", note="", definition="",
    other="", top="", scaled="", headed="%(label)s (%(unit)s)",
)  # fmt: skip
COLUMNS = (
    Column("No.", Kind.INTEGER), Column("Name"), Column("Unit"), Column("Event"), Column("Phone"),
    Column("Date", Kind.DATE), Column("Mark", Kind.DECIMAL), Column("Rank", Kind.INTEGER), Column("Prize"),
    Column("Promoted"), Column("Note"), Column("Entries", Kind.INTEGER),
)  # fmt: skip


def main() -> int:
    """Print seconds and memory; return 1 where a million rows take more memory than they may."""
    data = list(rows(ROWS))
    ours, peer, plain = [], [], []
    for _ in range(ROUNDS):
        ours.append(_seconds_of_ours(data))
        peer.append(_seconds_of_openpyxl(data))
        plain.append(_seconds_of_csv(data))
    one, other, third = map(statistics.median, (ours, peer, plain))
    rates = [f"{ROWS / seconds:,.0f}" for seconds in (one, other, third)]
    print(f"xlsx  streamed / openpyxl write_only   {one / other:.3f}   ({rates[0]} / {rates[1]} rows/s: "
          f"{other / one:.1f} times; {ROWS:,} rows of {len(COLUMNS)} cells)")  # fmt: skip
    print(f"xlsx  streamed / CSV                   {one / third:.2f}    ({rates[0]} / {rates[2]} rows/s)")
    few, many = _memory(ROWS), _memory(MILLION)
    limit = f"{MILLION:,} rows may take {MOST_MEMORY} MiB"
    print(f"xlsx  memory, 50 × the rows            {many / few:.2f}    ({many} / {few} MiB; {limit})")
    return int(many > MOST_MEMORY)


def rows(count: int) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of an export of entries."""
    day = date(2026, 11, 22)
    for i in range(count):
        yield (
            i, f"张演示{i}", "演示第一机械厂（集团）有限公司", "焊工", f"138{i:08d}", day,
            Decimal(i % 10000) / 100, i % 50, "一等奖", "是" if i % 2 else "否", "手工焊 & 气焊", i * 3,
        )  # fmt: skip


def _seconds_of_ours(data: list[tuple[Cell, ...]]) -> float:
    started = time.perf_counter()
    write_xlsx(io.BytesIO(), COLUMNS, data, WORDS, name="entries")
    return time.perf_counter() - started


def _seconds_of_openpyxl(data: list[tuple[Cell, ...]]) -> float:
    started = time.perf_counter()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("entries")
    for row in data:
        sheet.append(row)
    book.save(io.BytesIO())
    return time.perf_counter() - started


def _seconds_of_csv(data: list[tuple[Cell, ...]]) -> float:
    started = time.perf_counter()
    write_csv(io.BytesIO(), COLUMNS, data, WORDS)
    return time.perf_counter() - started


def _memory(count: int) -> int:
    """Return the peak memory in MiB of a process that streams so many rows into nothing."""
    program = (
        "import re, sys, tempfile\n"
        "from pathlib import Path\n"
        "from benchmarks import xlsx\n"
        "from reports.documents.stream import write_xlsx\n"
        "with tempfile.TemporaryFile() as target:\n"
        "    write_xlsx(target, xlsx.COLUMNS, xlsx.rows(int(sys.argv[1])), xlsx.WORDS, name='entries')\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) // 1024)"
    )
    command = [sys.executable, "-c", program, str(count)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return int(done.stdout)


if __name__ == "__main__":
    main()
