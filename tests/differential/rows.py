"""Random entries, marks and decisions that fit a scheme; coarse values, so that ties are common."""

import csv
import io
import json
from typing import Any

from tests.dice import Dice
from tests.differential.schemes import Node

Row = dict[str, Any]
COLUMNS = {
    "entries.csv": ["entry", "name", "unit", "status"],
    "marks.csv": ["stage", "aspect", "entry", "judge", "attempt", "value"],
    "assignments.csv": ["stage", "aspect", "entry", "judge"],
    "penalties.csv": ["entry", "points", "reason"],
    "decisions.csv": ["kind", "entry", "stage", "aspect", "judge", "value", "reason"],
}
STATUSES = ["valid"] * 18 + ["", "absent", "dnf", "ineligible", "dsq", "exhibition"]
Tables = dict[str, list[Row]]
Crew = dict[tuple[str, str], list[str]]  # who marks, by stage and aspect


def all_aspects(scheme: Node) -> list[tuple[Node, Node]]:
    """List each aspect with its stage."""
    stages = scheme["stages"]
    return [(stage, aspect) for stage in stages for part in stage["criteria"] for aspect in part["aspects"]]


def make_tables(dice: Dice, scheme: Node) -> Tables:
    """Return all tables of a package."""
    entries = [f"{n:02d}" for n in range(1, dice.between(2, 8) + 1)]
    if dice.chance(10):
        entries[0] = dice.pick(['A,"1"', "甲", "a b"])
    tables: Tables = {"entries.csv": make_entries(dice, entries), "marks.csv": []}
    twins = {entry: entries[0] for entry in dice.some(entries[1:], 33)}
    crew: Crew = {}
    singles = [entry for entry in entries if entry not in twins]
    for stage, aspect in all_aspects(scheme):
        judges = crew[stage["code"], aspect["code"]] = make_judges(dice, aspect)
        for entry in singles:
            tables["marks.csv"] += entry_marks(dice, stage, aspect, entry, judges)
    for entry, twin in twins.items():
        tables["marks.csv"] += [
            {**row, "entry": entry} for row in tables["marks.csv"] if row["entry"] == twin
        ]
    add_the_rest(dice, scheme, tables, entries, crew)
    return tables


def add_the_rest(dice: Dice, scheme: Node, tables: Tables, entries: list[str], crew: Crew) -> None:
    """Add assignments, penalties and decisions to some packages."""
    if dice.chance(30):
        tables["assignments.csv"] = make_assignments(dice, crew)
    if dice.chance(40):
        tables["penalties.csv"] = [
            {"entry": entry, "points": dice.pick(["0", "1", "2.5"]), "reason": "违规"}
            for entry in dice.some(entries, 40)
        ]
    decisions = make_decisions(dice, scheme, entries) + absences(dice, tables["marks.csv"], entries, crew)
    if decisions or dice.chance(10):
        tables["decisions.csv"] = decisions


def make_entries(dice: Dice, entries: list[str]) -> list[Row]:
    """Return the entries, in no particular order."""
    rows = [
        {"entry": e, "name": "演示", "unit": dice.pick(["u1", "u2", "u3"]), "status": dice.pick(STATUSES)}
        for e in entries
    ]
    return rows[::-1] if dice.chance(50) else rows


def make_judges(dice: Dice, aspect: Node) -> list[str]:
    """Return who marks an aspect; mostly as many as its panel needs."""
    if aspect["kind"] == "judgement":
        wanted = 3
    else:
        panel = aspect.get("panel", {})
        fewest = 2 * panel.get("drop", 1) + 1 if panel.get("method") == "trimmed_mean" else 1
        wanted = max(panel.get("min_judges", 1), fewest) + dice.pick([0, 0, 1, 2])
    if dice.chance(3):
        wanted += 1
    return [f"J{n}" for n in range(1, wanted + 1)]


def entry_marks(dice: Dice, stage: Node, aspect: Node, entry: str, judges: list[str]) -> list[Row]:
    """Return the marks of one entry for one aspect in all its attempts."""
    rows = []
    for attempt in range(1, stage.get("attempts", 1) + 1):
        if dice.chance(12 if attempt > 1 else 2):
            continue
        common = make_value(dice, aspect)
        agreed = is_agreed(aspect)
        for judge in judges:
            if dice.chance(1):
                continue
            value = common if agreed and not dice.chance(1) else near(dice, aspect, common)
            for part in parts(dice, aspect, value):
                shown = "" if attempt == 1 and dice.chance(20) else attempt
                rows.append(
                    {
                        "stage": stage["code"],
                        "aspect": aspect["code"],
                        "entry": entry,
                        "judge": judge,
                        "attempt": shown,
                        "value": part,
                    }
                )
    return rows


def is_agreed(aspect: Node) -> bool:
    """Say whether the panel hands in one value."""
    default = "mean" if aspect["kind"] in ("score", "judgement") else "agreed"
    return bool(aspect.get("panel", {}).get("method", default) == "agreed")


def near(dice: Dice, aspect: Node, common: str) -> str:
    """Return a judge's own value; levels stay close together."""
    if aspect["kind"] != "judgement":
        return make_value(dice, aspect) if dice.chance(70) else common
    low = min(int(common), len(aspect["levels"]) - 2)
    return str(low + dice.roll(2)) if not dice.chance(1) else make_value(dice, aspect)


