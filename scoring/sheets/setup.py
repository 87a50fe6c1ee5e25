"""What mark sheets add to the life of an event."""

from datetime import datetime

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events import lifecycle, mending, profiles
from competitions.events.models import Event
from competitions.judges import checks
from competitions.judges.guards import panels_are_complete
from competitions.judges.models import Appointment
from competitions.schedule import sources
from core.refusals import Refusal, Refused
from scoring.boards import sources as boards
from scoring.schemes.queries import find_scheme
from scoring.sheets import (
    board,
    check_in,
    corrections,
    handover,
    integrity,
    looks,
    opening,
    queries,
    releases,
    rounds,
    rules,
    seating,
    states,
)
from scoring.sheets.queries import SheetRow

NAMED = 6
# What tabulating says of a sheet by the act that it waits for; None: for its signature.
WAITS = {None: "INCOMPLETE_SHEETS", "confirm": "SHEETS_TO_CONFIRM", "lock": "SHEETS_TO_LOCK"}


def init_app(_app: Flask) -> None:
    """Register when sheets are made and what tabulating needs."""
    boards.register(board.NAME, lambda session, event: board.as_json(board.overall(session, event)))
    lifecycle.register_effect("start_scoring", make_sheets)
    lifecycle.register_guard("tabulate", sheets_locked)
    lifecycle.register_guard("tabulate", looks.nothing_open)
    lifecycle.register_guard("tabulate", check_in.agrees)
    lifecycle.register_guard("tabulate", rounds.nothing_waits)
    mending.register(
        {
            "CHECK_IN_ABSENT": "entries.show_check_in",
            "SHEETS_TO_CONFIRM": "sheets.show_progress",
            "SHEETS_TO_LOCK": "sheets.show_lock",
            "LOOKS_OPEN": "sheets.show_looks",
            "ROUND_UNSENT": "sheets.show_round",
            "ROUND_HELD": "sheets.show_round",
            "ROUND_CALLS": "sheets.show_round",
        }
    )
    for step in ("tabulate", "announce", "finalise"):
        lifecycle.register_guard(step, nothing_tampered)
    for step in ("unblind", "announce", "correct", "finalise", "archive"):
        lifecycle.register_guard(step, corrections.nothing_waits)
    for step in ("announce", "finalise", "archive"):
        lifecycle.register_guard(step, releases.nothing_open)
    for step in ("close_registration", "start_scoring"):
        lifecycle.register_guard(step, panels_fit)
    checks.register_dismissal_guard(nothing_signed)
    checks.register_dismissal_guard(handover.nothing_handed_over)
    checks.register_handing_over(handover.hand_over, handover.list_taken_over)
    sources.register_marked(queries.list_signed_places)


def make_sheets(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Make every judge's sheets when scoring starts; runs after the draw, whose slice registers first."""
    uncovered = panels_are_complete(session, event, now)  # the draw may have been made a moment ago
    if uncovered:
        raise Refused(*uncovered)
    opening.open_sheets(session, event, actor_id=actor_id, now=now)


def nothing_signed(session: Session, appointment: Appointment) -> list[Refusal]:
    """Keep a judge who has signed: a dismissed judge's marks would silently leave the result."""
    signed = queries.count_signed(session, appointment.id)
    return [Refusal("JUDGE_HAS_SIGNED", "reason", {"count": signed})] if signed else []


def nothing_tampered(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a ledger and signed marks that are as they were written."""
    return integrity.refusals(session, event.id)


def panels_fit(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Refuse more judges on a panel than its rule allows, while assignments can still change."""
    scheme = find_scheme(session, event.id)
    if scheme is None:
        return []
    largest: dict[tuple[str, str], int] = {}
    for group in seating.cases(queries.get_seating(session, event.id)):
        for place, judges in rules.panels(scheme, group.seats).items():
            largest[place] = max(largest.get(place, 0), len(judges))
    return [
        Refusal("PANEL_TOO_LARGE", "judges", {"title": aspect.title, "most": most, "judges": judges})
        for (stage, code), judges in largest.items()
        if (aspect := scheme.find_aspect(stage, code)) is not None
        and (most := aspect.panel.max_judges) is not None
        and judges > most
    ]


def sheets_locked(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for every sheet of everybody who competes; those who are absent or out need none.

    Nor is a sheet needed of a judge whom a written decision has taken out of the panel.
    """
    field = queries.list_field(session, event.id)
    counting = {row.code for row in field if row.status in rules.COMPETING}
    sheets = [row for row in queries.list_sheets(session, event.id) if row.entry in counting]
    absences = queries.list_absences(session, event.id)
    open_ones = [
        row
        for row in sheets
        if row.state not in states.CLOSED and not rules.is_excused(absences, row.entry, row.judge, row.stage)
    ]
    if not sheets and counting:
        return [Refusal("NO_SHEETS")]
    closing = profiles.get(event.competition.profile).closing
    waiting: dict[str, list[SheetRow]] = {}
    for row in open_ones:
        waiting.setdefault(WAITS[states.closing_act(row.state, closing)], []).append(row)
    return [_waits(code, waiting[code]) for code in WAITS.values() if code in waiting]


def _waits(code: str, rows: list[SheetRow]) -> Refusal:
    codes = sorted({row.entry for row in rows})
    named = _(", ").join(codes[:NAMED]) + ("…" if len(codes) > NAMED else "")
    return Refusal(code, "", {"count": len(rows), "codes": named})
