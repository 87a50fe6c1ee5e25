"""Every benchmark can be run by its name."""

import importlib

import pytest

from benchmarks import __main__ as runner


@pytest.mark.parametrize("name", runner.names())
def test_every_benchmark_has_a_main(name):
    assert callable(importlib.import_module(f"benchmarks.{name}").main)


def test_an_unknown_benchmark_is_refused_with_the_known_ones(capsys):
    assert runner.main(["tea"]) == 2
    assert "recount" in capsys.readouterr().err
