"""What the screen of a ceremony and the page before it show; nobody who is covered still is in any of it."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.events.models import Event
from core.i18n import moment
from scoring.ceremonies import queries, rules, services
from scoring.ceremonies.forms import WORDS
from scoring.ceremonies.models import Ceremony
from scoring.ceremonies.rules import Step
from scoring.results.rules import standing_rows
from scoring.results.versions import state_of
from scoring.sheets import queries as sheets

MOST_HONOURED = 8  # names on the last screen


def list_page(session: Session, event: Event) -> dict[str, Any]:
    """Return the ceremonies of an event, and what a new one would uncover."""
    version = services.standing_version(session, event)
    return {
        "version": version,
        "state": state_of(version) if version is not None else None,
        "sealed": event.state == "tabulated",
        "ceremonies": [_listed(session, event, row) for row in queries.list_ceremonies(session, event.id)],
    }


def _listed(session: Session, event: Event, ceremony: Ceremony) -> dict[str, Any]:
    return {
        "ref": ceremony.ref,
        "number": ceremony.version.number,
        "manner": WORDS[ceremony.manner],
        "prepared": _("%(who)s, %(when)s", who=ceremony.prepared_by.name, when=moment(ceremony.prepared_at)),
        "steps": len(_steps(ceremony)),
        "uncovered": [(row.number, row.by.name, row.at) for row in ceremony.uncovered],
        "current": services.is_current(session, event, ceremony.version),
    }


def screen_page(
    session: Session, event: Event, ceremony: Ceremony, number: int | None
) -> dict[str, Any] | None:
    """Return one screen: 0 the title, then a step each, at the end all the best; None for a covered one.

    Shape: without a number it is the step that was uncovered last.
    """
    steps, done = _steps(ceremony), queries.count_uncovered(session, ceremony.id)
    last = done + 1 if done == len(steps) else done
    shown = done if number is None else number
    if not 0 <= shown <= last:
        return None
    uncovered = shown == 0 or shown > len(steps)
    return {
        "ceremony": ceremony,
        "number": shown,
        "steps": len(steps),
        "done": done,
        "last": last,
        "title": name_of(event.competition),
        "name": name_of(event),
        "screen": _end(session, event, steps) if shown > len(steps) else None if uncovered else
                  _screen(session, event, steps[shown - 1]),
        "next": title_of(steps[done]) if done < len(steps) and shown == done else "",
        "current": services.is_current(session, event, ceremony.version),
        "seal": ceremony.version.sha256[:8],
    }  # fmt: skip


def _steps(ceremony: Ceremony) -> list[Step]:
    return rules.plan(standing_rows(ceremony.version.document), ceremony.manner, ceremony.singly)


def title_of(step: Step) -> str:
    """Return what a step uncovers, without anybody's name."""
    ranks = (
        _("Rank %(rank)s", rank=step.best) if step.single
        else _("Ranks %(best)s to %(last)s", best=step.best, last=step.last)
    )  # fmt: skip
    if not step.award:
        return ranks
    if step.single:
        return _("%(award)s · %(rank)s", award=step.award, rank=ranks)
    if step.parts > 1:
        return _("%(award)s (%(part)s of %(parts)s)", award=step.award, part=step.part, parts=step.parts)
    return step.award


def _screen(session: Session, event: Event, step: Step) -> dict[str, Any]:
    return {
        "title": title_of(step),
        "award": bool(step.award) or step.best <= rules.SINGLY,
        "rows": _rows(session, event, step.rows),
        "end": False,
    }


def _end(session: Session, event: Event, steps: list[Step]) -> dict[str, Any]:
    """Return the best once more, the winner first: those who fit on one screen."""
    best = [row for step in steps[::-1] for row in step.rows][:MOST_HONOURED]
    return {"title": _("List of honours"), "award": True, "rows": _rows(session, event, best), "end": True}


def _rows(session: Session, event: Event, rows: Any) -> list[dict[str, Any]]:
    field = {row.code: row for row in sheets.list_field(session, event.id)}
    return [
        {
            "rank": row.rank, "code": row.entry, "total": row.total, "award": row.award,
            "name": field[row.entry].name if row.entry in field else row.entry,
            "unit": field[row.entry].unit if row.entry in field else "",
        }
        for row in rows
    ]  # fmt: skip
