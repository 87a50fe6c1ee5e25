"""The record of everything that was done."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from accounts import audit_words, policy, queries, scopes
from accounts.forms import tidy
from accounts.guard import held_grants, requires
from accounts.queries import UserFilter
from accounts.views.base import blueprint
from core import clock
from core.audit import queries as trail
from core.audit.actions import ACTIONS
from core.audit.queries import RecordFilter
from core.audit.rules import SITE, chain_name
from core.chain import Verdict
from core.database import db

FIELDS = ("who", "what", "text", "event", "since", "until")
YEARS = range(2000, 2100)


@blueprint.get("/audit")
@requires("audit.view")
def list_audit() -> ResponseReturnValue:
    """List what was done, the newest first, and check a chain if asked to."""
    given = given_in(request.args)
    chosen = filter_of(given)
    total = trail.count_records(db.session, chosen)
    pages = max(1, -(-total // trail.PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    rows = trail.list_records(db.session, chosen, page)
    return render_template(
        "accounts/audit.html", rows=rows, given=given, total=total, page=page, pages=pages,
        people=queries.list_names(db.session, mentioned(rows)),
        words=audit_words, verdict=_verdict(chosen), chain=chosen.chain or SITE,
        may_check=_may_see(chosen, chosen.chain or SITE), may_keep=chosen.chains is None,
    )  # fmt: skip


def given_in(values: Mapping[str, str]) -> dict[str, str]:
    """Return the filters as they were typed."""
    return {name: tidy(values.get(name))[:100] for name in FIELDS}


def mentioned(rows: Sequence[Any]) -> set[int]:
    """Return the numbers of the users that these records name."""
    return {number for row in rows for number in audit_words.mentioned(row.actor_id, row.subject)}


def filter_of(given: Mapping[str, str]) -> RecordFilter:
    """Return which records the filters of the page choose, and never more than the reader may see."""
    event = int(given["event"]) if re.fullmatch("[0-9]{1,9}", given["event"]) else None
    since, until = _day(given["since"]), _day(given["until"])
    return RecordFilter(
        chains=_visible_chains(),
        chain=None if event is None else chain_name(event),
        action=given["what"] if given["what"] in ACTIONS else None,
        actor_ids=_people(given["who"]),
        since=None if since is None else _midnight(since),
        before=None if until is None else _midnight(until + timedelta(days=1)),
        text=given["text"] or None,
    )


def _visible_chains() -> list[str] | None:
    """Return the chains that the reader may see, None for all: a supervisor of an event sees that event's."""
    held = policy.scopes_of(held_grants(), "audit.view")
    if policy.SITE in held:
        return None
    return [chain_name(number) for number in sorted(scopes.list_event_ids(db.session, held))]


def _people(text: str) -> list[int] | None:
    if not text:
        return None
    return [user.id for user in queries.list_users(db.session, UserFilter(text=text), 1)]


def _may_see(chosen: RecordFilter, name: str) -> bool:
    return chosen.chains is None or name in chosen.chains


def _verdict(chosen: RecordFilter) -> Verdict | None:
    name = chosen.chain or SITE
    asked = request.args.get("check") == "1" and _may_see(chosen, name)
    return trail.check_chain(db.session, name) if asked else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)
