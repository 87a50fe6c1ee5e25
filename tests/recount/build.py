"""Packages for tests of the recount: one that is right, to be spoiled in one place."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scoring.rules.findings import Finding
from scoring.rules.package import parse_package, recount
from tests.rules.build import aspect, check_words, scheme

ROOT = Path(__file__).resolve().parent.parent.parent

RIGHT: dict[str, str] = {
    "scheme.json": json.dumps(
        scheme(awards={"tiers": [{"title": "一等奖", "count": 1}]}), ensure_ascii=False
    ),
    "entries.csv": "entry,name,unit,status\n01,演示 甲,一厂,valid\n02,演示 乙,二厂,\n03,演示 丙,,absent\n",
    "marks.csv": "stage,aspect,entry,judge,attempt,value\nP,A1,01,J1,1,88.5\nP,A1,02,J1,,90\n",
    "assignments.csv": "stage,aspect,entry,judge\nP,,,J1\n",
    "penalties.csv": "entry,points,reason\n02,0.5,迟到\n",
    "decisions.csv": "kind,entry,stage,aspect,judge,value,reason\nchecked_in,03,,,,no,未到\n",
}

RESULTS = """rank,entry,status,total,P,P.A
1,02,valid,89.50,90.00,90.00
2,01,valid,88.50,88.50,88.50
,03,absent,,,
"""


def package(**changes: str | bytes | None) -> dict[str, bytes]:
    """Return the right package with some files changed: `marks="…"` is marks.csv, None takes a file away."""
    files: dict[str, str | bytes | None] = dict(RIGHT)
    for name, content in changes.items():
        files[name + (".json" if name in ("scheme", "manifest") else ".csv")] = content
    return {
        name: content.encode() if isinstance(content, str) else content
        for name, content in files.items()
        if content is not None
    }


def findings(files: Mapping[str, bytes], *, awards: bool = False) -> list[Finding]:
    """Return the findings of a recount."""
    found = recount(parse_package(files), awards=awards)[1]
    check_words(found)
    return found


def said(files: Mapping[str, bytes], *, awards: bool = False) -> list[tuple[str, str]]:
    """Return code and place of the findings of a recount."""
    return [(finding.code, finding.where) for finding in findings(files, awards=awards)]


def write(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write a package to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the recount as organisers do: from the root, without site-packages."""
    command = [sys.executable, "-S", "-m", "scoring.recount", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, env={**os.environ, **environment}, check=False
    )


def one_score(**fields: Any) -> str:
    """Return scheme.json with one aspect of these fields."""
    document = scheme()
    document["stages"][0]["criteria"][0]["aspects"] = [aspect(**fields)]
    return json.dumps(document)
