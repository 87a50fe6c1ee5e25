"""What waits for the chief judge, as plain values: sheet by sheet, each value beside the one that stands."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.devices import queries as devices
from scoring.devices import rules
from scoring.devices.models import HeldOperation
from scoring.rules.model import Scheme
from scoring.schemes.queries import find_scheme
from scoring.sheets.rules import MarkKey, judge_order
from scoring.tablet.quarantine import queries
from scoring.tablet.quarantine.queries import Place

REASONS: dict[str, Any] = {
    rules.DEVICE_REVOKED: _l("Device out of service"),
    rules.APPOINTMENT_ENDED: _l("The judge’s work was ended"),
    rules.CARD_REVOKED: _l("Judge card revoked"),
}
DECIDED: dict[str, Any] = {"taken": _l("Taken over"), "dismissed": _l("Dismissed")}
MOST_DECIDED = 100


def quarantine_page(session: Session, event: Event) -> dict[str, Any]:
    """Return everything that waits, by judge and entry, and what was decided last."""
    waiting = devices.list_open_held(session, event.id)
    decided = devices.list_decided_held(session, event.id, MOST_DECIDED)
    sheet_ids = {held.sheet_id for held in [*waiting, *decided]}
    places = queries.list_places(session, sheet_ids)
    marks = queries.list_marks(session, {held.sheet_id for held in waiting})
    scheme = find_scheme(session, event.id)
    by_sheet: dict[int, list[HeldOperation]] = {}
    for held in waiting:
        by_sheet.setdefault(held.sheet_id, []).append(held)
    groups = [_group(scheme, places[number], mine, marks[number]) for number, mine in by_sheet.items()]
    return {
        "groups": sorted(groups, key=lambda group: (judge_order(group["judge"]), group["entry"])),
        "decided": [_decided(scheme, places[held.sheet_id], held) for held in decided],
    }


def _group(
    scheme: Scheme | None, place: Place, waiting: Sequence[HeldOperation], now: dict[MarkKey, str]
) -> dict[str, Any]:
    return {
        "ref": place.sheet.ref,
        "judge": place.judge,
        "entry": place.entry,
        "stage": _stage_title(scheme, place),
        "ended": place.ended,
        "version": place.sheet.version,
        "shown": " ".join(str(held.id) for held in waiting),
        "reasons": [str(REASONS[reason]) for reason in dict.fromkeys(held.reason for held in waiting)],
        "devices": list(dict.fromkeys(rules.short_name(held.device) for held in waiting)),
        "received": waiting[0].received_at,
        "signed": any(held.stated["kind"] == "sign" for held in waiting),
        "rows": _rows(scheme, place, waiting, now),
    }


def _stage_title(scheme: Scheme | None, place: Place) -> str:
    stage = scheme.find_stage(place.sheet.stage) if scheme is not None else None
    return stage.title if stage is not None else place.sheet.stage


def _rows(
    scheme: Scheme | None, place: Place, waiting: Sequence[HeldOperation], now: dict[MarkKey, str]
) -> list[dict[str, Any]]:
    """Return each value that waits, the last one of a place, beside the one that stands."""
    held = {MarkKey(row[0], row[1]): row[2] for one in waiting for row in one.stated["marks"]}
    return [
        {
            "title": _titled(scheme, place.sheet.stage, key),
            "held": value or _("blank"),
            "now": now.get(key, ""),
            "same": now.get(key, "") == value,
        }
        for key, value in sorted(held.items())
    ]


def _titled(scheme: Scheme | None, stage: str, key: MarkKey) -> str:
    aspect = scheme.find_aspect(stage, key.aspect) if scheme is not None else None
    title = (aspect.title if aspect is not None else "") or key.aspect
    return title if key.attempt == 1 else _("%(title)s, attempt %(number)s", title=title, number=key.attempt)


def _decided(scheme: Scheme | None, place: Place, held: HeldOperation) -> dict[str, Any]:
    return {
        "judge": place.judge,
        "entry": place.entry,
        "stage": _stage_title(scheme, place),
        "device": rules.short_name(held.device),
        "received": held.received_at,
        "rows": _rows(scheme, place, [held], {}),
        "state": str(DECIDED[held.state]),
        "kind": "ok" if held.state == "taken" else "off",
        "reason": held.decision,
        "at": held.decided_at,
    }
