"""Read the draw: only those who may see the map of codes come here."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from accounts.models import User
from competitions.draw import rules
from competitions.draw.models import Draw, DrawSettings, EntryCode
from competitions.draw.rules import Entrant, Settings
from competitions.entries.models import Entry
from competitions.events.models import Approval
from competitions.events.queries import list_steps
from competitions.organisations.models import Unit
from core import canonical
from core.audit.models import AuditRecord
from core.database import asked_once

CONFIRMED = "draw"


class StationRow(NamedTuple):
    """One code and where it is: `batch` only where there are several and the station is no secret."""

    code: str
    station: int | None
    batch: int | None


class CodeRow(NamedTuple):
    """One line of the map of codes; with one batch everybody is in it."""

    code: str
    station: int | None
    batch: int
    number: int
    name: str
    unit: str


def find_draw(session: Session, event_id: int) -> Draw | None:
    """Return the draw of an event."""
    return session.get(Draw, event_id)


class AppearanceRow(NamedTuple):
    """One line of the order of appearance: nobody's name; `code` is None where another layer seals it."""

    batch: int
    position: int | None
    seat: str | None
    code: str | None


class LayerRow(NamedTuple):
    """One line of the map of one layer: what stood before it, and what it gave."""

    before: str | None
    given: str | None


def settings_of(document: Mapping[str, Any]) -> Settings:
    """Return settings as they were stored; what they do not name stands at its default."""
    return Settings(**document)


def find_settings(session: Session, event_id: int) -> Settings:
    """Return how an event is to be drawn."""
    row = session.get(DrawSettings, event_id)
    return settings_of(row.settings) if row is not None else Settings()


class EarlierDraw(NamedTuple):
    """A draw whose codes were taken away when the field was opened again: who, when, and why."""

    drawn_at: datetime
    drawn_by: str
    entries: int
    fingerprint: str
    undone_at: datetime
    undone_by: str
    reason: str


def list_earlier_draws(session: Session, event_id: int) -> list[EarlierDraw]:
    """Return the draws of an event that no longer stand, oldest first, as the chained record has them."""
    made = session.execute(
        select(AuditRecord.at, User.name, AuditRecord.detail)
        .outerjoin(User, User.id == AuditRecord.actor_id)
        .where(AuditRecord.chain == f"event:{event_id}", AuditRecord.action == "draw:make")
        .order_by(AuditRecord.seq)
    )
    undone = [
        (step, who)
        for step, who in reversed(list_steps(session, event_id))
        if (step.from_state, step.to_state) == ("ready", "registration")
    ]
    found = []
    for at, drawn_by, detail in made:
        step, who = next((pair for pair in undone if pair[0].at >= at), (None, ""))
        if step is not None:  # the draw that stands has not been undone
            about = (detail["entries"], detail["seed_sha256"])
            found.append(EarlierDraw(at, drawn_by or "—", *about, step.at, who, step.reason))
    return found


