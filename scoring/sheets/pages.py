"""What the pages of the progress show, as plain values for their templates."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.events import lifecycle, mending, profiles
from competitions.events.frame import may_step
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.rules import reached
from competitions.fields import page_of
from competitions.judges.queries import list_appointments
from core import clock
from core.refusals import Refusal, words
from scoring.boards import queries as boards
from scoring.boards.models import BoardAct
from scoring.devices import queries as devices
from scoring.rules.model import Scheme
from scoring.schemes.queries import get_scheme
from scoring.sheets import board, queries, rounds, setup, tablets
from scoring.sheets.board import Overall, Standing, Wanted
from scoring.sheets.queries import DecisionRow
from scoring.sheets.tablets import Attendance

DECISIONS: dict[str, Any] = {
    "order": _l("Order decided in writing"),
    "award": _l("Award decided in writing"),
    "absent_judge": _l("Judge absent"),
    "checked_in": _l("Checked in"),
}
CHIPS = {
    "signed": "ok", "locked": "ok", "corrected": "ok", "returned": "warn", "absent": "off", "excused": "off",
    "waiting": "off",
}  # fmt: skip
LARGE_FIELD = 2000
# A status still matters until the result is final; then only marks are corrected, by release.
STATUS_STATES = frozenset({"scoring", "tabulated", "announced"})


class Rights(NamedTuple):
    """What the signed-in user may do on these pages now."""

    read: bool
    reopen: bool
    lock: bool
    status: bool
    penalty: bool
    absence: bool
    withdraw: bool
    tabulate: bool
    appoint: bool
    attend: bool
    decide: bool
    waive: bool


def rights(session: Session, event: Event) -> Rights:
    """Return what the signed-in user may do with this event's sheets, as its state allows."""
    path = event_path(session, event)
    locks = "lock" in profiles.get(event.competition.profile).closing
    return Rights(
        read=may("result.view", path),
        reopen=may("sheet.reopen", path, event.state),
        lock=locks and may("sheet.lock", path, event.state),
        status=may("entry.status", path) and event.state in STATUS_STATES,
        penalty=may("penalty.give", path, event.state),
        absence=may("decision.record", path) and event.state == "scoring",
        withdraw=may("decision.record", path) and event.state in STATUS_STATES,
        tabulate=may_step(event, "tabulate"),
        appoint=may("judge.appoint", path),
        attend=may("device.attend", path),
        decide=may("quarantine.decide", path),
        waive=may("closing.waive", path, event.state),
    )


def progress_page(session: Session, event: Event, wanted: Wanted, now: datetime) -> dict[str, Any]:
    """Return the board of one stage (the first unfinished one by default) with what stands beside it."""
    frozen = boards.find_freeze(session, event.id) if wanted.screen else None
    found, there = _overall(session, event, frozen), tablets.attendance(session, event, now)
    page_facts = {
        "frozen_at": frozen.at if frozen is not None else None,
        "began": reached(event.state, "scoring") or bool(found and found.standings),
        "as_of": (frozen.at if frozen else now).astimezone(clock.LOCAL).strftime("%H:%M:%S"),
        "rights": rights(session, event),
        "has_chief": queries.has_chief_judge(session, event_path(session, event)),
        "judges_url": mending.page_for(Refusal("", "judges"), event),
    }
    if found is None or not found.scheme.stages:
        return page_facts | {"board": None, "began": False}
    chosen = found.scheme.find_stage(wanted.stage) or board.first_unfinished(found)
    codes = board.shown_codes(found, chosen, wanted)
    number, pages = page_of(wanted.page, len(codes), wanted.size)
    here = codes[(number - 1) * wanted.size : number * wanted.size]
    return page_facts | {
        "board": board.stage_board(found, chosen, here, wanted),
        "page": number,
        "pages": pages,
        "entries": len(codes),
        "wanted": wanted,
        "tabs": _tabs(event, found, chosen.code),
        "judges": _judges(session, event, found, there, now),
        "calls": tablets.call_rows(session, event, there, now),
        "held": len(there.held),
        "online": tablets.count_online(there, now),
        "to_lock": sum(standing.state == "to_lock" for standing in found.standings),
        "missing": _missing(session, event, found, now) if event.state == "scoring" else [],
    }


def _overall(session: Session, event: Event, frozen: BoardAct | None) -> Overall | None:
    """Return how all sheets stand, on a frozen screen as they stood at that moment."""
    if frozen is None:
        return board.overall(session, event)
    return board.from_json(get_scheme(session, event.id), frozen.content.get(board.NAME, []))


def _judges(
    session: Session, event: Event, found: Overall, there: Attendance, now: datetime
) -> list[dict[str, Any]]:
    names = _judge_names(session, event)
    progress = [row | {"name": names.get(row["judge"], "")} for row in board.judges_progress(found)]
    return tablets.judge_rows(session, event, there, progress, now)


