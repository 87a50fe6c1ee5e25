"""Closing a round: nothing is left on tablets, in quarantine or unanswered, or the chief judge says why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Event
from core import clock
from core.audit import services as audit
from core.refusals import Refusal, refuse
from scoring.devices import queries
from scoring.devices.models import Call, ClosingWaiver, Device
from scoring.sheets import tablets

NOTHING: Mapping[str, Any] = {"unsent": {}, "held": [], "calls": []}


class Open(NamedTuple):
    """What is open, but for what the chief judge has decided to leave."""

    unsent: list[tuple[Device, int]]
    held: list[int]
    calls: list[Call]

    @property
    def any(self) -> bool:
        """Say whether anything is open."""
        return bool(self.unsent or self.held or self.calls)


def still_open(session: Session, event: Event, now: datetime) -> Open:
    """Return what keeps a round from being closed; a decision covers what it was made about, no more."""
    waiver = queries.find_waiver(session, event.id)
    covered: Mapping[str, Any] = waiver.covers if waiver is not None else NOTHING
    day = now.astimezone(clock.LOCAL).date()
    devices = queries.list_devices(session, event.id, day)
    counts = [(device, tablets.unsent(device, event)) for device in devices]
    return Open(
        [(device, count) for device, count in counts if count > covered["unsent"].get(str(device.id), 0)],
        [number for number in queries.list_open_held_ids(session, event.id) if number not in covered["held"]],
        [call for call in queries.list_open_calls(session, event.id) if call.id not in covered["calls"]],
    )


def nothing_waits(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask that nothing is open on tablets, in quarantine or unanswered when a round is closed."""
    if not queries.is_anything_open(session, event.id):
        return []
    found = still_open(session, event, now)
    counts = {
        "ROUND_UNSENT": sum(count for _device, count in found.unsent),
        "ROUND_HELD": len(found.held),
        "ROUND_CALLS": len(found.calls),
    }
    return [Refusal(code, "", {"count": count}) for code, count in counts.items() if count]


def waive(session: Session, event: Event, reason: str, *, actor_id: int, now: datetime) -> ClosingWaiver:
    """Let a round be closed in spite of what is open now.

    Raises: Refused REASON_NEEDED, ROUND_NOTHING where nothing is open.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    found = still_open(session, event, now)
    if not found.any:
        raise refuse("ROUND_NOTHING", "reason")
    earlier = queries.find_waiver(session, event.id)
    covers = _covers(found, earlier.covers if earlier is not None else None)
    waiver = ClosingWaiver(event_id=event.id, actor_id=actor_id, at=now, reason=reason, covers=covers)
    session.add(waiver)
    session.flush()
    detail = {"reason": reason, **{name: len(value) for name, value in covers.items()}}
    audit.record(
        session, "closing:waive", actor_id=actor_id, subject=f"event:{event.id}", now=now, event_id=event.id,
        detail=detail,
    )  # fmt: skip
    return waiver


def _covers(found: Open, earlier: Mapping[str, Any] | None) -> dict[str, Any]:
    before = earlier or NOTHING
    return {
        "unsent": before["unsent"] | {str(device.id): count for device, count in found.unsent},
        "held": sorted({*before["held"], *found.held}),
        "calls": sorted({*before["calls"], *(call.id for call in found.calls)}),
    }
