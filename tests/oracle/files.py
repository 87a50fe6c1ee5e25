"""Section 7: the files of a package, their columns and hashes."""

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.oracle.findings import Finding

COLUMNS = {
    "entries.csv": ["entry", "name", "unit", "status"],
    "marks.csv": ["stage", "aspect", "entry", "judge", "attempt", "value"],
    "assignments.csv": ["stage", "aspect", "entry", "judge"],
    "penalties.csv": ["entry", "points", "reason"],
    "decisions.csv": ["kind", "entry", "stage", "aspect", "judge", "value", "reason"],
}
MAY_BE_LEFT_OUT = {"name", "unit", "reason", "attempt"}
NEEDED = ["entries.csv", "marks.csv", "scheme.json"]


@dataclass(frozen=True)
class Row:
    """One line of a file: its place and its cells by column."""

    where: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the cell of a column, empty where the column was left out."""
        return self.cells.get(column, "")


class Files(NamedTuple):
    """Everything that was read; `tables` holds None for a file that is not there."""

    scheme: Any
    tables: dict[str, list[Row] | None]
    findings: list[Finding]


def read_files(folder: Path) -> Files:
    """Read scheme and tables of a folder, with the findings about the form of the files."""
    contents = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    findings = [("FILE_FORMAT", name) for name in NEEDED if name not in contents]
    findings += check_manifest(contents)
    scheme = None
    if "scheme.json" in contents:
        try:
            scheme = json.loads(contents["scheme.json"].decode("utf-8-sig"))
        except ValueError:
            findings.append(("FILE_FORMAT", "scheme.json"))
    tables: dict[str, list[Row] | None] = {}
    for name in COLUMNS:
        tables[name] = None
        if name in contents:
            tables[name], wrong = read_table(name, contents[name])
            findings += wrong
    return Files(scheme, tables, findings)


def check_manifest(contents: dict[str, bytes]) -> list[Finding]:
    """Compare each file the manifest names with its hash."""
    if "manifest.json" not in contents:
        return []
    named = json.loads(contents["manifest.json"])["files"]
    return [
        ("MANIFEST", name)
        for name, expected in named.items()
        if name not in contents or hashlib.sha256(contents[name]).hexdigest() != expected
    ]


def read_table(name: str, content: bytes) -> tuple[list[Row], list[Finding]]:
    """Read one CSV file into rows, each with its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [("FILE_FORMAT", name)]
    reader = csv.reader(io.StringIO(text, newline=""))
    lines = [(reader.line_num, cells) for cells in reader if cells]
    if not lines:
        return [], [("FILE_FORMAT", name)]
    header = lines[0][1]
    needed = set(COLUMNS[name]) - MAY_BE_LEFT_OUT
    if len(set(header)) < len(header) or not needed <= set(header) <= set(COLUMNS[name]):
        return [], [("FILE_FORMAT", f"{name}:{lines[0][0]}")]
    wrong = [("FILE_FORMAT", f"{name}:{line}") for line, cells in lines[1:] if len(cells) != len(header)]
    rows = [
        Row(f"{name}:{line}", dict(zip(header, cells, strict=False)))
        for line, cells in lines[1:]
        if len(cells) == len(header)
    ]
    return rows, wrong
