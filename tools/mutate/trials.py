"""Try mutants inside one session of pytest, each in a process of its own.

A mutant is tried on the tests that reach its lines, those that noticed others of its module and then the
quick ones first, until one fails. A change inside a function is put into the loaded module; for one outside
of functions the rules and their tests are loaded anew.
"""

import os
import resource
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

import pytest
from hypothesis import Phase, settings

from tools.mutate.mutants import Mutant, know_functions, load_anew, put_into_functions
from tools.mutate.survey import Reached, load_test_anew, passes, silence, survey

# An endless loop is noticed too: so much longer may a test take (seconds of the processor), so much memory.
SLOWER, MORE_SECONDS = 10, 4
MOST_MEMORY = 4 * 1024**3
FIRST_KILLERS = 12
NUMBER_BYTES = 4


class Running(NamedTuple):
    """A trial that is under way: its mutant, and the pipe through which it names the test that noticed."""

    mutant: Mutant
    pipe: int


class Trials:
    """A plugin of pytest: tries mutants on the tests that were collected, instead of running those."""

    def __init__(self, chosen: Sequence[Mutant], parallel: int, report: Callable[[Mutant], None]) -> None:
        self.chosen = chosen
        self.parallel = parallel
        self.report = report
        self.items: list[pytest.Function] = []
        self.reached: list[Reached] = []
        self.killers: dict[str, Counter[int]] = {mutant.module: Counter() for mutant in chosen}
        self.survivors: list[Mutant] = []
        self.failing: list[str] = ["nothing was collected"]

    def pytest_sessionstart(self) -> None:
        """Try the same examples every time; a failing one need not be made small here."""
        quick = [Phase.explicit, Phase.generate]
        settings.register_profile("mutate", derandomize=True, database=None, phases=quick)
        settings.load_profile("mutate")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the work where pytest would run its tests."""
        if session.testsfailed:
            return True
        self.items = [item for item in session.items if isinstance(item, pytest.Function)]
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]  # once, for all processes
        know_functions()
        self.reached, self.failing = survey(self.items, self.parallel)
        if not self.failing:
            self._try_all()
        return True

    def _try_all(self) -> None:
        running: dict[int, Running] = {}
        waiting = list(reversed(self.chosen))
        while waiting or running:
            while waiting and len(running) < self.parallel:
                mutant = waiting.pop()
                child, pipe = self._start(mutant)
                running[child] = Running(mutant, pipe)
            child, status = os.wait()
            self._note(running.pop(child), noticed=status != 0)

    def _note(self, trial: Running, *, noticed: bool) -> None:
        with os.fdopen(trial.pipe, "rb") as stream:
            killer = stream.read()
        if killer:
            self.killers[trial.mutant.module][int.from_bytes(killer, "big")] += 1
        if not noticed:
            self.survivors.append(trial.mutant)
            self.report(trial.mutant)

    def _tests_for(self, mutant: Mutant) -> list[int]:
        """Return the tests that can notice a mutant, the likeliest and quickest first."""
        lines = range(mutant.first, mutant.last + 1)
        numbers = [
            number
            for number, reached in enumerate(self.reached)
            if not mutant.in_function or not reached.lines[mutant.module].isdisjoint(lines)
        ]
        likely = dict(self.killers[mutant.module].most_common(FIRST_KILLERS))
        numbers.sort(key=lambda number: (-likely.get(number, 0), self.reached[number].seconds))
        return numbers

    def _start(self, mutant: Mutant) -> tuple[int, int]:
        """Start the tests on one mutant; return the process and the pipe that names what noticed."""
        numbers = self._tests_for(mutant)
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            self._try(mutant, numbers, writing)
        os.close(writing)
        return child, reading

    def _try(self, mutant: Mutant, numbers: Sequence[int], pipe: int) -> NoReturn:
        silence()
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        signal.setitimer(signal.ITIMER_PROF, MORE_SECONDS)
        try:
            if mutant.in_function:
                put_into_functions(mutant)
            else:
                load_anew(mutant)
            for number in numbers:
                signal.setitimer(signal.ITIMER_PROF, SLOWER * self.reached[number].seconds + MORE_SECONDS)
                if not self._passes(self.items[number], anew=not mutant.in_function):
                    os.write(pipe, number.to_bytes(NUMBER_BYTES, "big"))
                    os._exit(1)
        except BaseException:  # a rule that cannot even be loaded is noticed
            os._exit(1)
        os._exit(0)

    def _passes(self, item: pytest.Function, *, anew: bool) -> bool:
        try:
            if anew:
                load_test_anew(item)
            return passes(item)
        except Exception:
            return False
