"""What the pages of paper sheets show, as plain values."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from competitions.entries.labels import listed
from competitions.events.models import Event
from core import canonical
from scoring.desk import people, queries, values
from scoring.desk.keying import Comparison, Place
from scoring.desk.lists.template import heading
from scoring.desk.models import Keying
from scoring.rules.model import Aspect, Scheme
from scoring.schemes.wording.aspects import entered
from scoring.sheets import queries as sheets
from scoring.sheets.queries import SheetRow
from scoring.sheets.rules import COMPETING, MarkKey
from scoring.sheets.states import EDITABLE
from scoring.tablet.rules import device_rule

HINTS: dict[str, Any] = {
    "time": _l("min:s"),
    "count": _l("found/false"),
    "indicator": _l("achieved/target"),
    "pass": _l("y / n"),
}


def open_rows(session: Session, event: Event, scheme: Scheme, actor_id: int) -> list[dict[str, Any]]:
    """Return the paper sheets that wait to be keyed again or compared."""
    found: dict[int, list[Keying]] = defaultdict(list)
    for keying in queries.list_open_keyings(session, event.id):
        found[keying.sheet_id].append(keying)
    places = _places(session, event, scheme, set(found))
    return [
        {
            "place": places[sheet_id],
            "names": listed(keying.by.name for keying in keyings),
            "at": keyings[-1].at,
            "compare": len(keyings) > 1,
            "mine": people.needs_second(event) and keyings[0].by_id == actor_id,
        }
        for sheet_id, keyings in found.items()
        if sheet_id in places
    ]


def settled_rows(session: Session, event: Event, scheme: Scheme, most: int) -> list[dict[str, Any]]:
    """Return the newest paper sheets that were entered, with who keyed them."""
    found: dict[str, list[Keying]] = defaultdict(list)
    for keying in queries.list_settled_keyings(session, event.id, 2 * most):
        found[keying.operation_id].append(keying)
    places = _places(session, event, scheme, {keyings[0].sheet_id for keyings in found.values()})
    rows = [
        {
            "place": places[keyings[0].sheet_id],
            "names": listed(keying.by.name for keying in reversed(keyings)),
            "once": len(keyings) == 1,
            "at": keyings[0].at,
            "signed": all(keying.signed for keying in keyings),
        }
        for keyings in found.values()
        if keyings[0].sheet_id in places
    ]
    return rows[:most]


def _places(session: Session, event: Event, scheme: Scheme, sheet_ids: set[int]) -> dict[int, Any]:
    if not sheet_ids:
        return {}
    refs = queries.refs_of(session, sheet_ids)
    rows = {row.ref: row for row in sheets.list_sheets(session, event.id)}
    titles = {stage.code: stage.title or stage.code for stage in scheme.stages}
    return {
        number: {"row": rows[ref], "stage": titles.get(rows[ref].stage, rows[ref].stage)}
        for number, ref in refs.items()
        if ref in rows
    }


def fields(place: Place) -> list[dict[str, Any]]:
    """Return the places of a paper sheet in their order: aspect by aspect, attempt by attempt."""
    aspects = [aspect for aspect in place.stage.aspects if aspect.code in place.aspects]
    return [
        {
            "key": MarkKey(aspect.code, attempt),
            "aspect": aspect,
            "attempt": attempt if place.stage.attempts > 1 else 0,
            "label": heading(aspect),
            "asked": entered(aspect),
            "hint": HINTS.get("pass" if aspect.entry == "pass" else aspect.kind, ""),
            "rule": canonical.dumps(device_rule(aspect)),
        }
        for attempt in range(1, place.stage.attempts + 1)
        for aspect in aspects
    ]


def find_row(session: Session, event: Event, code: str, judge: str, stage: str) -> SheetRow | None:
    """Return the sheet of a judge for a code in a stage."""
    wanted = (code.upper(), judge.upper(), stage)
    rows = sheets.list_sheets(session, event.id)
    return next((row for row in rows if (row.entry.upper(), row.judge.upper(), row.stage) == wanted), None)


def next_url(session: Session, event: Event, place: Place, actor_id: int) -> str:
    """Return the next sheet of the same judge and stage that nobody has finished; the desk after the last."""
    keyed: dict[int, list[int]] = defaultdict(list)
    for keying in queries.list_open_keyings(session, event.id):
        keyed[keying.sheet_id].append(keying.by_id)
    refs = queries.refs_of(session, set(keyed)) if keyed else {}
    done = {refs[n] for n, by in keyed.items() if n in refs and (actor_id in by or len(by) > 1)}
    statuses = {row.code: row.status for row in sheets.list_field(session, event.id)}
    pile = [
        row for row in sheets.list_sheets(session, event.id)
        if (row.judge, row.stage) == (place.judge, place.stage.code) and row.state in EDITABLE
        and statuses.get(row.entry) in COMPETING and row.ref not in done and row.ref != place.sheet.ref
    ]  # fmt: skip
    later = [row for row in pile if row.entry > place.code] or pile
    if later:
        return url_for("desk.key_sheet", event_id=event.id, ref=later[0].ref)
    return url_for("desk.show_desk", event_id=event.id)


def compare_rows(place: Place, found: Comparison) -> list[dict[str, Any]]:
    """Return every place with its values side by side."""
    aspects: dict[str, Aspect] = {aspect.code: aspect for aspect in place.stage.aspects}
    rows = []
    for cell in found.cells:
        aspect = aspects.get(cell.key.aspect)
        label = heading(aspect) if aspect else cell.key.aspect
        shown = [values.shown(aspect, v) if aspect else v for v in cell.values]
        rows.append(
            {
                "key": cell.key,
                "label": f"{label} · {cell.key.attempt}" if place.stage.attempts > 1 else label,
                "values": list(zip(cell.values, shown, strict=True)),
                "differs": cell.differs,
                "options": _options(shown),
            }
        )
    return rows


def _options(shown: Sequence[str]) -> list[tuple[str, str]]:
    """Return each different value once, by the number of its first source."""
    first: dict[str, str] = {}
    for number, text in enumerate(shown):
        first.setdefault(text, str(number))
    return [(number, text) for text, number in first.items()]


def sources(found: Comparison) -> list[str]:
    """Return the headings of the columns: who keyed, and the tablet."""
    keyed = [
        _("Keyed %(time)s by %(name)s", time=number, name=keying.by.name)
        for number, keying in enumerate(found.keyings, start=1)
    ]
    return keyed + ([_("On the sheet (tablet)")] if found.tablet else [])
