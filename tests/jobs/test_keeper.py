"""A server looks after the jobs from its start, once in each of its processes."""

import os
import threading

import pytest
from flask import Flask

from core.jobs import keeper


@pytest.fixture
def begun(monkeypatch):
    """The threads that were begun, by the number of their process."""
    found = []

    class Thread:
        def __init__(self, **wishes):
            assert wishes["daemon"]

        def start(self):
            found.append(os.getpid())

    monkeypatch.setattr(threading, "Thread", Thread)
    monkeypatch.setattr(keeper, "_begun", 0)
    return found


def test_jobs_are_looked_after_once(begun):
    for _time in range(3):
        keeper.begin(Flask(__name__))
    assert begun == [os.getpid()]


def test_a_process_that_was_forked_looks_after_them_too(begun, monkeypatch):
    keeper.begin(Flask(__name__))
    monkeypatch.setattr(os, "getpid", lambda: 4711)
    keeper.begin(Flask(__name__))
    assert begun[1:] == [4711]


def test_nothing_is_begun_in_an_application_that_serves_nobody(begun):
    app = Flask(__name__)
    app.testing = True
    keeper.attach(app)
    app.test_client().get("/")
    assert begun == []
