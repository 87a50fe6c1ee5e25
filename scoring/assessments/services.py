"""Write what a period is made of: deadlines, targets, self-reports, evidence, spot checks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.services import hold
from core.audit import services as audit
from core.files import services as kept
from core.files.reading import Upload
from core.refusals import Refusal, Refused, refuse
from scoring.assessments import queries, rules
from scoring.assessments.models import Assessment, AssessmentFile, AssessmentPeriod
from scoring.rules.model import Stage
from scoring.rules.numbers import parse_decimal

MOST_FILES, TITLE_LENGTH = 20, 120


class Texts(NamedTuple):
    """What a form states by aspect: values, and a note beside each."""

    values: Mapping[str, str]
    notes: Mapping[str, str]

    def over(self, kept: "Texts") -> "Texts":
        """Return what is kept with this in its place; what a form does not name stays."""
        return Texts({**kept.values, **self.values}, {**kept.notes, **self.notes})


class By(NamedTuple):
    """Who acts, and when."""

    actor_id: int
    now: datetime


def ask(session: Session, event: Event, stage: Stage, due_at: datetime, by: By) -> AssessmentPeriod:
    """Ask the units to report for a stage until a moment.

    Raises: Refused ASSESSMENT_CLOSED, PERIOD_PAST.
    """
    hold(session, event)
    _demand_state(event, rules.PLANNED_IN)
    if due_at <= by.now:
        raise refuse("PERIOD_PAST", "due_at")
    period = queries.find_period(session, event.id, stage.code)
    if period is None:
        period = AssessmentPeriod(event_id=event.id, stage=stage.code)
        session.add(period)
    period.due_at = due_at
    session.flush()
    detail = {"stage": stage.code, "due": due_at.isoformat()}
    _record(session, "assessment:ask", event, f"event:{event.id}", detail, by)
    return period


def set_targets(
    session: Session, event: Event, stage: Stage, targets: Mapping[int, Mapping[str, str]], by: By, *,
    seen: str,
) -> int:  # fmt: skip
    """Set the targets that are named, "" clearing one; return how many entries changed.

    Shape: `seen` is the fingerprint of the targets from which they were changed (queries.targets_seen).
    Raises: Refused ASSESSMENT_CLOSED, ASSESSMENT_CHANGED, and at "<entry>-<aspect>" TARGET_FORM and
    TARGET_CONFIRMED.
    """
    hold(session, event)
    _demand_state(event, rules.PLANNED_IN)
    if seen != queries.targets_seen(session, event.id, stage.code):
        raise refuse("ASSESSMENT_CHANGED")
    changed = _changed_targets(session, event, stage, targets)
    for entry_id, fresh in changed.items():
        row = _row(session, event, entry_id, stage.code)
        row.targets = _said({**row.targets, **fresh})
    session.flush()
    # Saved as they were is an act too: somebody has looked at them and stands by them.
    detail = {"stage": stage.code, "entries": len(changed)}
    _record(session, "assessment:targets", event, f"event:{event.id}", detail, by)
    return len(changed)


def save_report(
    session: Session, event: Event, entry: Entry, stage: Stage, said: Texts, by: By, *, version: int,
    submits: bool,
) -> Assessment:  # fmt: skip
    """Keep what a unit reports of itself; `submits` hands it in, and then it stays as it is.

    What `said` does not name stays as it was kept, "" clears it.

    Raises: Refused ASSESSMENT_CLOSED, REPORT_LATE, REPORT_SUBMITTED, ASSESSMENT_CHANGED, and at each aspect
    ASSESSMENT_VALUE, ASSESSMENT_NOTE, REPORT_MISSING.
    """
    hold(session, event)
    _demand_version(session, entry.id, stage.code, version)
    row = _open_report(session, event, entry, stage, by.now)
    said = said.over(reported_of(row))
    found = wrong(stage, said, row.targets)
    if submits:
        found += [Refusal("REPORT_MISSING", one.code) for one in rules.missing(stage, said.values)]
    if found:
        raise Refused(*found)
    row.reported, row.notes = _said(said.values), _said(said.notes)
    if submits:
        row.state, row.submitted_at, row.submitted_by_id = rules.SUBMITTED, by.now, by.actor_id
        row.return_reason = ""
    session.flush()
    action = "assessment:submit" if submits else "assessment:report"
    _record_of(session, action, event, row, by)
    return row


def add_file(
    session: Session, event: Event, entry: Entry, stage: Stage, aspect: str, upload: Upload, title: str,
    by: By, *, ref: str,
) -> AssessmentFile:  # fmt: skip
    """Add a piece of evidence; without a title its name is one.

    Raises: Refused as `save_report`, and EVIDENCE_MANY, EVIDENCE_AGAIN, EVIDENCE_ASPECT.
    """
    row = _open_report(session, event, entry, stage, by.now)
    if aspect and aspect not in {one.code for one in stage.aspects}:
        raise refuse("EVIDENCE_ASPECT", "aspect")
    if len(row.files) >= MOST_FILES:
        raise refuse("EVIDENCE_MANY", "file", most=MOST_FILES)
    same = next((one for one in row.files if one.file.sha256 == upload.sha256), None)
    if same is not None:
        raise refuse("EVIDENCE_AGAIN", "file", title=same.title)
    session.flush()
    stored = kept.keep(session, upload, ref=ref, now=by.now, actor_id=by.actor_id)
    named = (title or upload.name.rsplit(".", 1)[0])[:TITLE_LENGTH]
    file = AssessmentFile(assessment_id=row.id, aspect=aspect, file_id=stored.id, title=named)
    session.add(file)
    session.flush()
    session.expire(row, ["files"])
    _record_of(session, "assessment:file_add", event, row, by, sha256=stored.sha256)
    return file


def remove_file(
    session: Session, event: Event, entry: Entry, stage: Stage, file: AssessmentFile, by: By
) -> str:
    """Delete a piece of evidence that was not handed in; return the title that it had.

    Raises: Refused as `save_report`.
    """
    row = _open_report(session, event, entry, stage, by.now)
    title, stored = file.title, file.file
    _record_of(session, "assessment:file_remove", event, row, by, sha256=stored.sha256)
    session.delete(file)
    session.flush()
    kept.drop(session, stored)
    session.expire(row, ["files"])
    return title


def record_fetch(session: Session, event: Event, found: AssessmentFile, by: By) -> None:
    """Put on record that somebody takes a piece of evidence."""
    row = session.get_one(Assessment, found.assessment_id)
    _record_of(session, "assessment:file_fetch", event, row, by, sha256=found.file.sha256)


def keep_spot(session: Session, row: Assessment, stage: Stage, said: Texts, by: By) -> None:
    """Keep what was found on the spot, over what was; the caller holds the event and records the act.

    Raises: Refused with ASSESSMENT_VALUE and ASSESSMENT_NOTE at their aspects.
    """
    found = wrong(stage, said, row.targets)
    if found:
        raise Refused(*(Refusal(one.code, f"spot-{one.where}", one.params) for one in found))
    full = said.over(spot_of(row))
    spot = {
        aspect.code: [full.values.get(aspect.code, ""), full.notes.get(aspect.code, "")]
        for aspect in stage.aspects
        if full.values.get(aspect.code) or full.notes.get(aspect.code)
    }
    if spot != dict(row.spot):
        row.spot, row.spot_at, row.spot_by_id = spot, by.now, by.actor_id
    flag_modified(row, "spot")  # so that checked values alone, which stand on the sheets, count as a version


def reported_of(row: Assessment | None) -> Texts:
    """Return what a unit has reported so far."""
    return Texts(dict(row.reported), dict(row.notes)) if row is not None else Texts({}, {})


def spot_of(row: Assessment | None) -> Texts:
    """Return what was found on the spot so far."""
    found = row.spot if row is not None else {}
    return Texts(*({code: said[part] for code, said in found.items()} for part in (0, 1)))


def held_row(session: Session, event: Event, entry: Entry, stage: Stage, version: int) -> Assessment:
    """Return what there is of an entry in a stage, made where there is nothing; the event is held.

    Raises: Refused ASSESSMENT_CHANGED.
    """
    _demand_version(session, entry.id, stage.code, version)
    return _row(session, event, entry.id, stage.code)


def _open_report(session: Session, event: Event, entry: Entry, stage: Stage, now: datetime) -> Assessment:
    hold(session, event)
    _demand_state(event, rules.REPORTED_IN)
    period = queries.find_period(session, event.id, stage.code)
    row = _row(session, event, entry.id, stage.code)
    if row.state == rules.SUBMITTED:
        raise refuse("REPORT_SUBMITTED")
    late = not rules.is_in_time(period.due_at if period is not None else None, now)
    if late and not (row.state == rules.RETURNED and period is not None):
        raise refuse("REPORT_LATE")
    return row


def _row(session: Session, event: Event, entry_id: int, stage: str) -> Assessment:
    row = queries.find_assessment(session, entry_id, stage)
    if row is None:
        row = Assessment(
            event_id=event.id, entry_id=entry_id, stage=stage, targets={}, reported={}, notes={}, spot={}
        )
        session.add(row)
        session.flush()
        row.files = []
    return row


def wrong(stage: Stage, said: Texts, targets: Mapping[str, str]) -> list[Refusal]:
    """Return what is wrong with values and notes: ASSESSMENT_VALUE, ASSESSMENT_NOTE at their aspects."""
    faults = rules.faults(stage, said.values, targets)
    found = [Refusal("ASSESSMENT_VALUE", aspect.code, {"finding": finding}) for aspect, finding in faults]
    long = [one for one in stage.aspects if len(said.notes.get(one.code, "")) > rules.LONGEST_NOTE]
    told = {"maximum": rules.LONGEST_NOTE}
    return found + [Refusal("ASSESSMENT_NOTE", one.code, told) for one in long]


def _changed_targets(
    session: Session, event: Event, stage: Stage, targets: Mapping[int, Mapping[str, str]]
) -> dict[int, dict[str, str]]:
    """Return what is other than kept, by entry.

    Raises: Refused TARGET_FORM, TARGET_CONFIRMED at "<entry>-<aspect>".
    """
    kept = queries.list_targets(session, event.id, stage.code)
    confirmed = queries.list_confirmed(session, event.id, stage.code)
    changed: dict[int, dict[str, str]] = {}
    wrong = []
    for entry, aspect, value in ((e, a, v) for e, own in targets.items() for a, v in own.items()):
        if value == kept.get(entry, {}).get(aspect, ""):
            continue
        changed.setdefault(entry, {})[aspect] = value
        if entry in confirmed:
            wrong.append(Refusal("TARGET_CONFIRMED", f"{entry}-{aspect}"))
        elif value and (parse_decimal(value) or 0) <= 0:
            wrong.append(Refusal("TARGET_FORM", f"{entry}-{aspect}", {"value": value}))
    if wrong:
        raise Refused(*wrong)
    return changed


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in texts.items() if text}


def _demand_state(event: Event, states: frozenset[str]) -> None:
    if event.state not in states:
        raise refuse("ASSESSMENT_CLOSED")


def _demand_version(session: Session, entry_id: int, stage: str, version: int) -> None:
    """Refuse a form that was opened before somebody else saved; 0 is the form of nothing saved yet."""
    row = queries.find_assessment(session, entry_id, stage)
    if version != (row.version if row is not None else 0):
        raise refuse("ASSESSMENT_CHANGED")


def _record_of(
    session: Session, action: str, event: Event, row: Assessment, by: By, **detail: Any
) -> None:
    said = {"entry": row.entry.ref, "stage": row.stage, **detail}
    _record(session, action, event, f"assessment:{row.id}", said, by)


def _record(
    session: Session, action: str, event: Event, subject: str, detail: Mapping[str, Any], by: By
) -> None:
    audit.record(
        session, action, actor_id=by.actor_id, subject=subject, now=by.now, detail=dict(detail),
        event_id=event.id,
    )  # fmt: skip

