"""What the board shows beside the sheets: the judges' tablets, calls for the chief judge, what waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from competitions.draw.wording import station_words
from competitions.events.models import Event
from core import clock
from core.i18n import moment
from scoring.devices import queries, rules
from scoring.devices.models import Call, Device, Nudge
from scoring.devices.rules import Facts, facts_of
from scoring.sheets.places import CodedPlace, places_of
from scoring.sheets.rules import judge_order

CALLS: dict[str, Any] = {
    "safety": _l("Safety"),
    "equipment": _l("Equipment"),
    "rules": _l("Rules or scheme"),
    "entrant": _l("About an entrant"),
    "other": _l("Something else"),
    "absent": _l("Did not come"),
    "gave_up": _l("Gave up before beginning"),
    "stopped": _l("Stopped on the way"),
    "breach": _l("Breach of discipline"),
}
NUDGES: dict[str, Any] = {
    "connect": _l("Connect and upload"),
    "finish": _l("Finish and sign open sheets"),
    "desk": _l("Come to the desk"),
}


class Attendance(NamedTuple):
    """The devices of an event's judges, what they ask, what they are asked, and what is in quarantine."""

    devices: Sequence[Device]
    calls: Sequence[Call]
    nudges: Mapping[int, Nudge]
    held: Sequence[int]


def attendance(session: Session, event: Event, now: datetime) -> Attendance:
    """Return how the tablets of an event stand now; two statements where no tablet has come by."""
    devices = queries.list_devices(session, event.id, now.astimezone(clock.LOCAL).date())
    nudges = queries.list_nudged(session, event.id) if devices else {}
    if not queries.is_anything_open(session, event.id):
        return Attendance(devices, (), nudges, ())
    calls, held = queries.list_open_calls(session, event.id), queries.list_open_held_ids(session, event.id)
    return Attendance(devices, calls, nudges, held)


def fingerprint(found: Attendance, event: Event, now: datetime) -> list[Any]:
    """Return everything of it that a board shows: a contact that changes nothing there changes nothing."""
    return [
        [_shown(device, event, now) for device in found.devices],
        [[call.id, call.state] for call in found.calls],
        [[nudge.id, nudge.seen_at is not None] for nudge in found.nudges.values()],
        list(found.held),
    ]


def _shown(device: Device, event: Event, now: datetime) -> list[Any]:
    facts, online = facts_of(device.facts), rules.is_online(device.last_at, now)
    last = "" if online else device.last_at.isoformat()
    state = [facts.current, _problems(facts), rules.step_of_ten(facts.battery), facts.charging]
    return [device.id, last, unsent(device, event), device.revoked_at is not None, *state]


def unsent(device: Device, event: Event) -> int:
    """Return how much of an event waits on a device, as far as it could tell."""
    return int(device.unsent.get(str(event.id), 0))


def device_row(device: Device, event: Event, now: datetime) -> dict[str, Any]:
    """Return one tablet in words."""
    facts = facts_of(device.facts)
    problems = [str(PROBLEMS[name]) for name in _problems(facts)]
    return {
        "device": device,
        "name": rules.short_name(device.ref),
        "contact": _contact(device, now),
        "unsent": unsent(device, event),
        "battery": _battery(facts),
        "low": facts.battery is not None and facts.battery <= rules.LOW_BATTERY and not facts.charging,
        "version": _("current") if facts.current else _("older version"),
        "current": facts.current,
        "problems": problems,
        "checked": device.checked_at,
    }


def _contact(device: Device, now: datetime) -> tuple[str, str]:
    if device.revoked_at is not None:
        return "off", _("Taken out of service")
    if rules.is_online(device.last_at, now):
        return "ok", _("Online")
    return "warn", _("Offline since %(time)s", time=_time(device.last_at, now))


def _time(when: datetime, now: datetime) -> str:
    local = when.astimezone(clock.LOCAL)
    return f"{local:%H:%M}" if local.date() == now.astimezone(clock.LOCAL).date() else moment(when)


