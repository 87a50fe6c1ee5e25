"""What the forms of competitions and events offer the signed-in user, and what they show of a stored row."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from wtforms.fields import SelectChoice

from competitions.catalogue import queries as catalogue
from competitions.catalogue import rules as lists
from competitions.catalogue.naming import choices, trade_words
from competitions.events import labels, profiles, rules
from competitions.events.models import Competition, Event
from competitions.organisations import offers as organisations
from core.database import db
from core.refusals import Refused, words


def for_competition(competition: Competition | None = None) -> dict[str, Iterable[SelectChoice]]:
    """Return what the form of a competition offers."""
    held = competition
    industries = [] if held is None else [entry.id for entry in held.industries]
    action = "competition.create" if held is None else "competition.edit"
    return {
        "kind_id": _entries(lists.ACTIVITY_KIND, held.kind_id if held else None),
        "level_id": _entries(lists.LEVEL, held.level_id if held else None),
        "union_id": organisations.unions(action, held.union_id if held else None),
        "industry_ids": choices(catalogue.list_offered(db.session, lists.INDUSTRY, industries)),
        "region_id": organisations.regions(held.region_id if held else None),
    }


def stored_competition(competition: Competition) -> dict[str, Any]:
    """Return what the form shows of a competition."""
    lines = {
        role: [body.name for body in competition.bodies if body.role == role] for role in rules.BODY_ROLES
    }
    industries = [entry.id for entry in competition.industries]
    columns = ("version", *rules.CompetitionValues._fields)
    plain = {name: getattr(competition, name) for name in columns if hasattr(competition, name)}
    return plain | lines | {"industry_ids": industries}


def entry_kinds(competition: Competition, keep: str | None = None) -> Sequence[str]:
    """Return who may enter events of this kind of activity, in the order of the catalogue."""
    allowed = [kind for kind in competition.kind.attributes["entry_kinds"] if kind in labels.ENTRY_KINDS]
    return allowed if keep is None or keep in allowed else [*allowed, keep]


def stored_event(event: Event) -> dict[str, Any]:
    """Return what the form shows of an event."""
    columns = ("version", *rules.EventValues._fields)
    trade = trade_words(event.trade) if event.trade is not None else ""
    return {name: getattr(event, name) for name in columns} | {"trade": trade}


def event_values(event: Event) -> rules.EventValues:
    """Return an event as it is stored."""
    return rules.EventValues(**{name: getattr(event, name) for name in rules.EventValues._fields})


def planned_event(competition: Competition) -> dict[str, Any]:
    """Return what the form of a new event starts with: its competition's days, its profile's times."""
    profile = profiles.get(competition.profile)
    return {
        "starts_on": competition.starts_on, "ends_on": competition.ends_on,
        "appeal_minutes": profile.appeal_minutes, "notice_days": profile.notice_days,
    }  # fmt: skip


def trades(competition: Competition) -> list[str]:
    """Return the trades that the form suggests: those of the competition's industries."""
    found = catalogue.list_trades_of(db.session, [entry.id for entry in competition.industries])
    return [trade_words(trade) for trade in found]


def frozen_facts(event: Event) -> list[tuple[Any, str]]:
    """Return (label, value) of what can no longer be changed about an event."""
    shown = {
        "trade_id": (labels.EVENT_FIELDS["trade"], trade_words(event.trade) if event.trade else ""),
        "entry_kind": (labels.EVENT_FIELDS["entry_kind"], str(labels.ENTRY_KINDS[event.entry_kind])),
        "signing": (labels.EVENT_FIELDS["signing"], str(labels.SIGNINGS[event.signing])),
    }
    frozen = rules.frozen_fields(event.state)
    names = [name for name in rules.EventValues._fields if name in frozen]
    plain = {name: (labels.EVENT_FIELDS.get(name), str(getattr(event, name))) for name in names}
    return [(plain | shown)[name] for name in names]


def _entries(kind: str, keep: int | None) -> list[SelectChoice]:
    return choices(catalogue.list_offered(db.session, kind, [keep]))


def saved_meanwhile(mine: Any, stored: Any, refused: Refused) -> dict[str, Any]:
    """Return what events/_conflict.html shows: what is stored by now beside what was typed.

    The form takes over the stored version, so that saving once more keeps what was typed.
    """
    mine.version.data = stored.version.data
    return {"words": words(refused.refusals[0]), "rows": _differences(mine, stored)}


def _differences(mine: Any, stored: Any) -> list[dict[str, str]]:
    """Return the fields of two forms of one thing that differ: label, what is stored, what was typed."""
    found = []
    for field in mine:
        if field.name in ("csrf_token", "version") or field.name not in stored:
            continue
        theirs, own = _shown(stored[field.name]), _shown(field)
        if theirs != own:
            found.append({"label": field.label.text, "stored": theirs, "mine": own})
    return found


def _shown(field: Any) -> str:
    if hasattr(field, "iter_choices"):
        return labels.listing(choice.label for choice in field.iter_choices() if choice.selected) or "—"
    if isinstance(field.data, list):
        return labels.listing(field.data) or "—"
    if isinstance(field.data, time):
        return f"{field.data:%H:%M}"
    return str(field.data) if field.data not in (None, "") else "—"

