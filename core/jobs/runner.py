"""Do jobs: plan, make the parts in processes of their own, keep each as soon as it is made."""

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from core import clock, database
from core.jobs import kinds, queries, services
from core.jobs.kinds import Task
from core.jobs.models import Job
from core.refusals import Refusal, Refused

BEAT_SECONDS = 2.0
Now = Callable[[], datetime]
Pool = Callable[[int], Executor]
log = logging.getLogger(__name__)


def processes(tasks: int) -> Executor:
    """Return as many processes as there are cores, or tasks where those are fewer."""
    count = max(1, min(tasks, os.cpu_count() or 1))
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))


def work(session: Session, *, now: Now = clock.now, pool: Pool = processes) -> int:
    """Do everything that waits, one job after the other, and drop what is old; return how many jobs ended."""
    services.drop_expired(session, now())
    session.commit()
    ended = 0
    while (job := services.claim(session, now())) is not None:
        session.commit()
        _do(session, job, now, pool)
        ended += job.state not in queries.UNFINISHED
    session.commit()
    return ended


def _do(session: Session, job: Job, now: Now, pool: Pool) -> None:
    attempt, job_id, kind, wishes = job.attempts, job.id, job.kind, job.wishes
    session.commit()
    try:
        with database.reading_session() as reader:
            tasks = list(kinds.plan_of(kind)(reader, wishes))
        _make(session, job, attempt, tasks, now, pool)
    except BrokenExecutor:
        # Somebody killed a process of ours, the system for want of memory perhaps: what is made is kept.
        log.exception("a process of job %s died", job_id)
        session.rollback()
        services.put_back(session, job, attempt, now())
        session.commit()
    except Refused as refused:
        _fail(session, job, attempt, refused.refusals, now)
    except Exception:
        # Whatever a kind of job does wrong, the next job must not wait for it.
        log.exception("job %s broke", job_id)
        _fail(session, job, attempt, [Refusal("JOB_BROKEN")], now)


def _make(session: Session, job: Job, attempt: int, tasks: Sequence[Task], now: Now, pool: Pool) -> None:
    if not services.beat(session, job, attempt, now()):
        session.commit()
        return
    open_parts = services.lay_out(session, job, tasks)
    session.commit()
    with _stopping(pool(len(open_parts))) as executor:
        running = {executor.submit(tasks[n - 1].make, *tasks[n - 1].arguments): n for n in open_parts}
        while running:
            made, _rest = wait(running, timeout=BEAT_SECONDS, return_when=FIRST_COMPLETED)
            if not _keep(session, job, attempt, [(running.pop(one), one) for one in made], tasks, now):
                return
    services.finish(session, job, now())
    session.commit()


def _keep(
    session: Session, job: Job, attempt: int, made: Sequence[tuple[int, "Future[bytes]"]],
    tasks: Sequence[Task], now: Now,
) -> bool:  # fmt: skip
    """Keep what was made; say whether to go on. What went wrong with the others is raised afterwards."""
    content = [(number, future.result()) for number, future in made if future.exception() is None]
    own = services.beat(session, job, attempt, now())
    for number, data in content if own else ():
        services.keep_part(session, job, number, tasks[number - 1], data, ref=clock.new_ref(), now=now())
    session.commit()
    for _number, future in made:
        future.result()
    return own


def _fail(session: Session, job: Job, attempt: int, refusals: Sequence[Refusal], now: Now) -> None:
    session.rollback()
    if services.beat(session, job, attempt, now()):
        services.fail(session, job, refusals, now())
    session.commit()


@contextmanager
def _stopping(executor: Executor) -> Iterator[Executor]:
    """Let go of an executor without beginning what has not begun."""
    try:
        yield executor
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
