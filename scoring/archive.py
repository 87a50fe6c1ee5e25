"""Build recount.pyz: the whole recount as one file that any Python of 3.11 or later runs."""

import zipfile
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).resolve().parent
EPOCH = (1980, 1, 1, 0, 0, 0)
START = "from scoring.recount import start\n\nstart()\n"


def build_recount_archive() -> bytes:
    """Return recount.pyz, the same bytes for the same sources: nothing is compressed, no time is kept."""
    sources = {"__main__.py": START.encode(), "scoring/__init__.py": b""}
    for path in [HERE / "recount.py", *sorted((HERE / "rules").glob("*.py"))]:
        sources[f"scoring/{path.relative_to(HERE).as_posix()}"] = path.read_bytes()
    buffer = BytesIO(b"#!/usr/bin/env python3\n")
    buffer.seek(0, 2)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as archive:
        for name in sorted(sources):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), sources[name])
    return buffer.getvalue()
