"""Let a server have its jobs done: a thread that starts the worker process when there is something to do.

The work is done in another process, so that no page waits for it; what the server's end or a crash interrupts
goes on after the next start. A machine may as well run `flask --app wsgi jobs work --stay` as a service.
"""

import logging
import os
import subprocess
import sys
import threading

from flask import Flask

import config
from core import clock, database
from core.jobs import chores, queries

COMMAND = (sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work")
# What is large goes back to the system as soon as it is let go, where glibc would keep its room.
ENVIRONMENT = {"MALLOC_MMAP_THRESHOLD_": str(1024 * 1024)}
PATIENCE_SECONDS = 20.0  # how long a job of another process or a dead worker waits at most for this one
log = logging.getLogger(__name__)
_called = threading.Event()
_beginning = threading.Lock()
_begun = 0  # the process that has begun


def attach(app: Flask) -> None:
    """Begin with the first request at the latest: commands and tests build the application, too."""
    if not app.testing:
        app.before_request(lambda: begin(app))


def wake() -> None:
    """Say that a job has just been put into the queue."""
    _called.set()


def begin(app: Flask) -> None:
    """Begin to look after the jobs, once in each process: a server may have forked since."""
    global _begun
    with _beginning:
        if _begun == os.getpid():
            return
        _begun = os.getpid()
    _called.set()
    threading.Thread(target=_watch, args=(app,), name="jobs", daemon=True).start()


def _work() -> None:
    own = {**os.environ, **ENVIRONMENT}
    quiet = subprocess.DEVNULL  # what went wrong it says elsewhere
    subprocess.run(  # noqa: S603 - a constant command of our own, nothing of it comes from outside
        COMMAND, cwd=config.ROOT, env=own, stdout=quiet, check=False
    )


def _watch(app: Flask) -> None:
    first = True
    while True:
        _called.wait(PATIENCE_SECONDS)
        _called.clear()
        try:
            with app.app_context(), database.reading_session() as session:
                needed = queries.is_anything_to_do(session, clock.now()) or chores.needed(session)
            if needed:
                _work()
            if needed or first:
                with app.app_context(), database.reading_session() as session:
                    chores.follow(session)
            first = False
        except Exception:
            # A database that is away for a moment must not end the thread.
            log.exception("jobs could not be looked after")
