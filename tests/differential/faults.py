"""Mistakes put into a valid package, of one sort at a time, and liberties that are no mistakes.

The format does not say how far checking goes on behind a mistake of an earlier sort, so sorts are not mixed.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from tests.dice import Dice
from tests.differential.rows import STATUSES, Row, Tables, all_aspects, decision, make_value
from tests.differential.schemes import Node

WRONG_CELLS: list[Row] = [
    {"entry": "99"},
    {"aspect": "X"},
    {"stage": "X"},
    {"attempt": 4},
    {"attempt": 0},
    {"attempt": "x"},
    {"attempt": -1},
]
WRONG_VALUES = {
    "score": [
        "21",
        "-6",
        "1.0001",
        "5.3333",
        "4.0007",
        "20.1234",
        "+1",
        "1.",
        ".5",
        "1e1",
        " 1",
        "１",
        "",
        "NaN",
        "1_0",
        "1.0000000",
        "0x1",
    ],
    "judgement": ["9", "-1", "x", "", "２"],
    "measurement": ["no!", "YES", "1,5", "", "1..2", "--1"],
    "count": ["1/", "/1", "1/2/3", "x", "1.5", "2,1", ""],
    "deduction": ["x", "-1", "", "1e0", "+2"],
    "time": ["1.2345", "1:30", "-1", "", "x"],
    "indicator": ["1/2/3", "x", "-1/7", "1/", "/7", ""],
}


def spoil_rows(dice: Dice, scheme: Node, tables: Tables) -> None:
    """Put one to three mistakes into the rows, each in a row of its own."""
    for _ in range(dice.between(1, 3)):
        dice.pick(ROW_FAULTS)(dice, scheme, tables)


def add_mark(dice: Dice, scheme: Node, tables: Tables, **wrong: Any) -> None:
    """Add a mark of a judge whom nobody knows, with one cell wrong."""
    stage, aspect = dice.pick(all_aspects(scheme))
    good = next(
        (r for r in tables["marks.csv"] if (r["stage"], r["aspect"]) == (stage["code"], aspect["code"])), None
    )
    if good is not None:
        judge = f"K{len(tables['marks.csv'])}"
        tables["marks.csv"].insert(dice.roll(len(tables["marks.csv"]) + 1), {**good, "judge": judge, **wrong})


def wrong_value(dice: Dice, scheme: Node, tables: Tables) -> None:
    """Enter something the kind of the aspect does not accept."""
    stage, aspect = dice.pick(all_aspects(scheme))
    value = dice.pick(WRONG_VALUES[aspect["kind"]])
    entry = tables["entries.csv"][0]["entry"]
    tables["marks.csv"].append(
        {
            "stage": stage["code"],
            "aspect": aspect["code"],
            "entry": entry,
            "judge": f"K{len(tables['marks.csv'])}",
            "attempt": 1,
            "value": value,
        }
    )


def unknown_cell(dice: Dice, scheme: Node, tables: Tables) -> None:
    """Name a stage, an aspect, an entry or an attempt that is not there."""
    wrong: Row = dice.pick(WRONG_CELLS)
    add_mark(dice, scheme, tables, **wrong)


def twice(dice: Dice, scheme: Node, tables: Tables) -> None:
    """Repeat a mark, equal or not; rows of a deduction may repeat."""
    aspects = {(stage["code"], aspect["code"]): aspect for stage, aspect in all_aspects(scheme)}
    good = [row for row in tables["marks.csv"] if (row["stage"], row["aspect"]) in aspects]
    if good:
        row = dice.pick(good)
        other = make_value(dice, aspects[row["stage"], row["aspect"]]) if dice.chance(30) else row["value"]
        tables["marks.csv"].append({**row, "value": other})


def wrong_entry(dice: Dice, _scheme: Node, tables: Tables) -> None:
    """Repeat an entry, or give one a status that does not exist."""
    if dice.chance(50):
        good = [row for row in tables["entries.csv"] if row["status"] in STATUSES]
        tables["entries.csv"].append(dict(dice.pick(good)))
    else:
        status = dice.pick(["incomplete", "Valid", "dns", "缺考"])
        tables["entries.csv"].append(
            {"entry": f"9{len(tables['entries.csv'])}", "name": "", "unit": "u1", "status": status}
        )


def wrong_penalty(dice: Dice, _scheme: Node, tables: Tables) -> None:
    """Add a penalty below zero, one that is no number, or one for nobody."""
    entry = tables["entries.csv"][0]["entry"]
    row = dice.pick(
        [{"entry": entry, "points": "-1"}, {"entry": entry, "points": "一"}, {"entry": "99", "points": "1"}]
    )
    tables.setdefault("penalties.csv", []).append({**row, "reason": "x"})


def wrong_name(dice: Dice, _scheme: Node, tables: Tables) -> None:
    """Name in an assignment or a decision what is not there."""
    stage = tables["marks.csv"][0]["stage"] if tables["marks.csv"] else "S1"
    if dice.chance(50):
        row: Row = {"stage": stage, "aspect": "", "entry": "", "judge": "J1"}
        wrong = dice.pick([{"stage": "X"}, {"aspect": "X"}, {"entry": "99"}])
        tables.setdefault("assignments.csv", []).append({**row, **wrong})
    else:
        kind = dice.pick(["order", "absent_judge"])
        wrong_row = (
            decision(kind, "99", "1", stage, "", "J1")
            if kind == "absent_judge"
            else decision(kind, "99", "1")
        )
        tables.setdefault("decisions.csv", []).append(wrong_row)


ROW_FAULTS: list[Callable[[Dice, Node, Tables], None]] = [
    wrong_value,
    wrong_value,
    unknown_cell,
    unknown_cell,
    twice,
    wrong_entry,
    wrong_penalty,
    wrong_name,
]


def spoil_scheme(dice: Dice, scheme: Node) -> None:
    """Put one mistake into the scheme."""
    stage, aspect = dice.pick(all_aspects(scheme))
    node = dice.pick([scheme, stage, stage["criteria"][0], aspect, scheme["ranking"]])
    mistakes: list[Callable[[], object]] = [
        lambda: node.update(colour="red"),
        lambda: node.update(title=5) if "title" in node else node.update(share="yes"),
        lambda: scheme["ranking"].pop("share"),
        lambda: scheme.pop("ranking"),
        lambda: scheme.update(format="scheme/2"),
        lambda: stage.update(places=7),
        lambda: stage.update(places="2"),
        lambda: stage.update(weight="-1"),
        lambda: stage.update(weight=1),
        lambda: stage.update(take="first"),
        lambda: stage.update(attempts=0),
        lambda: stage.update(code="S 1"),
        lambda: stage["criteria"].append(dict(stage["criteria"][0])),
        lambda: stage.update(min="5", max="4"),
        lambda: aspect.update(kind="marks"),
        lambda: aspect.update(factor="1e1"),
        lambda: aspect.update(required="no"),
        lambda: aspect.pop("kind"),
        lambda: aspect.update(panel={"method": "mode"}),
        lambda: aspect.update(panel={"missing": "ignore"}),
        lambda: scheme["ranking"]["ties"].append({"by": "stage", "code": "X"}),
        lambda: scheme["ranking"]["ties"].append({"by": "manual", "order": "asc"}),
        lambda: scheme["ranking"]["ties"].append({"by": "luck"}),
        lambda: scheme["ranking"].update(order="up"),
        lambda: scheme.update(scale="median500"),
        lambda: scheme.update(awards={"tiers": [{"title": "t"}]}),
        lambda: scheme.update(awards={"tiers": [{"title": "t", "count": 1, "percent": "5"}]}),
        lambda: scheme.update(awards={"tiers": [{"title": "t", "place": 1}]}),
        lambda: scheme.update(awards={"boundary": "up", "tiers": []}),
        lambda: scheme.update(total={"places": 2.0}),
    ]
    dice.pick(mistakes)()


def spoil_weights(scheme: Node) -> None:
    """Make the shares sum to something else than 1."""
    scheme["weights"] = "share"
    for stage in scheme["stages"]:
        stage["weight"] = "0.3"


def spoil_file(dice: Dice, files: dict[str, bytes]) -> None:
    """Put one mistake into the form of one file."""
    name = dice.pick([one for one in files if one.endswith(".csv")])
    lines = files[name].split(b"\n")
    mistakes: list[Callable[[], object]] = [
        lambda: files.pop(dice.pick(["scheme.json", "entries.csv", "marks.csv"])),
        lambda: files.update({name: b""}),
        lambda: files.update({name: b"\xff\xfe" + files[name]}),
        lambda: files.update({name: b"\n".join([lines[0] + b",colour", *lines[1:]])}),
        lambda: files.update({name: b"\n".join([lines[0].replace(b"entry", b"entri"), *lines[1:]])}),
        lambda: files.update({name: b"\n".join([lines[0].replace(b"entry,", b"entry,entry,"), *lines[1:]])}),
        lambda: files.update({name: files[name] + b"x,y\n"}),
        lambda: files.update({name: files[name] + b"a,b,c,d,e,f,g,h,i\n"}),
        lambda: files.update({"scheme.json": b"{" + files["scheme.json"]}),
        lambda: add_manifest(files, "0" * 64),
    ]
    dice.pick(mistakes)()


def add_manifest(files: dict[str, bytes], wrong: str | None = None) -> None:
    """Add the hashes of all files, one of them wrong where that is asked for."""
    named = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    if wrong is not None:
        named["marks.csv"] = wrong
    files["manifest.json"] = json.dumps({"files": named}).encode()


def take_liberties(dice: Dice, files: dict[str, bytes]) -> None:
    """Write the same package in another way that the format allows."""
    for name in sorted(name for name in files if name.endswith(".csv")):
        if dice.chance(10):
            files[name] = files[name].replace(b"\n", b"\r\n")
        if dice.chance(10):
            files[name] = files[name].replace(b"\n", b"\n\n", 1) + b"\n"
        if dice.chance(10):
            files[name] = b"\xef\xbb\xbf" + files[name]
    if dice.chance(10):
        files["notes.txt"] = "备注".encode()
    if dice.chance(10):
        add_manifest(files)
