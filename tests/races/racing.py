"""Several who act at the same moment: threads with sessions of their own that wait for one another."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from core.database import db
from core.refusals import Refused

Act = Callable[[Session], str]
MOST = 5


class Racers:
    """People at several doors; they stay for a whole test, for threads and connections take time to make.

    `races` counts how often one act stood against another of the same moment: whoever comes first, against
    each of the rest.
    """

    def __init__(self, app: Flask) -> None:
        self.app, self.races, self.rounds = app, 0, 0
        self.pool = ThreadPoolExecutor(MOST)

    def race(self, *acts: Act) -> list[str]:
        """Let all act at once, each in a transaction of its own; return what each was told."""
        self.races += len(acts) - 1
        self.rounds += 1
        start = threading.Barrier(len(acts), timeout=60)
        running = [self.pool.submit(self._run, act, start) for act in acts]
        return [found.result(timeout=60) for found in running]

    def alone(self, act: Act) -> str:
        """Let one act alone."""
        return self.pool.submit(self._run, act, threading.Barrier(1)).result(timeout=60)

    def _run(self, act: Act, start: threading.Barrier) -> str:
        with self.app.app_context():
            start.wait()
            session: Any = db.session
            try:
                told = act(session)
                session.commit()
            except Refused as refused:
                session.rollback()
                return refused.refusals[0].code
            return told