def list_codes(session: Session, event_id: int) -> list[CodeRow]:
    """Return the map of codes, by code."""
    rows = session.execute(
        select(EntryCode.code, EntryCode.station, EntryCode.batch, Entry.number, Entry.name, Unit.name)
        .join(Entry, Entry.id == EntryCode.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(EntryCode.event_id == event_id)
        .order_by(EntryCode.code)
    )
    return [CodeRow(*row) for row in rows]


def list_stations(session: Session, event_id: int) -> list[StationRow]:
    """Return where each code is, without anybody's name, by code."""
    rows = session.execute(
        select(EntryCode.code, EntryCode.station, EntryCode.batch)
        .where(EntryCode.event_id == event_id)
        .order_by(EntryCode.code)
    ).all()
    several = any(row.batch > 1 for row in rows)
    return [StationRow(*row[:2], shown_batch(row.station, row.batch, several=several)) for row in rows]


def how_drawn(session: Session, event_id: int) -> tuple[int, int]:
    """Return how many codes an event has, and in how many layers they were drawn."""
    settings = select(Draw.settings).where(Draw.event_id == event_id).scalar_subquery()
    codes, document = session.execute(
        select(func.count(EntryCode.entry_id), settings).where(EntryCode.event_id == event_id)
    ).one()
    return codes, settings_of(document or {}).layers


def shown_batch(station: int | None, batch: int, *, several: bool) -> int | None:
    """Return the batch that may stand beside a code: none with a sealed station or one batch alone."""
    return batch if several and station is not None else None


def has_batches(event_id: Any) -> Any:
    """Return the condition that the event of this number or column was drawn in several batches."""
    other = aliased(EntryCode)
    return exists().where(other.event_id == event_id, other.batch > 1)


def list_drawable(session: Session, event_id: int) -> list[tuple[int, str]]:
    """Return (number, reference) of the entries that take part in the draw."""
    rows = session.execute(
        select(Entry.id, Entry.ref).where(Entry.event_id == event_id, Entry.review == "approved")
    )
    return [(row.id, row.ref) for row in rows]


@asked_once
def list_entrants(session: Session, event_id: int) -> list[tuple[int, Entrant]]:
    """Return the entries that take part in the draw: their numbers, references and units."""
    rows = session.execute(
        select(Entry.id, Entry.ref, Entry.unit_id).where(
            Entry.event_id == event_id, Entry.review == "approved"
        )
    )
    return [(row.id, Entrant(row.ref, str(row.unit_id))) for row in rows]


def list_appearance(session: Session, event_id: int, layers: int) -> list[AppearanceRow]:
    """Return the order of appearance without anybody's name; with three layers without codes, too."""
    rows = session.execute(
        select(EntryCode.batch, EntryCode.position, EntryCode.seat, EntryCode.station, EntryCode.code)
        .where(EntryCode.event_id == event_id)
        .order_by(EntryCode.batch, EntryCode.position, EntryCode.code)
    )
    return [
        AppearanceRow(
            row.batch,
            row.position,
            row.seat or (str(row.station) if row.station else None),
            None if layers == 3 else row.code,
        )
        for row in rows
    ]


def list_batches(session: Session, event_id: int) -> dict[int, int]:
    """Return the batch of each entry by `Entry.id`, for a page with names; nothing where all come at once.

    Only where three layers seal stations and batches from judges: elsewhere a batch narrows down who a code
    is, and names by batch stand on sealed papers alone.
    """
    draw = find_draw(session, event_id)
    if draw is None or settings_of(draw.settings).layers < 3:
        return {}
    rows = session.execute(
        select(EntryCode.entry_id, EntryCode.batch).where(EntryCode.event_id == event_id)
    )
    batches = {row.entry_id: row.batch for row in rows}
    return batches if len(set(batches.values())) > 1 else {}


def list_layer(session: Session, event_id: int, layer: int, layers: int) -> list[LayerRow]:
    """Return the map of one layer: entrants to their codes, these to places, places to codes of works."""
    given = {1: EntryCode.entrant_code, 2: EntryCode.code if layers == 2 else EntryCode.seat}
    before = {2: EntryCode.entrant_code, 3: EntryCode.seat}
    after = given.get(layer, EntryCode.code)
    if layer > 1:
        rows = session.execute(
            select(before[layer], after).where(EntryCode.event_id == event_id).order_by(after)
        )
        return [LayerRow(row[0], row[1]) for row in rows]
    people = session.execute(
        select(Entry.number, Entry.name, Unit.name, after)
        .join(Entry, Entry.id == EntryCode.entry_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(EntryCode.event_id == event_id)
        .order_by(after)
    )
    return [LayerRow(f"{number} · {name} · {unit}", code) for number, name, unit, code in people]


@asked_once
def list_drawn(session: Session, event_id: int) -> list[rules.Drawn]:
    """Return what every entry has drawn, as it is stored, in the order of the codes."""
    rows = session.execute(
        select(
            Entry.ref, EntryCode.code, EntryCode.station, EntryCode.batch, EntryCode.position,
            EntryCode.seat, EntryCode.entrant_code,
        )
        .join(Entry, Entry.id == EntryCode.entry_id)
        .where(EntryCode.event_id == event_id)
        .order_by(EntryCode.code)
    )  # fmt: skip
    return [rules.Drawn(*row) for row in rows]


def digest_of(session: Session, event_id: int) -> str:
    """Return the SHA-256 of what every entry has drawn: what somebody confirms."""
    return canonical.digest([list(row) for row in list_drawn(session, event_id)])


def find_confirmation(session: Session, draw: Draw) -> Approval | None:
    """Return the newest confirmation of this draw as it stands now."""
    return session.scalar(
        select(Approval)
        .where(
            Approval.event_id == draw.event_id,
            Approval.kind == CONFIRMED,
            Approval.subject_hash == digest_of(session, draw.event_id),
        )
        .order_by(Approval.id.desc())
        .limit(1)
    )


def count_drawable(session: Session, event_id: int) -> int:
    """Return how many entries take part in the draw."""
    approved = select(func.count()).where(Entry.event_id == event_id, Entry.review == "approved")
    return session.scalar(approved) or 0
