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
from pathlib import Path
from tempfile import TemporaryDirectory

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
    with TemporaryDirectory(prefix="jiangsai-job-") as folder, _stopping(pool(len(open_parts))) as executor:
        paths = {number: Path(folder, str(number)) for number in open_parts}
        running = {_begin(executor, tasks[number - 1], path): number for number, path in paths.items()}
        while running:
            made, _rest = wait(running, timeout=BEAT_SECONDS, return_when=FIRST_COMPLETED)
            numbers = {one: running.pop(one) for one in made}
            good = [number for one, number in numbers.items() if one.exception() is None]
            if not _keep(session, job, attempt, [(tasks[n - 1], n, paths[n]) for n in good], now):
                return
            for one in made:
                one.result()  # what went wrong is raised when what went well is kept
    services.finish(session, job, attempt, now())
    session.commit()


def _begin(executor: Executor, task: Task, path: Path) -> "Future[None]":
    return executor.submit(_write, path, task.make, *task.arguments)


def _write(path: Path, make: Callable[..., bytes], *arguments: object) -> None:
    """Make a part in a process of its own: through a file, or every finished part would lie in memory."""
    path.write_bytes(make(*arguments))


def _keep(
    session: Session, job: Job, attempt: int, made: Sequence[tuple[Task, int, Path]], now: Now
) -> bool:
    """Keep what was made, a part at a time; say whether to go on."""
    own = services.beat(session, job, attempt, now())
    session.commit()
    for task, number, path in made:
        own = services.beat(session, job, attempt, now())
        if own:
            services.keep_part(session, job, number, task, path.read_bytes(), ref=clock.new_ref(), now=now())
        session.commit()
        path.unlink()
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
