"""Check an exported ledger without this system: one file, Python's standard library alone.

    python3 -S -I ledger.pyz LEDGER.jsonl [--checkpoints FILE] [--lang zh]

Computes every hash again, plays every operation again, and holds both against checkpoints that you kept.
Exit 0: nothing was changed, 1: something was, 2: a file cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from scoring.evidence import ledgerfile
from scoring.evidence.ledgerfile import Finding
from scoring.sheets import replay

INTACT, CHANGED, UNREADABLE = 0, 1, 2
WORDS = {
    "zh": {
        "BROKEN": "第 {number} 条操作与链不符：该条或其前一条被改动、插入或删除。",
        "SIGNATURE": "检查点（{at}）的签名不符：文件被改动，或不是本单位签发。",
        "CHECKPOINT_TAIL": "检查点（{at}）见证过第 {number} 条操作，但账本只到第 {last} 条：末尾被截去。",
        "CHECKPOINT_DIFFERS": "第 {number} 条操作与检查点（{at}，{head}…）不符：账本被改写后重新连链。",
        "UNKNOWN": "第 {number} 条操作无法重放：引用了不存在的评分表，或种类不明。",
        "whole": "账本完整：赛项 {event}，{count} 条操作，末条哈希 {head}…；"
                 "检查点 {checkpoints} 个，见证到第 {anchored} 条。",
        "loose": "第 {anchored} 条之后没有检查点见证，整段改写无法据此发现。",
        "unreadable": "无法读取：{why}",
    },
    "en": {
        "BROKEN": "Operation {number} does not fit the chain: it, or the one before, was changed, put in "
                  "or removed.",
        "SIGNATURE": "The checkpoint of {at} is not signed by this issuer, or the file was changed.",
        "CHECKPOINT_TAIL": "The checkpoint of {at} saw operation {number}, but the ledger ends at {last}: "
                           "its end was cut off.",
        "CHECKPOINT_DIFFERS": "Operation {number} is not the one that the checkpoint of {at} saw ({head}…): "
                              "the ledger was rewritten and chained anew.",
        "UNKNOWN": "Operation {number} cannot be played again: it names a sheet that is not there, or is of "
                   "no known kind.",
        "whole": "The ledger is whole: event {event}, {count} operations, last hash {head}…; "
                 "{checkpoints} checkpoints vouch up to operation {anchored}.",
        "loose": "No checkpoint vouches for what came after operation {anchored}: a rewriting of all of it "
                 "would not show here.",
        "unreadable": "Cannot be read: {why}",
    },
}  # fmt: skip


def check(
    head: dict[str, Any], operations: list[dict[str, Any]], checkpoints: list[dict[str, Any]]
) -> list[Finding]:
    """Return what is wrong with an exported ledger, the first broken operation first."""
    broken = ledgerfile.first_broken(operations)
    found = [Finding("BROKEN", broken, {})] if broken is not None else []
    keys = {key["kid"]: key["public"] for key in head["keys"]}
    mine = [one for one in checkpoints if one["event"] == head["event"]]
    found += [Finding("SIGNATURE", one["seq"], one) for one in mine if not ledgerfile.is_genuine(one, keys)]
    hashes = {place: str(row.get("hash")) for place, row in enumerate(operations, start=1)}
    found += ledgerfile.against(mine, len(operations), hashes)
    if broken is None:
        fields = ("seq", "operation", "kind", "at", "body", "answer")
        played = replay.play(replay.Operation(*(row[name] for name in fields)) for row in operations)
        found += [Finding("UNKNOWN", number, {}) for number in played.unknown[:1]]
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one exported ledger as the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(prog="ledger", description="Check an exported ledger. 核验导出的账本。")
    parser.add_argument("ledger", help="the exported file (.jsonl)")
    parser.add_argument("--checkpoints", help="a file of checkpoints that you kept")
    parser.add_argument("--lang", choices=("en", "zh"), default="en")
    asked = parser.parse_args(arguments)
    words = WORDS[asked.lang]
    try:
        head, operations = _read_ledger(asked.ledger)
        checkpoints = ledgerfile.read_checkpoints(_read(asked.checkpoints)) if asked.checkpoints else []
        findings = check(head, operations, checkpoints)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        say(words["unreadable"].format(why=fault))
        return UNREADABLE
    for finding in findings:
        say(words[finding.code].format(**{**finding.told, "number": finding.number}))
    if findings:
        return CHANGED
    mine = [one for one in checkpoints if one["event"] == head["event"]]
    last = operations[-1]["hash"] if operations else ledgerfile.GENESIS
    told = {
        "event": head["event"], "count": len(operations), "checkpoints": len(mine), "head": last[:8],
        "anchored": ledgerfile.anchored(mine),
    }  # fmt: skip
    say(words["whole"].format(**told))
    if told["anchored"] < len(operations):
        say(words["loose"].format(**told))
    return INTACT


def say(text: str) -> None:
    """Print a line; a console that lacks a character goes on."""
    sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
    sys.stdout.flush()


def _read_ledger(path: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    head, *operations = [json.loads(line) for line in _read(path).split("\n") if line.strip()]
    if head["format"] != ledgerfile.FORMAT:
        raise ValueError(f"format {head['format']}")
    return head, operations


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    sys.exit(main())