def parts(dice: Dice, aspect: Node, value: str) -> list[str]:
    """Split a whole number of faults into rows that add up."""
    if aspect["kind"] == "deduction" and value.isdigit() and int(value) > 1 and dice.chance(30):
        return ["1", str(int(value) - 1)]
    return [value]


def make_value(dice: Dice, aspect: Node) -> str:
    """Return a value that the aspect accepts."""
    return VALUES[aspect["kind"]](dice, aspect)


def score(dice: Dice, aspect: Node) -> str:
    """Return points, a few of them below zero or with many decimals."""
    low, step = aspect.get("min", "0"), aspect.get("step", "0.01")
    if low == "-5" and dice.chance(30):
        return dice.pick(["-1", "-5", "-2", "-0"])
    finest = {"0.01": ["7.25", "3.33", "6.67"], "0.001": ["1.005", "2.675", "9.125"]}.get(step, ["5", "4"])
    halves = ["2.5", "7.5"] if step in ("0.5", "0.25", "0.01") else ["8", "9"]
    return dice.pick(["1", "2", "5", "5", "8", "10", "8.0", *finest, *halves])


def judgement(dice: Dice, aspect: Node) -> str:
    """Return a level."""
    return str(dice.roll(len(aspect["levels"])))


def measurement(dice: Dice, aspect: Node) -> str:
    """Return points, a word or a measured value."""
    entry = aspect.get("entry", "points")
    if entry == "pass":
        return dice.pick(["yes", "yes", "no"])
    if entry == "points":
        return dice.pick(["0", "1", "2.5", "5", "5.00", "4.5"])
    return dice.pick(["-2.5", "-2", "0", "0.5", "1", "1.5", "2.0", "3", "7"])


def count(dice: Dice, _aspect: Node) -> str:
    """Return hits, with false ones or without."""
    return dice.pick(["0", "2", "3", "3/0", "5/1", "9", "1/4"])


def deduction(dice: Dice, aspect: Node) -> str:
    """Return faults or points lost."""
    return dice.pick(["0", "0", "1", "2", "3", "7"] if "per" in aspect else ["0", "0.5", "1.25", "2", "12"])


def time(dice: Dice, _aspect: Node) -> str:
    """Return seconds."""
    return dice.pick(["30", "59.5", "60", "60.2", "90.125", "120", "0"])


def indicator(dice: Dice, aspect: Node) -> str:
    """Return what was achieved, with its target where the aspect has none."""
    achieved = dice.pick(["0", "3", "7", "10", "12.5"])
    return achieved if "target" in aspect else f"{achieved}/{dice.pick(['7', '10', '6.5'])}"


VALUES = {
    "score": score,
    "judgement": judgement,
    "measurement": measurement,
    "count": count,
    "deduction": deduction,
    "time": time,
    "indicator": indicator,
}


def make_assignments(dice: Dice, crew: Crew) -> list[Row]:
    """Assign the judges who mark, by aspect; once in a while one more or one less."""
    rows = []
    for (stage, aspect), judges in crew.items():
        for judge in judges + (["J9"] if dice.chance(2) else []):
            if not dice.chance(2):
                rows.append({"stage": stage, "aspect": aspect, "entry": "", "judge": judge})
    return rows


def make_decisions(dice: Dice, scheme: Node, entries: list[str]) -> list[Row]:
    """Return decisions on order, awards and who checked in."""
    rows = []
    for entry in dice.some(entries, 85) if "manual" in str(scheme["ranking"]) else []:
        rows.append(decision("order", entry, dice.pick(["1", "2", "3", "4.5"])))
    for entry in dice.some(entries, 50) if scheme.get("awards") and dice.chance(50) else []:
        rows.append(decision("award", entry, dice.pick(scheme["awards"]["tiers"])["title"]))
    for entry in dice.some(entries, 20):
        rows.append(decision("checked_in", entry, dice.pick(["yes", "no"])))
    return rows


def absences(dice: Dice, marks: list[Row], entries: list[str], crew: Crew) -> list[Row]:
    """Declare judges absent: most of those who did not mark an entry, and once in a while one who did."""
    rows = []
    marked = {(row["stage"], row["entry"], row["judge"]) for row in marks}
    here = {(row["stage"], row["aspect"], row["entry"], row["judge"]) for row in marks}
    for (stage, aspect), judges in crew.items():
        for entry in entries:
            for judge in judges:
                if dice.roll(200) < (1 if (stage, aspect, entry, judge) in here else 120):
                    whole_stage = (stage, entry, judge) not in marked and dice.chance(50)
                    rows.append(
                        decision("absent_judge", entry, "", stage, "" if whole_stage else aspect, judge)
                    )
    return rows


def decision(kind: str, entry: str, value: str, stage: str = "", aspect: str = "", judge: str = "") -> Row:
    """Return one decision."""
    return {
        "kind": kind,
        "entry": entry,
        "stage": stage,
        "aspect": aspect,
        "judge": judge,
        "value": value,
        "reason": "裁定",
    }


def written(scheme: Node, tables: Tables) -> dict[str, str]:
    """Write scheme and tables as the files of a package."""
    files = {"scheme.json": json.dumps(scheme, ensure_ascii=False, indent=1)}
    for name, rows in tables.items():
        out = io.StringIO()
        writer = csv.DictWriter(out, COLUMNS[name], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        files[name] = out.getvalue()
    return files
