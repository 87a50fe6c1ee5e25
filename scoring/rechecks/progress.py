"""The list on the event's page: what keeps its result sound, done by whom, and what comes next."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.guard import may
from accounts.queries import list_names
from competitions.draw import unblinding
from competitions.draw.wording import LAYER_NAMES
from competitions.events import labels, profiles
from competitions.events.models import Event
from competitions.events.queries import event_path, list_steps
from competitions.events.rules import FORWARD, appeals_end, notice_ends, reached
from core import clock
from core.i18n import moment
from scoring.rechecks import queries
from scoring.sheets import corrections, states
from scoring.sheets import queries as sheets
from scoring.sheets.rules import COMPETING

TEMPLATE = "rechecks/_panel.html"
NAMED = 4  # people beside one step


class Item(NamedTuple):
    """One step of the profile: whether it is done, how far it has come, by whom and when."""

    label: str
    done: bool
    note: str = ""


def panel(session: Session, event: Event) -> tuple[str, dict[str, Any]] | None:
    """Return the list for an event of a profile with such steps, from the start of scoring on."""
    profile = profiles.get(event.competition.profile)
    if not profile.separate or not reached(event.state, "scoring"):
        return None
    items = [
        *_sheets(session, event, profile),
        *_steps(session, event, "scoring", "tabulated"),
        *_recheck(session, event),
        *_corrected(session, event),
        *_layers(session, event),
        *_steps(session, event, "tabulated", "announced"),
        *_heard(session, event),
        *_steps(session, event, "announced", "final"),
    ]
    following = next((place for place, item in enumerate(items) if not item.done), None)
    return TEMPLATE, {"items": items, "next": following, "profile": labels.PROFILES[profile.name]}


def _sheets(session: Session, event: Event, profile: profiles.Profile) -> Iterable[Item]:
    counting = {row.code for row in sheets.list_field(session, event.id) if row.status in COMPETING}
    absences = sheets.list_absences(session, event.id)
    found = [
        row.state
        for row in sheets.list_sheets(session, event.id)
        if row.entry in counting and not _excused(absences, row)
    ]
    words = {
        "sign": _("The judges sign"),
        "confirm": _("The heads of the panels confirm"),
        "lock": _("The chief judge locks"),
    }
    later: set[str] = set(states.CLOSED)
    reads = may("judge.list", event_path(session, event))
    items, actors = [], queries.closed_by(session, event.id) if reads else {}
    for act in reversed(profile.closing):
        later |= {states.GIVES[act]}
        done = sum(state in later for state in found)
        note = _("%(done)s of %(all)s sheets", done=done, all=len(found))
        items.append(Item(words[act], done == len(found) > 0, _told(note, actors.get(act, ()))))
    return reversed(items)


def _excused(absences: Any, row: sheets.SheetRow) -> bool:
    open_still = row.state in states.UNSIGNED
    return open_still and any(
        away.entry == row.entry and away.judge == row.judge and away.stage in ("", row.stage)
        for away in absences
    )


def _steps(session: Session, event: Event, before: str, after: str) -> Iterable[Item]:
    """Return a step of the event's life with who took it last, while it has not been taken back."""
    label = labels.STEPS[FORWARD[before].name]
    taken = [
        (step, who)
        for step, who in list_steps(session, event.id)
        if (step.from_state, step.to_state) == (before, after)
    ]
    if not taken or not reached(event.state, after):
        return [Item(str(label), False)]
    return [Item(str(label), True, _by(taken[0][1], taken[0][0].at))]


def _recheck(session: Session, event: Event) -> Iterable[Item]:
    if queries.shares_of(event) is None:
        return []
    found = queries.find_progress(session, event) if reached(event.state, "tabulated") else None
    label = _("A second person compares sheets")
    if found is None:
        return [Item(label, False)]
    values = {"done": len(found.chosen) - found.left, "all": len(found.chosen), "errors": found.errors}
    note = _("%(done)s of %(all)s found right, %(errors)s differed", **values)
    names = list_names(session, {sheet.last.by_id for sheet in found.chosen if sheet.last})
    return [Item(label, not found.left, _told(note, sorted(names.values())))]


def _corrected(session: Session, event: Event) -> Iterable[Item]:
    rows = corrections.list_corrections(session, event.id)
    if not rows:
        return []
    open_ones = sum(row.outcome == "" for row in rows)
    made = sum(row.outcome == "witnessed" for row in rows)
    note = _("%(made)s witnessed, %(open)s waiting", made=made, open=open_ones)
    people = {row.proposed_by_id for row in rows} | {row.decided_by_id for row in rows if row.decided_by_id}
    names = sorted(list_names(session, people).values())
    return [Item(_("Corrections by two people"), not open_ones, _told(note, names))]


def _layers(session: Session, event: Event) -> Iterable[Item]:
    layers = unblinding.list_layers(session, event)
    names = list_names(session, {row.by_id for layer in layers for row in layer.given.values()})
    return [
        Item(
            _("Open %(layer)s", layer=LAYER_NAMES[layer.number]) if len(layers) > 1 else _("Open the names"),
            layer.open,
            "; ".join(_by(names.get(row.by_id, ""), row.at) for row in layer.given.values()),
        )
        for layer in layers
    ]


def _heard(session: Session, event: Event) -> Iterable[Item]:
    """Return until when appeals are taken and the notice lasts, where an event has them."""
    if not event.appeal_minutes and not event.notice_days:
        return []
    note = ""
    if event.announced_at is not None and reached(event.state, "announced"):
        appeals = appeals_end(event.announced_at, event.appeal_minutes)
        notice = notice_ends(event.announced_at, event.notice_days, clock.LOCAL)
        note = _("until %(moment)s", moment=moment(max(appeals, notice)))
    return [Item(_("Appeals and public notice"), reached(event.state, "final"), note)]


def _told(note: str, names: Sequence[str]) -> str:
    """Return how far something has come, with the people who did it."""
    shown = _(", ").join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
    return f"{note} · {shown}" if shown else note


def _by(who: str, at: datetime) -> str:
    return f"{who or '—'} · {moment(at)}"
