"""Jobs as pages show them."""

from typing import Any

from core import refusals
from core.files.kinds import size_words
from core.jobs import queries
from core.jobs.models import Job, JobPart
from core.refusals import Refusal


def files_of(job: Job) -> list[JobPart]:
    """Return the parts of a job that are made."""
    return [part for part in job.parts if part.file_id is not None]


def progress_of(job: Job) -> dict[str, Any]:
    """Return how far a job has come, for the script of a page."""
    return {"state": job.state, "done": job.done, "total": job.total, "files": len(files_of(job))}


def shown(job: Job) -> dict[str, Any]:
    """Return a job with its files, why it was not possible, and until when it is kept."""
    faults = [Refusal(one["code"], one["where"], one["params"]) for one in job.faults]
    return {
        "job": job,
        "files": files_of(job),
        "size": size_words,
        "faults": [refusals.words(fault) for fault in faults],
        "until": job.ended_at + queries.KEPT if job.state == "done" and job.ended_at else None,
    }