def _battery(facts: Facts) -> str:
    step = rules.step_of_ten(facts.battery)
    if step is None:
        return ""
    words = _("%(number)s %%, charging", number=step) if facts.charging else f"{step} %"
    return str(words)


PROBLEMS: dict[str, Any] = {
    "secure": _l("no HTTPS"),
    "worker": _l("does not open offline"),
    "persisted": _l("storage not protected"),
    "clock": _l("clock is wrong"),
}


def _problems(facts: Facts) -> list[str]:
    """Return what the device check would find that somebody at the board can do something about."""
    wrong = {
        "secure": not facts.secure,
        "worker": facts.secure and not facts.worker,
        "persisted": facts.persisted is False,
        "clock": facts.skew is not None and abs(facts.skew) > rules.CLOCK_SLIP,
    }
    return [name for name in PROBLEMS if wrong[name]]


def call_rows(session: Session, event: Event, found: Attendance, now: datetime) -> list[dict[str, Any]]:
    """Return the calls that wait: who, where, why, since when."""
    codes = queries.judge_codes(session, event.id) if found.calls else {}
    places = places_of(session, {call.sheet_id for call in found.calls if call.sheet_id})
    return [
        {
            "id": call.id,
            "judge": codes.get(call.user_id, ""),
            "place": places.get(call.sheet_id or 0),
            "station": _station(places.get(call.sheet_id or 0)),
            "reason": str(CALLS[call.reason]),
            "time": _time(call.received_at, now),
            "coming": call.state == "coming",
            "status": rules.REPORTS.get(call.reason, ""),
        }
        for call in found.calls
    ]


def _station(place: CodedPlace | None) -> str:
    return station_words(place.station, place.batch) if place is not None and place.station else ""


def judge_rows(
    session: Session, event: Event, found: Attendance, progress: Sequence[dict[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """Return each judge with the own tablets: who has most to do first, who works here no more last."""
    codes = queries.judge_codes(session, event.id) if found.devices else {}
    users = {code: user for user, code in codes.items()}
    by_user: dict[int, list[Device]] = {}
    for device in found.devices:
        by_user.setdefault(device.user_id, []).append(device)
    known = {row["judge"] for row in progress}
    gone = sorted({codes[user] for user in by_user} - known, key=judge_order)
    rows = [*progress, *({"judge": code, "name": "", "done": 0, "all": 0} for code in gone)]
    return [
        row
        | {
            "tablets": [device_row(one, event, now) for one in by_user.get(users.get(row["judge"], 0), [])],
            "nudge": _nudged(found.nudges.get(users.get(row["judge"], 0)), now),
        }
        for row in rows
    ]


def judge_tablets(session: Session, event: Event, judge: str, now: datetime) -> dict[str, Any]:
    """Return the tablets of one judge, what the judge can be asked by them, and what was asked last."""
    there = attendance(session, event, now)
    if not there.devices:
        return {"tablets": [], "nudges": [], "nudged": ""}
    mine = {user for user, code in queries.judge_codes(session, event.id).items() if code == judge}
    tablets = [device_row(device, event, now) for device in there.devices if device.user_id in mine]
    reached = any(row["device"].revoked_at is None for row in tablets)
    return {
        "tablets": tablets,
        "nudges": list(NUDGES.items()) if reached and event.state == "scoring" else [],
        "nudged": next((_nudged(there.nudges[user], now) for user in mine if user in there.nudges), ""),
    }


def count_online(found: Attendance, now: datetime) -> tuple[int, int]:
    """Return how many tablets are there now, and how many were in use today."""
    used = [device for device in found.devices if device.revoked_at is None]
    return sum(rules.is_online(device.last_at, now) for device in used), len(used)


def _nudged(nudge: Nudge | None, now: datetime) -> str:
    if nudge is None:
        return ""
    if nudge.seen_at is not None:
        return _("Asked, seen %(time)s", time=_time(nudge.seen_at, now))
    return _("Asked %(time)s", time=_time(nudge.sent_at, now))
