"""Measure a recount of 10,000 entries × 5 judges × 10 aspects against a bare loop over the same marks.csv.

Prints the ratio of the two times and the peak memory of the recount; exits 1 where the goal (at most 10
times, under 600 MB) is missed. The two run in turns, each in a process of its own.
"""

import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ENTRIES = 10_000
ASPECTS = 10
JUDGES = 5
ROUNDS = 5
MOST_TIMES = 10
MOST_MEGABYTES = 600
ROOT = Path(__file__).resolve().parent.parent

BARE_LOOP = """
import csv, sys
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    reader = csv.reader(file)
    next(reader)
    total = 0
    for row in reader:
        total += int(row[5])
print(total)
"""


def make_scheme() -> dict[str, object]:
    """Return a scheme of two weighted stages with trimmed panels, ties and awards."""
    panel = {"method": "trimmed_mean", "drop": 1, "min_judges": JUDGES, "max_spread": "100"}
    stages = []
    for code, weight in (("T", "0.3"), ("P", "0.7")):
        aspects = [
            {"code": f"A{number}", "kind": "score", "max": "100", "step": "1", "panel": panel}
            for number in range(1, ASPECTS // 2 + 1)
        ]
        criterion = {"code": "C", "aspects": aspects}
        stages.append({"code": code, "weight": weight, "max": "1000", "criteria": [criterion]})
    ties = [{"by": "stage", "code": "P"}, {"by": "aspect", "code": "P.C.A1"}]
    tiers = [{"title": "一等奖", "percent": "10"}, {"title": "二等奖", "percent": "20"}]
    return {
        "format": "scheme/1",
        "stages": stages,
        "ranking": {"share": True, "ties": ties},
        "awards": {"boundary": "extend", "tiers": tiers},
    }


def write_data(folder: Path) -> None:
    """Write the package; the marks follow a fixed pattern, so that every run measures the same."""
    (folder / "scheme.json").write_text(json.dumps(make_scheme()), encoding="utf-8")
    entries = [f"{number:05d}" for number in range(ENTRIES)]
    with (folder / "entries.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("entry", "status"), *((entry, "valid") for entry in entries)])
    seed = 1
    with (folder / "marks.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("stage", "aspect", "entry", "judge", "attempt", "value"))
        for entry in entries:
            for stage in ("T", "P"):
                for aspect in range(1, ASPECTS // 2 + 1):
                    for judge in range(1, JUDGES + 1):
                        seed = seed * 1_103_515_245 + 12_345 & 0x7FFFFFFF
                        writer.writerow((stage, f"A{aspect}", entry, f"J{judge}", 1, 40 + (seed >> 16) % 61))


def run(command: list[str]) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of one process."""
    before = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-S", *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return time.perf_counter() - before, usage.ru_maxrss / 1024


def main() -> int:
    """Run both in turns and print the ratio of their medians."""
    with tempfile.TemporaryDirectory() as name:
        write_data(Path(name))
        bare = ["-c", BARE_LOOP, str(Path(name) / "marks.csv")]
        recount = ["-m", "scoring.recount", name, "--awards"]
        times = [(run(bare)[0], *run(recount)) for _ in range(ROUNDS)]
    loop, whole = (statistics.median(column) for column in list(zip(*times, strict=True))[:2])
    megabytes = max(row[2] for row in times)
    ratio = whole / loop
    size = f"{ENTRIES * ASPECTS * JUDGES:,} marks"
    print(f"recount       all checks and awards / bare csv.reader loop   {ratio:.1f}   "
          f"({whole:.2f} s / {loop:.2f} s, {size}; goal: at most {MOST_TIMES})")  # fmt: skip
    print(f"recount       peak memory {megabytes:.0f} MB (goal: under {MOST_MEGABYTES})")
    return 0 if ratio <= MOST_TIMES and megabytes < MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
