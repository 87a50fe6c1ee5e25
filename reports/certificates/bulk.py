"""Certificates in bulk, as a job: which files there will be, and how each of them is drawn."""

from collections.abc import Sequence
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from competitions.events.queries import get_event
from core.files.kinds import clean_name
from core.jobs.kinds import Task
from core.refusals import refuse
from reports.certificates import layout, services
from reports.certificates.designs.printing import printing_of
from reports.certificates.drawing import draw_run, draw_singles
from reports.certificates.text import CertificateText

KIND = "certificates"
FORMS = ("one", "unit", "single")
SINGLES = 250  # in one archive


def plan(session: Session, wishes: Any) -> Sequence[Task]:
    """Return the files of a run.

    Shape: `wishes` holds event, form (of FORMS), address (where everybody reaches this server).
    Raises: Refused NO_CERTIFICATES, and what `services.list_printable` finds.
    """
    event = get_event(session, wishes["event"])
    texts = services.list_printable(session, event.id, wishes["address"])
    if not texts:
        raise refuse("NO_CERTIFICATES")
    if wishes["form"] == "unit":
        texts.sort(key=lambda text: text.unit)  # within a unit they stay in the order of issue
    printing = printing_of(session, event)
    folder = current_app.config["SETTINGS"].font_directory
    shared = (str(folder or ""), printing.template, printing.seals, printing.pictures)
    single = wishes["form"] == "single"
    size = SINGLES if single else layout.MOST_PAGES
    tasks = []
    for start in range(0, len(texts), size):
        run = texts[start : start + size]
        name = _file_name(event.name, start, len(run), len(texts))
        if single:
            tasks.append(Task(name, "zip", len(run), draw_singles, (*shared, run, _names(run))))
        else:
            tasks.append(Task(name, "pdf", len(run), draw_run, (*shared, run, wishes["form"] == "unit")))
    return tasks


def _file_name(event: str, start: int, count: int, total: int) -> str:
    """Return the name of a file without its ending; where there are several, with the numbers in it."""
    which = f" {start + 1}-{start + count}" if count < total else ""
    return clean_name(f"{event[:60]} 证书{which}.pdf", "pdf").removesuffix(".pdf")


def _names(texts: Sequence[CertificateText]) -> list[str]:
    """Return a name for each file that any system can keep; the numbers make them different."""
    return [clean_name(f"{text.serial} {text.recipient[:40]}.pdf", "pdf") for text in texts]
