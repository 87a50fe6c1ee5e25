"""Write recount.pyz: `python tools/build_recount_pyz.py [PATH]`."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scoring.archive import build_recount_archive  # noqa: E402  (the root is not on the path of a tool)


def main(arguments: list[str]) -> int:
    """Write the archive to the path given, or to recount.pyz here."""
    path = Path(arguments[0] if arguments else "recount.pyz")
    path.write_bytes(build_recount_archive())
    print(f"{path}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
