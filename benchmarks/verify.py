"""Measure checking an exported ledger against a bare loop that only hashes the same operations.

The check reads the file, computes every hash again, plays every operation again, and holds both against the
sheets' signatures. Prints the ratio of the two times of the processor, and operations a second; exits 1 where
it is too slow for a million operations in a minute on one core.
"""

import hashlib
import json
import statistics
import sys
import time
from typing import Any

from scoring.evidence import ledgerfile, offline

SHEETS, SAVES = 1_000, 38
ROUNDS = 5
GOAL = 1_000_000 / 60  # operations a second (SECURITY.md R08)


def make_lines() -> list[str]:
    """Return an exported ledger: every sheet is saved aspect by aspect, then signed."""
    refs = [f"{number:032x}" for number in range(SHEETS)]
    opened = {"sheets": [[ref, "P", "J1", f"A{n:04d}", ref] for n, ref in enumerate(refs)]}
    bodies: list[tuple[str, dict[str, Any], dict[str, Any]]] = [("open", opened, {})]
    for ref in refs:
        for save in range(SAVES):
            marks = [[f"A{save:02d}", 1, str(save)]]
            body = {"sheet": ref, "base": save, "marks": marks, "device_time": "2026-11-23T08:00:00+08:00"}
            bodies.append(("save", body, {"version": save + 1, "state": "draft"}))
        signed = {"sheet": ref, "base": SAVES, "marks": [], "device_time": ""}
        bodies.append(("sign", signed, {"version": SAVES + 1, "state": "locked"}))
    lines = [json.dumps({"format": ledgerfile.FORMAT, "event": 1, "keys": []})]
    previous = ledgerfile.GENESIS
    for seq, (kind, body, answer) in enumerate(bodies, start=1):
        row: dict[str, Any] = {
            "seq": seq, "operation": f"operation-{seq:08d}", "kind": kind, "actor": 7, "body": body,
            "at": "2026-11-23T00:00:00+00:00", "answer": answer, "algorithm": "sha256+answer",
            "prev_hash": previous,
        }  # fmt: skip
        row["hash"] = previous = ledgerfile.operation_hash(row)
        lines.append(ledgerfile.canonical(row).decode())
    return lines


def bare(lines: list[str]) -> float:
    """Return the seconds of hashing every line after the one before it, and of nothing else."""
    before, previous = time.process_time(), ""
    for line in lines:
        previous = hashlib.sha256(f"{previous}\n{line}".encode()).hexdigest()
    return time.process_time() - before


def check(lines: list[str]) -> float:
    """Return the seconds of the whole check."""
    before = time.process_time()
    head, *operations = [json.loads(line) for line in lines]
    if offline.check(head, operations, []):
        raise SystemExit("the ledger of the benchmark is not whole")
    return time.process_time() - before


def main() -> int:
    """Run both in turns and print the ratio of their medians."""
    lines = make_lines()
    times = [(bare(lines), check(lines)) for _ in range(ROUNDS)]
    loop, whole = (statistics.median(column) for column in zip(*times, strict=True))
    speed = (len(lines) - 1) / whole
    print(f"verify        read, hash and replay / bare hashing loop   {whole / loop:.1f}   "
          f"({whole:.2f} s / {loop:.3f} s, {len(lines) - 1:,} operations)")  # fmt: skip
    print(f"verify        {speed:,.0f} operations a second (goal: {GOAL:,.0f}, a million in a minute)")
    return 0 if speed >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
