"""Run the benchmarks: `python -m benchmarks` all of them, `python -m benchmarks recount xlsx` some."""

import importlib
import pkgutil
import sys
import time
from collections.abc import Sequence

import benchmarks


def names() -> list[str]:
    """Return the benchmark modules of this folder in the order of the alphabet."""
    found = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    return sorted(name for name in found if not name.startswith("_"))


def main(wanted: Sequence[str]) -> int:
    """Run each wanted benchmark's main(), which returns nothing or an exit code; return the exit code."""
    unknown = sorted(set(wanted) - set(names()))
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(names())}.", file=sys.stderr)
        return 2
    failed = False
    for name in wanted or names():
        print(f"== {name}", flush=True)
        started = time.perf_counter()
        failed |= bool(importlib.import_module(f"benchmarks.{name}").main())
        print(f"   ({time.perf_counter() - started:.1f} s)", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
