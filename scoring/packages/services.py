"""Load a recount package as an event, and write an event as a recount package."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events import services as events
from competitions.events.models import Event, EventStep
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse
from scoring.archive import build_recount_archive
from scoring.packages import field, queries, rules, writing
from scoring.packages.field import Maker, Plan
from scoring.packages.reading import Incoming
from scoring.recount import package_files, zip_package
from scoring.results.rules import Inputs
from scoring.schemes import services as schemes
from scoring.sheets import opening

PRODUCT = "匠赛 Jiangsai"
AS_FAR_AS_IT_GOES = ("tabulate", "announce", "finalise")


class Imported(NamedTuple):
    """The event that a package became, and what keeps it from going further than it has."""

    event: Event
    entries: int
    marks: int
    judges: int
    held_by: list[Refusal]


class Exported(NamedTuple):
    """A package as one file."""

    name: str
    data: bytes
    sha256: str


def import_package(
    session: Session, incoming: Incoming, plan: Plan, *, actor_id: int | None, now: datetime
) -> Imported:
    """Load a package as an event: all of it or, by a refusal, nothing.

    Shape: `incoming` comes from `packages.reading.load_package`, which has refused what has findings.
    Raises: Refused PACKAGE_KNOWN (the same content again without `plan.again`), PACKAGE_TOO_LONG,
    CATALOGUE_KEY, and with the state "final" everything that keeps the event from it.
    """
    by = Maker(actor_id, now)
    database.lock(session, "packages")
    _refuse_known(session, incoming, plan)
    _refuse_too_long(incoming)
    event = field.make_event(session, incoming, plan, by)
    schemes.save_scheme(session, event, incoming.document, reason="", actor_id=actor_id, now=now)
    entries = field.add_entries(session, event, incoming, plan, by)
    judges = field.add_judges(session, event, incoming, plan, by)
    _begin(session, event, incoming, by)
    writing.write_package(session, writing.Field(event, entries, judges), incoming, by)
    _record(session, event, incoming, by)
    held_by = _go_on(session, event, plan, by)
    return Imported(event, len(entries), len(incoming.marks), len(judges), held_by)


def export_package(
    session: Session,
    event: Event,
    inputs: Inputs,
    results: rules.Table | None,
    document: Mapping[str, object],
    names: Mapping[str, tuple[str, str]] | None,
    *,
    title: str,
    actor_id: int,
    now: datetime,
) -> Exported:
    """Return everything that is needed to compute a result again, as one zip; the export is recorded.

    Shape: `results` is the table that is published, None for none; `names` gives (name, unit) by code, or
    None where the reader may not see them.
    """
    data = package_of(inputs, results, document, names)
    exported = Exported(f"{title}.zip", data, sha256(data).hexdigest())
    audit.record(
        session,
        "package:export",
        actor_id=actor_id,
        subject=f"event:{event.id}",
        now=now,
        detail={"sha256": exported.sha256},
        event_id=event.id,
    )
    return exported


def package_of(
    inputs: Inputs,
    results: rules.Table | None,
    document: Mapping[str, object],
    names: Mapping[str, tuple[str, str]] | None,
) -> bytes:
    """Return the zip of a package; shape as `export_package` says."""
    files = package_files(
        document,
        rules.shown_entries(inputs.entries, inputs.scheme, names),
        inputs.marks,
        inputs.assignments,
        inputs.penalties,
        inputs.decisions,
        results=results,
        product=PRODUCT,
        rules=f"scheme/1 recount.pyz sha256:{recount_program().sha256}",
        more=rules.vetoes_file(inputs.vetoes),
    )
    return zip_package(files)


@cache
def recount_program() -> Exported:
    """Return the recount as one file, built from the sources that this process runs."""
    data = build_recount_archive()
    return Exported("recount.pyz", data, sha256(data).hexdigest())


def _refuse_known(session: Session, incoming: Incoming, plan: Plan) -> None:
    known = queries.find_imported(session, incoming.sha256)
    if known is not None and not plan.again:
        raise refuse("PACKAGE_KNOWN", "package", event=known.name, number=known.id)


def _refuse_too_long(incoming: Incoming) -> None:
    judges = {mark.judge for mark in incoming.marks} | {row.judge for row in incoming.assignments or ()}
    found = rules.too_long(incoming.scheme, incoming.entries, sorted(judges), incoming.decisions)
    if found:
        raise Refused(
            *(
                Refusal("PACKAGE_TOO_LONG", row.where, {"text": row.text[:40], "most": row.most})
                for row in found
            )
        )


def _begin(session: Session, event: Event, incoming: Incoming, by: Maker) -> None:
    """Put the event where marks are entered: a package has no registration that could have been open.

    What registration and appointments need is not asked: the contest has been held as the package says.
    """
    event.state = "scoring"
    schemes.freeze_scheme(session, event, by.now)
    reason = f"复算包 {incoming.sha256[:8]}"
    session.add(
        EventStep(
            event_id=event.id, from_state="draft", to_state="scoring", at=by.now, by_id=by.actor_id,
            reason=reason,
        )
    )  # fmt: skip
    session.flush()
    opening.open_sheets(session, event, actor_id=by.actor_id, now=by.now)


def _go_on(session: Session, event: Event, plan: Plan, by: Maker) -> list[Refusal]:
    """Take the steps that the plan asks for; where it asks for none, as many as the package allows."""
    for step in () if plan.state == "scoring" else AS_FAR_AS_IT_GOES:
        refusals = lifecycle.missing(session, event, step, by.now)
        if refusals and plan.state == "final":
            raise Refused(*refusals)
        if refusals:
            return refusals
        events.take_step(session, event, step, actor_id=by.actor_id, now=by.now)
    return []


def _record(session: Session, event: Event, incoming: Incoming, by: Maker) -> None:
    audit.record(
        session,
        queries.IMPORTED,
        actor_id=by.actor_id,
        subject=f"event:{event.id}",
        now=by.now,
        detail={
            "sha256": incoming.sha256,
            "entries": len(incoming.entries),
            "marks": len(incoming.marks),
        },
        event_id=event.id,
    )
