"""What the pages of results show, as plain values for their templates."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.entries.labels import ENTRANTS
from competitions.events import labels, lifecycle, mending
from competitions.events.frame import may_step
from competitions.events.models import Event
from competitions.events.queries import event_path, list_steps
from competitions.events.rules import next_step, step_back
from core import clock
from core.i18n import moment
from core.refusals import words as refusal_words
from scoring.results import (
    deciding,
    forms,
    outcomes,
    periods,
    queries,
    reader,
    rules,
    statements,
    tables,
    ties,
    words,
    working,
)
from scoring.results.models import ResultVersion
from scoring.results.outcomes import Computed
from scoring.results.queries import Reason
from scoring.results.reader import Shown
from scoring.results.versions import row_of, state_of
from scoring.sheets import queries as sheets
from scoring.sheets.board import STATUSES
from scoring.sheets.pages import STATUS_STATES, decision_rows
from scoring.sheets.states import PUBLISHED

MOST_REASONS = 8
STEPS_HERE = frozenset({"tabulate", "announce", "finalise"})
ACTS: dict[str, Any] = {
    "reopen": _l("sheet given back"),
    "correct": _l("sheet corrected"),
    "status": _l("status changed"),
    "penalty": _l("penalty given"),
    "withdraw_penalty": _l("penalty withdrawn"),
    "decision": _l("decided in writing"),
    "withdraw_decision": _l("decision withdrawn"),
}


def results_page(
    session: Session, event: Event, asked: Mapping[str, str], now: datetime, form: Any = None
) -> dict[str, Any]:
    """Return the result that stands, with what has to be decided and done next."""
    shown = reader.result_of(session, event)
    return _page(session, event, shown, asked) | {
        "step": _step(session, event, now),
        "pending": _pending(session, event, shown),
        "may_correct": may("result.correct", event_path(session, event), event.state),
        **_decisions(session, event, shown, form),
    }


def version_page(
    session: Session, event: Event, number: int, asked: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return one version of a result with what it changed; None where there is no such version."""
    shown = reader.version_of(session, event, number)
    if shown is None or shown.version is None:
        return None
    return _page(session, event, shown, asked) | {
        "changes": _changes_to(session, event, shown.version),
        "newest": queries.find_newest(session, event.id),
    }


def entry_page(session: Session, event: Event, code: str, number: int | None) -> dict[str, Any] | None:
    """Return the whole working of one entry; None for an unknown code or version."""
    shown = _shown(session, event, number)
    if shown is None or code not in {row.entry for row in shown.computed.outcome.rows}:
        return None
    names = reader.names_for(session, event)
    rows = [dict(zip(shown.table[0], cells, strict=True)) for cells in shown.table[1]]
    return {
        "code": code,
        "shown": shown,
        "version": number,
        "working": working.working_of(shown.computed.outcome, code),
        "row": next(row for row in rows if row["entry"] == code),
        "statuses": STATUSES,
        "names": (names or {}).get(code),
    }


def _shown(session: Session, event: Event, number: int | None) -> Shown | None:
    if number is None:
        return reader.result_of(session, event)
    return reader.version_of(session, event, number)


def _page(session: Session, event: Event, shown: Shown | None, asked: Mapping[str, str]) -> dict[str, Any]:
    path = event_path(session, event)
    versions = queries.list_versions(session, event.id)
    facts: dict[str, Any] = {
        "shown": shown,
        "names_hidden": not reader.sees_names(session, event),
        "may_export": may("package.export", path) and shown is not None,
        "may_see_promotions": may("promotion.view", path) and shown is not None,
        "has_people": event.entry_kind in ("person", "team"),
        "published": _published(session, event),
        "versions": [row_of(version, versions) for version in versions],
    }
    if shown is None:
        return facts
    names = reader.names_for(session, event)
    return facts | {
        "table": tables.table_page(shown, names, asked.get("page"), event.entry_kind),
        "periods": periods.period_tables(shown, names),
        "who": ENTRANTS[event.entry_kind],
        "head": _head(session, event, shown, versions),
        "opened": _opened(shown, asked.get("open")),
        "awards": ties.award_page(shown.computed.outcome, early=tables.is_early(shown)),
        "link": _links(event, shown),
    }


