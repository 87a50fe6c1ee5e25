"""Ask the tests whether they would notice: change one operator or number of the scoring rules at a time.

`python -m tools.mutate [how many] [module …]` takes a fixed sample (0: all), runs the rules' tests on each
change in a process of its own and lists the changes that no test noticed. A survivor is a question: is a
test missing, or does the change change nothing? Fails when fewer than the floor are noticed.
"""

import ast
import hashlib
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import flask_migrate  # noqa: F401  # tests/conftest.py needs it; here it is imported once for all processes
import pytest

from tools.children import ROOT

TESTS = ("tests/rules", "tests/differential")
SAMPLE = 150
FLOOR_PERCENT = 80
LIMIT_SECONDS = 60
SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or,
    ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip


class Mutant(NamedTuple):
    """One change: the `number`-th place of a module that can be changed."""

    module: str
    number: int
    line: int
    change: str


UNCHANGED = Mutant("", -1, 0, "nothing")


class Changer(ast.NodeVisitor):
    """Counts the places that can be changed and changes the wanted one in place."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.places: list[tuple[int, str]] = []

    def generic_visit(self, node: ast.AST) -> None:
        """Look at a node, then at those below it; what stands in an annotation is not run."""
        self._look_at(node)
        for field, value in ast.iter_fields(node):
            if field in {"annotation", "returns", "decorator_list"}:
                continue
            for below in value if isinstance(value, list) else [value]:
                if isinstance(below, ast.AST):
                    self.visit(below)

    visit_Constant = generic_visit

    def _look_at(self, node: Any) -> None:
        if isinstance(node, ast.Compare):
            for place, operator in enumerate(node.ops):
                if self._take(node, operator):
                    node.ops[place] = SWAPS[type(operator)]()  # type: ignore[call-overload]
        elif isinstance(node, ast.BinOp | ast.BoolOp) and self._take(node, node.op):
            node.op = SWAPS[type(node.op)]()  # type: ignore[assignment]
        elif isinstance(node, ast.Constant) and type(node.value) in (int, bool):
            self._change_constant(node)

    def _take(self, node: Any, operator: ast.AST) -> bool:
        other = SWAPS.get(type(operator))
        return other is not None and self._count(node, f"{type(operator).__name__} → {other.__name__}")

    def _change_constant(self, node: ast.Constant) -> None:
        old = node.value
        new = not old if isinstance(old, bool) else old + 1  # type: ignore[operator]
        if self._count(node, f"{old!r} → {new!r}"):
            node.value = new

    def _count(self, node: Any, change: str) -> bool:
        self.places.append((node.lineno, change))
        return len(self.places) - 1 == self.wanted


class MutantLoader(importlib.machinery.SourceFileLoader):
    """Loads the module of one mutant with its change."""

    mutant: Mutant

    def get_code(self, fullname: str) -> Any:
        """Return the changed module's code; nothing is written to the disk."""
        tree = ast.parse(self.get_data(self.path))
        Changer(self.mutant.number).visit(tree)
        return compile(tree, self.path, "exec")


class MutantFinder:
    """Puts one mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> Any:
        """Answer for the one module alone."""
        if fullname != self.mutant.module:
            return None
        path = str(ROOT / (fullname.replace(".", "/") + ".py"))
        loader = MutantLoader(fullname, path)
        loader.mutant = self.mutant
        return importlib.util.spec_from_file_location(fullname, path, loader=loader)


def modules() -> list[str]:
    """Return the rule modules whose changes mean something; the words of messages do not."""
    files = sorted((ROOT / "scoring" / "rules").glob("*.py"))
    return [f"scoring.rules.{path.stem}" for path in files if not path.stem.startswith(("__", "messages"))]


def mutants(module: str) -> Iterator[Mutant]:
    """Yield every change of one module."""
    changer = Changer()
    changer.visit(ast.parse((ROOT / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8")))
    for number, (line, change) in enumerate(changer.places):
        yield Mutant(module, number, line, change)


def sample(wanted: Sequence[str], count: int) -> list[Mutant]:
    """Return `count` changes spread over the modules, always the same ones; 0 means all."""
    every = [mutant for module in wanted for mutant in mutants(module)]
    every.sort(key=lambda mutant: hashlib.sha256(repr(mutant).encode()).digest())
    return every[:count] if count else every


def start(mutant: Mutant) -> int:
    """Start the tests on one mutant in a process of its own; return the number of the process."""
    child = os.fork()
    if child:
        return child
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    signal.alarm(LIMIT_SECONDS)  # an endless loop is noticed too
    sys.meta_path.insert(0, MutantFinder(mutant))
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    os._exit(int(pytest.main([*options, *TESTS])))


def run(chosen: Sequence[Mutant], parallel: int) -> list[Mutant]:
    """Return the mutants that no test noticed."""
    running: dict[int, Mutant] = {}
    survivors = []
    waiting = list(reversed(chosen))
    while waiting or running:
        while waiting and len(running) < parallel:
            mutant = waiting.pop()
            running[start(mutant)] = mutant
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            survivors.append(mutant)
            print(f"  not noticed: {mutant.module}:{mutant.line}  {mutant.change}", flush=True)
    return survivors


def main(arguments: Sequence[str]) -> int:
    """Measure a sample; return the exit code."""
    count = int(arguments[0]) if arguments else SAMPLE
    wanted = [f"scoring.rules.{Path(name).stem}" for name in arguments[1:]] or modules()
    os.chdir(ROOT)
    began, chosen = time.monotonic(), sample(wanted, count)
    if os.waitpid(start(UNCHANGED), 0)[1] != 0:
        print("The tests fail without any change; mend them first.", file=sys.stderr)
        return 1
    survivors = run(chosen, os.cpu_count() or 1)
    share = 100 * (len(chosen) - len(survivors)) // max(1, len(chosen))
    seconds = time.monotonic() - began
    print(f"{len(chosen)} changes, {share} % noticed (floor {FLOOR_PERCENT} %), {seconds:.0f} s")
    return int(share < FLOOR_PERCENT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
