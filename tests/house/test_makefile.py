"""Bare `make` explains every command there is."""

import os
import re
import subprocess

from tests.house.sources import ROOT

TEXT = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):(?!=)", TEXT, re.MULTILINE))


def test_bare_make_lists_every_target_in_both_languages():
    printed = _make().stdout
    listed = re.findall(r"^  make ([a-z-]+)\t(.+)\n\t\t(.+)$", printed, re.MULTILINE)
    assert {name for name, _, _ in listed} == TARGETS
    assert all(re.search("[一-鿿]", chinese) and english.isascii() for _, chinese, english in listed)


def test_no_target_is_taken_for_a_file():
    assert set(re.search(r"^\.PHONY: (.*)$", TEXT, re.MULTILINE)[1].split()) == TARGETS


def test_continuous_integration_runs_the_command_that_a_person_runs():
    runner = ROOT / ".ci" / "run"
    assert "make test" in runner.read_text(encoding="utf-8")
    assert runner.stat().st_mode & 0o111


def test_a_machine_without_python_gets_one_sentence():
    done = _make("run", "PYTHON=")
    assert done.returncode != 0
    assert "没有找到 Python" in done.stderr
    assert "Traceback" not in done.stderr


def _make(*arguments):
    # Without the MAKEFLAGS of the make that runs the tests.
    plain = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=plain)
