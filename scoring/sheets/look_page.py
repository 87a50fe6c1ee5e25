"""The values that judges were asked to look at again, as the chief judge reads them; codes only."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.events.models import Event
from competitions.judges.models import Appointment
from scoring.rules.model import Scheme
from scoring.schemes.queries import find_scheme
from scoring.sheets import looks, pages
from scoring.sheets.models import SecondLook, Sheet
from scoring.sheets.wording import mark_words

OUTCOMES: dict[str, tuple[str, Any]] = {
    "": ("info", _l("Asked")),
    "kept": ("ok", _l("Value kept")),
    "changed": ("ok", _l("Value changed")),
    "ended": ("off", _l("Request ended")),
}


class Row(NamedTuple):
    """One value that was asked about; `apart`: its panel is still further apart than the scheme allows."""

    entry: str
    judge: str
    title: str
    ref: str
    before: str
    after: str
    note: str
    chip: tuple[str, Any]
    open: bool
    apart: bool


def looks_page(session: Session, event: Event) -> dict[str, Any]:
    """Return every value that was asked about, by entry, aspect and judge."""
    scheme = find_scheme(session, event.id)
    found = session.execute(
        select(SecondLook, Sheet, EntryCode.code, Appointment.code)
        .join(SecondLook.sheet)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .where(SecondLook.event_id == event.id)
        .order_by(EntryCode.code, Sheet.stage, SecondLook.attempt, SecondLook.aspect, Appointment.id)
    ).all()
    apart = {
        (entry_id, stage, place.key)
        for entry_id, stage in {(sheet.entry_id, sheet.stage) for _look, sheet, _code, _judge in found}
        for place in looks.find_apart(session, event, entry_id, stage)
    }
    rows = [
        _row(scheme, look, sheet, (code, judge), (sheet.entry_id, sheet.stage, looks.key_of(look)) in apart)
        for look, sheet, code, judge in found
    ]
    return {"rows": rows, "rights": pages.rights(session, event), "apart": any(row.apart for row in rows)}


def _row(
    scheme: Scheme | None, look: SecondLook, sheet: Sheet, whose: tuple[str, str], apart: bool
) -> Row:
    aspect = scheme.find_aspect(sheet.stage, look.aspect) if scheme else None
    title = (aspect.title if aspect else "") or look.aspect

    def words(value: str) -> str:
        return mark_words(aspect, value) if aspect and value else value

    return Row(
        *whose, f"{title} ({look.attempt})" if look.attempt > 1 else title, sheet.ref, words(look.before),
        words(look.after), look.note, OUTCOMES[look.outcome], not look.outcome, apart,
    )  # fmt: skip
