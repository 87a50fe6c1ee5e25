"""Many operations of one device: each with its verdict, marks on several sheets of one event together.

A group is one transaction. Where anything in it is out of the ordinary, nothing of the group was done, and
each of its operations is taken by itself. Nothing is lost by stopping: what is not told is asked for again.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import current_app

from competitions.events.models import Event
from core import clock
from core.database import BUSY, db
from core.refusals import Refused
from scoring.sheets.together import MOST, together
from scoring.tablet import forms, queries
from scoring.tablet.taking import Read, Sender, look_at, take

PATIENCE = timedelta(seconds=4)  # half of what a device waits for its answer
LONG = 4000  # bytes, about twenty marks: what a judge who was not away brings at once is shorter


def is_long(size: int | None) -> bool:
    """Say whether a request of this size brings what has gathered while somebody was away."""
    return size is None or size > LONG


class Group(NamedTuple):
    """Neighbours in a batch; with an event they are marks on sheets of it."""

    event_id: int | None
    batch: list[Read]
    stated: list[Any]

    def takes(self, event_id: int | None) -> bool:
        """Say whether marks on a sheet of this event can be done in the same transaction."""
        return event_id is not None and event_id == self.event_id and len(self.batch) < MOST


def take_all(sender: Sender, stated: Sequence[Any], device: str, begun: datetime) -> list[dict[str, Any]]:
    """Take operations in their order and return a verdict for each one there was time for.

    Whoever gets fewer verdicts than there were operations sends the others again: there was no time left, or
    the database gave way to somebody else.
    """
    told: list[dict[str, Any]] = []
    try:
        for group in list(_groups(stated, device)):
            if clock.now() - begun > PATIENCE:
                break
            done = _taken_together(sender, group, device)
            told += done
            for one in group.stated[len(done) :]:
                told.append(take(sender, one, device))
    except BUSY as busy:
        db.session.rollback()
        current_app.logger.error("no time in the database for a batch", exc_info=busy)
    return told


def _groups(stated: Sequence[Any], device: str) -> Iterator[Group]:
    if len(stated) == 1:  # a judge who waits: all in the transaction that has asked who it is
        yield Group(None, [], list(stated))
        return
    read = [_read(one, device) for one in stated]
    events = queries.events_of(db.session, {one.operation.sheet_ref for one in read if one is not None})
    db.session.rollback()  # whoever holds the sheets reads them anew
    group = Group(None, [], [])
    for one, as_stated in zip(read, stated, strict=True):
        alone = one is None or one.kind != "save"
        event_id = None if one is None or alone else events.get(one.operation.sheet_ref)
        if not group.takes(event_id):
            if group.stated:
                yield group
            group = Group(event_id, [], [])
        group.stated.append(as_stated)
        group.batch.extend([] if one is None else [one])
    yield group


def _read(stated: Any, device: str) -> Read | None:
    try:
        return Read(*forms.read_operation(stated, device), stated)
    except Refused:
        return None  # refused again, and told, where it is taken by itself


def _taken_together(sender: Sender, group: Group, device: str) -> list[dict[str, Any]]:
    """Take a group in one transaction; nothing where it has to be taken one by one."""
    if group.event_id is None or len(group.batch) < 2:
        return []
    operations = [one.operation for one in group.batch]
    try:
        event = db.session.get_one(Event, group.event_id)
        refs, ids = [one.sheet_ref for one in operations], [one.operation_id for one in operations]
        with together(db.session, event, refs, ids):
            told = look_at(sender, group.batch, device)
        db.session.commit()
        return told
    except BUSY:
        raise
    except Exception:  # whatever it is, the one operation that it belongs to meets it again and tells it
        db.session.rollback()
        return []