def _opened(shown: Shown, code: str | None) -> dict[str, Any] | None:
    if code is None or code not in {row.entry for row in shown.computed.outcome.rows}:
        return None
    return working.working_of(shown.computed.outcome, code)


def _links(event: Event, shown: Shown) -> dict[str, Any]:
    """Return the endpoint and arguments of the table's own address, and the version for links to workings."""
    number = shown.version.number if shown.version is not None else None
    return {"event_id": event.id, "version": number}


# ---------------------------------------------------------------- the head


def _head(
    session: Session, event: Event, shown: Shown, versions: Iterable[ResultVersion]
) -> dict[str, Any]:
    if shown.version is None:
        return {
            "title": _("Provisional ranking"),
            "state": ("warn", _("Provisional")),
            "facts": [_("It changes with every mark until the result is tabulated.")],
            "reasons": [],
        }
    version = shown.version
    head = f"{version.ledger_head[:4]} {version.ledger_head[4:8]}"
    facts = [moment(version.tabulated_at)]
    if version.number > 1:
        facts.append(_("replaces version %(number)s", number=version.number - 1))
    facts.append(_("ledger %(head)s", head=head))
    return {
        "title": _("Version %(number)s", number=version.number),
        "state": state_of(version, versions),
        "facts": facts,
        "ledger": version.ledger_head,
        "sha256": version.sha256,
        "reasons": _reasons(session, event, version),
    }


def _reasons(session: Session, event: Event, version: ResultVersion) -> list[str]:
    """Return why a version replaces the one before it, from the ledger and the steps taken back."""
    before = queries.find_version(session, event.id, version.number - 1)
    if before is None:
        return []
    found = [version.reason] if version.reason else []
    back = [step for step, _who in reversed(list_steps(session, event.id)) if step.from_state == "tabulated"]
    found += [
        _("scoring opened again: %(reason)s", reason=step.reason)
        for step in back
        if step.to_state == "scoring" and before.tabulated_at <= step.at <= version.tabulated_at
    ]
    acts = queries.list_reasons(session, event.id, before.ledger_seq, version.ledger_seq)
    found += _act_words(acts)
    left = len(found) - MOST_REASONS
    return found[:MOST_REASONS] + ([_("and %(count)s more", count=left)] if left > 0 else [])


def _act_words(acts: Sequence[Reason]) -> list[str]:
    """Return acts in words; those for one reason stand together."""
    found = []
    for (kind, reason), same in groupby(acts, key=lambda act: (act.kind, act.reason)):
        codes = list(dict.fromkeys(act.entry for act in same))
        named = ", ".join(codes[:MOST_REASONS]) + ("…" if len(codes) > MOST_REASONS else "")
        found.append(_("%(entry)s: %(act)s (%(reason)s)", entry=named, act=ACTS[kind], reason=reason))
    return found


# ---------------------------------------------------------------- changes between versions


def _changes_to(session: Session, event: Event, version: ResultVersion) -> dict[str, Any] | None:
    before = queries.find_version(session, event.id, version.number - 1)
    if before is None:
        return None
    return {"before": before.number, "rows": _change_rows(_table(before), _table(version))}


def published_changes(session: Session, event: Event, version: ResultVersion) -> dict[str, Any] | None:
    """Return what a version changes of the one that was announced before it."""
    before = queries.find_last_announced(session, event.id, below=version.number)
    if before is None:
        return None
    return {"before": before.number, "rows": _change_rows(_table(before), _table(version))}


def _pending(session: Session, event: Event, shown: Shown | None) -> dict[str, Any] | None:
    """Return what has been decided since the version was tabulated: it becomes the next version."""
    if shown is None or shown.version is None or event.state not in {"tabulated", *PUBLISHED}:
        return None
    live = outcomes.live(session, event.id)
    acts = queries.list_reasons(session, event.id, shown.version.ledger_seq, 2**31 - 1)
    rows = _change_rows(shown.table, live.table)
    if not acts and not rows:
        return None
    return {"reasons": _act_words(acts)[-MOST_REASONS:], "rows": rows}