def round_page(session: Session, event: Event, now: datetime) -> dict[str, Any]:
    """Return what keeps a round from being closed."""
    found, codes = rounds.still_open(session, event, now), devices.judge_codes(session, event.id)
    there = tablets.attendance(session, event, now)._replace(calls=found.calls, held=found.held)
    return {
        "found": found,
        "unsent": [
            {"judge": codes[device.user_id], "tablet": tablets.device_row(device, event, now)}
            for device, _count in found.unsent
        ],
        "calls": tablets.call_rows(session, event, there, now),
        "rights": rights(session, event),
    }


def _tabs(event: Event, found: Overall, chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "label": tab["stage"].title,
            "count": f"{tab['done']} / {tab['all']}",
            "url": url_for("sheets.show_progress", event_id=event.id, stage=tab["stage"].code),
            "current": tab["stage"].code == chosen,
        }
        for tab in board.stage_tabs(found)
    ]


def _judge_names(session: Session, event: Event) -> dict[str, str]:
    return {judge.code: judge.user.name for judge in list_appointments(session, event.id)}


def _missing(session: Session, event: Event, found: Overall, now: datetime) -> list[Any]:
    """Return why the result cannot be tabulated yet, with the page that mends it where it is another one.

    Of a very large field only the open sheets are told while there are any: what the marks themselves still
    miss needs the whole result to be counted, too much to be asked every few seconds.
    """
    open_sheets = setup.sheets_locked(session, event, now)
    if open_sheets and len(found.statuses) > LARGE_FIELD:
        return [words(refusal) for refusal in open_sheets]
    here = url_for("sheets.show_progress", event_id=event.id)
    reasons: list[Any] = []
    for refusal in lifecycle.missing(session, event, "tabulate", now):
        url = mending.page_for(refusal, event)
        reasons.append({"label": words(refusal), "url": url} if url not in (None, here) else words(refusal))
    return reasons


def entry_page(session: Session, event: Event, code: str) -> dict[str, Any] | None:
    """Return one entry with its sheets, its status, penalties and decisions; None for an unknown code."""
    entry = queries.find_marked_entry(session, event.id, code)
    found = board.overall(session, event)
    if entry is None or found is None:
        return None
    allowed = rights(session, event)
    return {
        "code": code,
        "entry": entry,
        "status": board.STATUSES[entry.status],
        "sheets": _sheet_rows(found, [s for s in found.standings if s.row.entry == code]),
        "penalties": [row for row in queries.list_penalties(session, event.id) if row.entry == code],
        "decisions": decision_rows(
            found.scheme, [row for row in queries.list_decisions(session, event.id) if row.entry == code]
        ),
        "rights": allowed,
        "has_chief": queries.has_chief_judge(session, event_path(session, event)),
    }


def judge_page(session: Session, event: Event, judge: str, now: datetime) -> dict[str, Any] | None:
    """Return one judge with the own sheets, absences and tablets; None for a judge without sheets."""
    found = board.overall(session, event)
    mine = [s for s in found.standings if s.row.judge == judge] if found else []
    if found is None or not mine:
        return None
    decisions = [
        row
        for row in queries.list_decisions(session, event.id)
        if row.kind == "absent_judge" and row.judge == judge
    ]
    return {
        "judge": judge,
        "name": _judge_names(session, event).get(judge, ""),
        "sheets": _sheet_rows(found, mine),
        "open": [standing.row for standing in mine if standing.unsigned],
        "decisions": decision_rows(found.scheme, decisions),
        "stages": [(s.code, s.title) for s in found.scheme.stages if s.code in {m.row.stage for m in mine}],
        "rights": rights(session, event),
        **tablets.judge_tablets(session, event, judge, now),
    }


def _sheet_rows(found: Overall, standings: Sequence[Standing]) -> list[dict[str, Any]]:
    rows = []
    for standing in standings:
        stage = found.scheme.find_stage(standing.row.stage)
        if stage is None:
            continue
        rows.append(
            {
                "row": standing.row,
                "stage": stage.title,
                "state": standing.state,
                "returnable": standing.returnable,
                "chip": (CHIPS.get(standing.state, "info"), board.label_of(standing, stage)),
            }
        )
    return rows


def decision_rows(scheme: Scheme, decisions: Sequence[DecisionRow]) -> list[dict[str, Any]]:
    """Return decisions in words."""
    return [
        {"row": row, "kind": DECISIONS[row.kind], "what": _decided(scheme, row)} for row in decisions
    ]


def _decided(scheme: Scheme, row: DecisionRow) -> str:
    if row.kind == "absent_judge":
        stage = scheme.find_stage(row.stage)
        place = " · ".join(part for part in (stage.title if stage else "", row.aspect) if part)
        return f"{row.judge} · {place}" if place else row.judge
    if row.kind == "order":
        return _("place %(number)s among equals", number=row.value)
    return row.value or _("no award")
