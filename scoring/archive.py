"""Build programs that outsiders run: one file each, for any Python of 3.11 or later and nothing else."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EPOCH = (1980, 1, 1, 0, 0, 0)
LEDGER = (
    "core/signing/ed25519.py", "scoring/evidence/offline.py", "scoring/evidence/ledgerfile.py",
    "scoring/sheets/replay.py",
)  # fmt: skip


def build_recount_archive() -> bytes:
    """Return recount.pyz, which computes a result again."""
    rules = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "scoring/rules").glob("*.py"))
    return _build("from scoring.recount import start\n\nstart()\n", ["scoring/recount.py", *rules])


def build_ledger_archive() -> bytes:
    """Return ledger.pyz, which checks an exported ledger."""
    return _build("import sys\n\nfrom scoring.evidence.offline import main\n\nsys.exit(main())\n", LEDGER)


def build_result_archive() -> bytes:
    """Return result.pyz, which checks the signature of a published result."""
    start = "import sys\n\nfrom scoring.results.offline import main\n\nsys.exit(main())\n"
    return _build(start, ("core/signing/ed25519.py", "scoring/results/offline.py"))


def _build(start: str, paths: Iterable[str]) -> bytes:
    """Return an archive, the same bytes for the same sources: nothing is compressed, no time is kept."""
    sources = {"__main__.py": start.encode()} | {path: (ROOT / path).read_bytes() for path in paths}
    folders = {folder for path in sources for folder in Path(path).parents if folder != Path()}
    sources = {f"{folder.as_posix()}/__init__.py": b"" for folder in folders} | sources
    buffer = BytesIO(b"#!/usr/bin/env python3\n")
    buffer.seek(0, 2)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        for name in sorted(sources):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), sources[name])
    return buffer.getvalue()
