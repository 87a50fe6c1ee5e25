"""Run every test once without any change, and write down which lines of the rules it reaches."""

import importlib
import os
import pickle
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType
from typing import Any, NamedTuple

import pytest

from tools.mutate.mutants import load_anew, modules, path_of


class Reached(NamedTuple):
    """What one test does: whether it passes, its seconds, and the lines it reaches by module."""

    passes: bool
    seconds: float
    lines: dict[str, set[int]]


def survey(items: Sequence[pytest.Function], parallel: int) -> tuple[list[Reached], list[str]]:
    """Return what each test reaches, and the tests that fail as they are or with everything loaded anew."""
    found = _in_children(items, parallel, _look)
    again = _in_children(items, parallel, _look_anew)
    failing = [item.nodeid for n, item in enumerate(items) if not (found[n].passes and again[n].passes)]
    return [found[number] for number in range(len(items))], failing


def passes(item: pytest.Function) -> bool:
    """Run one test."""
    before = item.session.testsfailed
    item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
    return item.session.testsfailed == before


def load_test_anew(item: pytest.Function) -> None:
    """Let a test call its function as its module is loaded now."""
    item.obj = getattr(importlib.import_module(item.module.__name__), item.originalname)


def silence() -> None:
    """Let nothing that a test prints reach the terminal."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _look(items: Sequence[pytest.Function]) -> list[Reached]:
    return [_trace(item) for item in items]


def _look_anew(items: Sequence[pytest.Function]) -> list[Reached]:
    load_anew(None)
    for item in items:
        load_test_anew(item)
    return [Reached(passes(item), 0, {}) for item in items]


def _trace(item: pytest.Function) -> Reached:
    """Run one test and write down the lines it reaches."""
    lines: dict[str, set[int]] = {str(path_of(module)): set() for module in modules()}

    def enter(frame: FrameType, _event: str, _found: Any) -> Any:
        reached = lines.get(frame.f_code.co_filename)
        if reached is None:
            return None

        def step(frame: FrameType, event: str, _found: Any) -> Any:
            reached.add(frame.f_lineno)
            return step

        return step(frame, "", None)

    began = time.monotonic()
    sys.settrace(enter)
    try:
        passed = passes(item)
    finally:
        sys.settrace(None)
    seconds = time.monotonic() - began
    return Reached(passed, seconds, {module: lines[str(path_of(module))] for module in modules()})


def _in_children(
    items: Sequence[pytest.Function],
    parallel: int,
    look: Callable[[Sequence[pytest.Function]], list[Reached]],
) -> Mapping[int, Reached]:
    """Look at the tests in processes of their own, so that this one stays as it was."""
    pipes = [_start(items[part::parallel], look) for part in range(parallel)]
    found: dict[int, Reached] = {}
    for part, pipe in enumerate(pipes):
        with os.fdopen(pipe, "rb") as stream:
            answers: list[Reached] = pickle.load(stream)  # noqa: S301  # written by our own child
        found |= {part + parallel * number: answer for number, answer in enumerate(answers)}
        os.wait()
    return found


def _start(
    items: Sequence[pytest.Function], look: Callable[[Sequence[pytest.Function]], list[Reached]]
) -> int:
    """Start one process; return the pipe its answers come through."""
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        return reading
    silence()
    with os.fdopen(writing, "wb") as stream:
        pickle.dump(look(items), stream)
    os._exit(0)
