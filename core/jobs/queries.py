"""Read jobs."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from core.jobs.models import Job, JobPart

LEASE = timedelta(seconds=30)  # silent for so long, a worker is taken for dead
KEPT = timedelta(days=7)
UNFINISHED = ("waiting", "running")


def find_job(session: Session, ref: str) -> Job | None:
    """Return a job with its parts, without what is in their files."""
    return session.scalar(
        select(Job).where(Job.ref == ref).options(selectinload(Job.parts).joinedload(JobPart.file))
    )


def list_jobs(session: Session, subject: str, limit: int = 10) -> list[Job]:
    """Return the newest jobs of a subject, the last first."""
    return list(
        session.scalars(
            select(Job).where(Job.subject == subject).order_by(Job.id.desc()).limit(limit)
            .options(selectinload(Job.parts).joinedload(JobPart.file))
        )
    )  # fmt: skip


def find_unfinished(session: Session, subject: str) -> Job | None:
    """Return the job of a subject that waits or runs."""
    return session.scalar(select(Job).where(Job.subject == subject, Job.state.in_(UNFINISHED)))


def next_job(session: Session, now: datetime) -> Job | None:
    """Return the oldest job that waits, or whose worker is silent."""
    silent = and_(Job.state == "running", Job.beat_at < now - LEASE)
    free = or_(Job.state == "waiting", silent)
    return session.scalar(select(Job).where(free).order_by(Job.id).limit(1))


def list_expired(session: Session, now: datetime) -> list[Job]:
    """Return the jobs whose files have been kept long enough."""
    return list(session.scalars(select(Job).where(_expired(now)).options(selectinload(Job.parts))))


def is_anything_to_do(session: Session, now: datetime) -> bool:
    """Say whether a worker would find something."""
    return next_job(session, now) is not None or bool(session.scalar(select(exists().where(_expired(now)))))


def _expired(now: datetime) -> ColumnElement[bool]:
    return and_(Job.ended_at < now - KEPT, Job.dropped_at.is_(None))
