"""Write jobs: begin, cancel, claim, keep what was made, end, drop what is old."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core import database
from core.audit import services as audit
from core.files import services as files
from core.files.reading import Upload
from core.jobs import queries
from core.jobs.kinds import Task
from core.jobs.models import Job, JobPart
from core.refusals import Refusal, refuse

MOST_ATTEMPTS = 3


def start(
    session: Session, kind: str, subject: str, wishes: Any, *, ref: str, actor_id: int, now: datetime,
    event_id: int | None = None,
) -> Job:  # fmt: skip
    """Put a job into the queue; `core.jobs.keeper.wake` after the commit lets it begin at once.

    Raises: Refused JOB_UNFINISHED where another one of this subject is not finished.
    """
    database.lock(session, f"jobs:{subject}")
    if queries.find_unfinished(session, subject) is not None:
        raise refuse("JOB_UNFINISHED")
    job = Job(
        ref=ref, kind=kind, subject=subject, wishes=wishes, state="waiting", created_at=now,
        created_by_id=actor_id,
    )  # fmt: skip
    session.add(job)
    session.flush()
    audit.record(
        session, "job:start", actor_id=actor_id, subject=f"job:{job.id}", now=now, event_id=event_id,
        detail={"kind": kind, "wishes": wishes},
    )  # fmt: skip
    return job


def cancel(session: Session, job: Job, *, actor_id: int, now: datetime, event_id: int | None = None) -> None:
    """End a job that nobody wants any more; what it has made goes. A worker stops within seconds.

    Raises: Refused JOB_ENDED.
    """
    _hold(session, job)
    if job.state not in queries.UNFINISHED:
        raise refuse("JOB_ENDED")
    job.cancelled_at = now
    _end(session, job, "cancelled", now)
    audit.record(
        session, "job:cancel", actor_id=actor_id, subject=f"job:{job.id}", now=now, event_id=event_id,
        detail={"kind": job.kind},
    )  # fmt: skip


def claim(session: Session, now: datetime) -> Job | None:
    """Give the next job to a worker; a job whose worker died goes on where it stood, three times at most."""
    database.lock(session, "jobs")
    while (job := queries.next_job(session, now)) is not None:
        _hold(session, job)
        if job.state not in queries.UNFINISHED:
            continue  # cancelled a moment ago
        if job.attempts < MOST_ATTEMPTS:
            job.state, job.beat_at, job.attempts = "running", now, job.attempts + 1
            session.flush()
            return job
        fail(session, job, [Refusal("JOB_BROKEN")], now)
    return None


def beat(session: Session, job: Job, attempt: int, now: datetime) -> bool:
    """Give a sign of life; say whether the job still is this worker's."""
    _hold(session, job)
    if job.state != "running" or job.attempts != attempt:
        return False
    job.beat_at = now
    session.flush()
    return True


def put_back(session: Session, job: Job, attempt: int, now: datetime) -> None:
    """Let a job go on where it stood, by whichever worker claims it next."""
    if beat(session, job, attempt, now):
        job.state = "waiting"
        session.flush()


def lay_out(session: Session, job: Job, tasks: Sequence[Task]) -> list[int]:
    """Write down the parts of a job; return the numbers of those that are still to be made.

    A job that is taken up again keeps what was made, unless the work is another one by now.
    """
    wanted = [(number, _file_name(task), task.size) for number, task in enumerate(tasks, start=1)]
    if [(part.number, part.name, part.size) for part in job.parts] != wanted:
        _drop_parts(session, job)
        for number, name, size in wanted:
            job.parts.append(JobPart(number=number, name=name, size=size))
    job.total = sum(size for _number, _name, size in wanted)
    job.done = sum(part.size for part in job.parts if part.file_id is not None)
    session.flush()
    return [part.number for part in job.parts if part.file_id is None]


def keep_part(
    session: Session, job: Job, number: int, task: Task, made: bytes, *, ref: str, now: datetime
) -> None:
    """Keep the file of a part; the caller has just found that the job is its own."""
    part = next(part for part in job.parts if part.number == number)
    upload = Upload(part.name, task.kind, made)
    part.file_id = files.keep(session, upload, ref=ref, now=now, actor_id=job.created_by_id).id
    job.done += part.size
    session.flush()


def finish(session: Session, job: Job, attempt: int, now: datetime) -> None:
    """End a job whose parts are all made, unless somebody has just cancelled it."""
    if beat(session, job, attempt, now):
        _end(session, job, "done", now)


def fail(session: Session, job: Job, refusals: Sequence[Refusal], now: datetime) -> None:
    """End a job that cannot be done, with the reasons."""
    job.faults = [
        {"code": one.code, "where": one.where, "params": {k: str(v) for k, v in one.params.items()}}
        for one in refusals
    ]
    _end(session, job, "failed", now)


def drop_expired(session: Session, now: datetime) -> int:
    """Delete the files of jobs that ended seven days ago; return of how many jobs."""
    expired = queries.list_expired(session, now)
    for job in expired:
        job.dropped_at = now
        _drop_parts(session, job)
    return len(expired)


def _end(session: Session, job: Job, state: str, now: datetime) -> None:
    job.state, job.ended_at = state, now
    if state != "done":
        job.dropped_at = now
        _drop_parts(session, job)
    session.flush()


def _drop_parts(session: Session, job: Job) -> None:
    gone = [part.file for part in job.parts if part.file is not None]
    job.parts.clear()
    session.flush()
    for stored in gone:
        files.drop(session, stored)


def _hold(session: Session, job: Job) -> None:
    """Keep everybody else from changing a job until this transaction ends, and read it as it is now."""
    database.lock(session, f"job:{job.id}")
    session.refresh(job)


def _file_name(task: Task) -> str:
    return f"{task.name}.{task.kind}"
