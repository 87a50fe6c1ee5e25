"""The mutants of the rule modules: one change each, and how a changed module gets into a running process."""

import ast
import functools
import gc
import hashlib
import importlib
import importlib.machinery
import importlib.util
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from tools.children import ROOT
from tools.mutate.changes import list_changes

# The words of messages are read by people; a changed word there is no wrong result.
WORDS = ("__init__", "messages_package", "messages_result", "messages_scheme")
# What is loaded anew with a module that is changed outside of its functions.
LOADED_ANEW = ("scoring.rules.", "scoring.recount", "scoring.archive", "tests.")


class Mutant(NamedTuple):
    """One change of a module: what stands on its line, which lines a test has to reach to notice it."""

    module: str
    number: int
    line: int
    text: str
    change: str
    first: int
    last: int
    in_function: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what names this mutant however the lines above it move."""
        return self.module.rpartition(".")[2], self.text, self.change


def path_of(module: str) -> Path:
    """Return the file of a module."""
    return ROOT / (module.replace(".", "/") + ".py")


def modules() -> list[str]:
    """Return the rule modules whose changes mean something."""
    files = sorted((ROOT / "scoring" / "rules").glob("*.py"))
    return [f"scoring.rules.{path.stem}" for path in files if path.stem not in WORDS]


def mutants(module: str) -> Iterator[Mutant]:
    """Yield every change of one module; the same change of the same text again gets a number."""
    source = path_of(module).read_text(encoding="utf-8")
    lines = source.splitlines()
    times: Counter[tuple[str, str]] = Counter()
    for number, found in enumerate(list_changes(ast.parse(source))):
        text, change = lines[found.line - 1].strip(), found.describe()
        times[text, change] += 1
        if times[text, change] > 1:
            change += f" ({times[text, change]})"
        yield Mutant(module, number, found.line, text, change, *found.place)


def sample(wanted: Sequence[str], count: int) -> list[Mutant]:
    """Return `count` changes spread over the modules, always the same ones; 0 means all."""
    every = [mutant for module in wanted for mutant in mutants(module)]
    if not count:
        return every
    every.sort(key=lambda mutant: hashlib.sha256(repr(mutant).encode()).digest())
    return every[:count]


def changed_code(mutant: Mutant) -> CodeType:
    """Return the code of a module with its one change."""
    path = path_of(mutant.module)
    tree = ast.parse(path.read_bytes())
    found = list_changes(tree)[mutant.number]
    if isinstance(found.new, ast.AST):
        ast.copy_location(found.new, found.owner if hasattr(found.owner, "lineno") else tree.body[0])
    found.put(found.new)
    return compile(ast.fix_missing_locations(tree), str(path), "exec")


@functools.cache
def _functions(module: str) -> dict[tuple[str, int], FunctionType]:
    path = str(path_of(module))
    found = [one for one in gc.get_objects() if isinstance(one, FunctionType)]
    return {_name(one.__code__): one for one in found if one.__code__.co_filename == path}


def _name(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def know_functions() -> None:
    """Look for the functions of all modules once, before any process is forked off."""
    for module in modules():
        importlib.import_module(module)
        _functions(module)


def put_into_functions(mutant: Mutant) -> None:
    """Give the functions of a loaded module the changed code; whoever imported them has it too."""
    known = _functions(mutant.module)
    waiting = [changed_code(mutant)]
    while waiting:
        code = waiting.pop()
        function = known.get(_name(code))
        if function is not None:
            function.__code__ = code
        waiting.extend(one for one in code.co_consts if isinstance(one, CodeType))


class MutantLoader(importlib.machinery.SourceFileLoader):
    """Loads the module of one mutant with its change; nothing is written to the disk."""

    mutant: Mutant

    def get_code(self, fullname: str) -> Any:
        """Return the changed module's code."""
        return changed_code(self.mutant)


class MutantFinder:
    """Puts one mutant in the place of its module."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname: str, _path: object = None, _target: object = None) -> Any:
        """Answer for the one module alone."""
        if fullname != self.mutant.module:
            return None
        path = str(path_of(fullname))
        loader = MutantLoader(fullname, path)
        loader.mutant = self.mutant
        return importlib.util.spec_from_file_location(fullname, path, loader=loader)


def load_anew(mutant: Mutant | None) -> None:
    """Forget the rules and their tests, so that they are loaded again with the change (None: unchanged)."""
    if mutant is not None:
        sys.meta_path.insert(0, MutantFinder(mutant))
    for name in [name for name in sys.modules if name.startswith(LOADED_ANEW)]:
        del sys.modules[name]
