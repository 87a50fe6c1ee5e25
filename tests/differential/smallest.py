"""Take rows and scheme nodes out of a package for as long as the two implementations still differ."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

Files = dict[str, bytes]


def smallest(files: Files, differ: Callable[[Files], bool], *, keep_scheme: bool) -> Files:
    """Return the package without the rows, nodes and files that are not needed to make the difference."""
    smaller = True
    while smaller:
        smaller = False
        for candidate in without_one(files, keep_scheme):
            if differ(candidate):
                files, smaller = candidate, True
                break
    return files


def without_one(files: Files, keep_scheme: bool) -> Iterator[Files]:
    """Yield the package without each of its optional files, each row, each part of the scheme."""
    for name in ("assignments.csv", "penalties.csv", "decisions.csv", "manifest.json", "notes.txt"):
        if name in files:
            yield {other: content for other, content in files.items() if other != name}
    for name in sorted(name for name in files if name.endswith(".csv")):
        lines = files[name].split(b"\n")
        for index in range(1, len(lines)):
            if lines[index]:
                yield {**files, name: b"\n".join(lines[:index] + lines[index + 1 :])}
    for scheme in [] if keep_scheme else without_part(files.get("scheme.json", b"")):
        yield {**files, "scheme.json": scheme}


def without_part(content: bytes) -> Iterator[bytes]:
    """Yield the scheme without each key and each item of a list."""
    try:
        scheme = json.loads(content)
    except ValueError:
        return
    for path in list(paths(scheme, ())):
        smaller = copy.deepcopy(scheme)
        node = smaller
        for step in path[:-1]:
            node = node[step]
        del node[path[-1]]
        yield json.dumps(smaller, ensure_ascii=False, indent=1).encode()


def paths(node: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every key and item, the outer ones first."""
    steps = list(node) if isinstance(node, dict) else list(range(len(node))) if isinstance(node, list) else []
    for step in steps:
        yield (*path, step)
    for step in steps:
        yield from paths(node[step], (*path, step))