def _published(session: Session, event: Event) -> dict[str, Any] | None:
    """Return the address of the public page."""
    if event.state not in rules.PUBLIC_STATES:
        return None
    found = statements.list_statements(session, event.id)
    return {"ref": found[0].ref} if found else None


def _table(version: ResultVersion) -> rules.Table:
    return version.document["header"], version.document["rows"]


def _change_rows(before: rules.Table, after: rules.Table) -> list[dict[str, Any]]:
    return [
        {"entry": change.entry, "cells": [_change(change, column) for column in rules.COMPARED]}
        for change in rules.changes(before, after)
    ]


def _change(change: rules.Change, column: str) -> tuple[str, str]:
    """Return a value before and after, each as people read it."""
    pair = []
    for row in (change.before, change.after):
        value = (row or {}).get(column, "")
        if column == "status" and value:
            value = str(STATUSES[value])
        pair.append(value or words.DASH)
    return pair[0], pair[1]


# ---------------------------------------------------------------- what to do next


def _step(session: Session, event: Event, now: datetime) -> dict[str, Any] | None:
    """Return the step of the event that this page leads to, with what it still misses."""
    step = next_step(event.state)
    if step is None or step.name not in STEPS_HERE or not may_step(event, step.name):
        return None
    refusals = lifecycle.missing(session, event, step.name, now)
    here = url_for("results.show_results", event_id=event.id)
    missing = [(refusal_words(refusal), mending.page_for(refusal, event)) for refusal in refusals]
    back = step_back(event.state)
    return {
        "name": step.name,
        "label": labels.STEPS[step.name],
        "consequence": labels.CONSEQUENCES[step.name],
        "missing": [text if url in (None, here) else {"label": text, "url": url} for text, url in missing],
        "back": {"name": back.name, "label": labels.STEPS[back.name]}
        if back is not None and back.name == "reopen_scoring" and may_step(event, back.name)
        else None,
    }


def _decisions(session: Session, event: Event, shown: Shown | None, form: Any) -> dict[str, Any]:
    """Return the ties that wait for a written decision with their forms, and the decisions that stand."""
    path = event_path(session, event)
    if shown is None or event.state not in deciding.STATES:
        return {"ties": [], "borders": [], "decisions": [], "may_decide": False, "may_withdraw": False}
    computed = outcomes.live(session, event.id)
    may_decide = may("decision.record", path)
    return {
        "ties": _ties(computed, form, offer=may_decide and event.state in deciding.STATES),
        "borders": _borders(computed, form, offer=may_decide and event.state in deciding.STATES),
        "decisions": decision_rows(
            computed.inputs.scheme,
            [row for row in sheets.list_decisions(session, event.id) if row.kind in ("order", "award")],
        ),
        "may_decide": may_decide,
        "may_withdraw": may_decide and event.state in STATUS_STATES,
    }


def _ties(computed: Computed, sent: Any, *, offer: bool) -> list[dict[str, Any]]:
    found = []
    for tie in ties.open_ties(computed.outcome):
        form = None
        if offer and tie["decidable"]:
            form = forms.order_form(clock.new_ref(), tie["key"], tie["entries"], tie["rank"])
        found.append(tie | {"form": _sent_or(sent, tie["key"], form)})
    return found


def _borders(computed: Computed, sent: Any, *, offer: bool) -> list[dict[str, Any]]:
    found = []
    for border in ties.open_borders(computed.outcome):
        key = ties.key_of(border.entries)
        form = None
        if offer:
            form = forms.awards_form(clock.new_ref(), key, border.entries, ties.titles_of(border))
        found.append(ties.border_row(border) | {"form": _sent_or(sent, key, form)})
    return found


def _sent_or(sent: Any, key: str, form: Any) -> Any:
    """Return the form that has just been sent, with its errors, where it is the one of this tie."""
    return sent if sent is not None and sent._prefix == f"{key}-" and form is not None else form
