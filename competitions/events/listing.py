"""What the list of competitions shows for an address: filters, counts, one page of rows."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from accounts import policy
from accounts.guard import held_grants
from competitions.catalogue import queries as catalogue
from competitions.catalogue import rules as lists
from competitions.catalogue.naming import name_of
from competitions.events import frame, labels, search
from competitions.events.search import CompetitionFilter
from competitions.fields import choice_id, page_of, tidy

PAGE = 25


def load(session: Session, asked: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page needs; what an address asks for that is not offered is left out."""
    scopes = policy.scopes_of(held_grants(), "competition.list")
    options = _options(session, scopes)
    wanted = _filter(asked, options)
    total = search.count_competitions(session, scopes, wanted)
    page, pages = page_of(asked.get("page"), total, PAGE)
    found = search.list_competitions(session, scopes, wanted, offset=(page - 1) * PAGE, limit=PAGE)
    ids = [competition.id for competition in found]
    viewing = policy.scopes_of(held_grants(), "competition.view")
    return {
        "competitions": found,
        "events": search.list_events_of(session, scopes, ids),
        "openable": search.list_open_ids(session, viewing, ids),
        "events_openable": bool(viewing),
        "chips": _chips(session, scopes, wanted),
        "options": options,
        "wanted": wanted,
        "narrowed": any(wanted),
        "total": total,
        "page": page,
        "pages": pages,
        "address": address,
        "labels": labels,
        "days": frame.days,
    }


def address(wanted: CompetitionFilter, page: int = 1) -> str:
    """Return the address of a list: the same filters always give the same one."""
    asked = {name: value for name, value in wanted._asdict().items() if value}
    asked["q"] = asked.pop("text", None)
    return url_for("events.list_competitions", **asked, page=page if page > 1 else None)


def _options(session: Session, scopes: search.Scopes) -> dict[str, list[tuple[int, str]]]:
    def offered(entries: list[Any]) -> list[tuple[int, str]]:
        return [(entry.id, name_of(entry)) for entry in entries]

    return {
        "year": [(year, str(year)) for year in search.list_years(session, scopes)],
        "level": offered(catalogue.list_all(session, lists.LEVEL)),
        "industry": offered(catalogue.list_all(session, lists.INDUSTRY)),
        "trade": offered(search.list_trades(session, scopes)),
        "kind": offered(catalogue.list_all(session, lists.ACTIVITY_KIND)),
    }


def _filter(asked: Mapping[str, str], options: dict[str, list[tuple[int, str]]]) -> CompetitionFilter:
    chosen = {
        name: choice_id(asked.get(name), [number for number, _label in pairs])
        for name, pairs in options.items()
    }
    state = asked.get("state", "")
    return CompetitionFilter(
        **chosen, state=state if state in labels.STATES else "", text=tidy(asked.get("q"))[:100]
    )


def _chips(session: Session, scopes: search.Scopes, wanted: CompetitionFilter) -> list[dict[str, Any]]:
    counts = search.count_by_state(session, scopes, wanted)
    states = [("", labels.ALL), *((s, w) for s, w in labels.STATES.items() if counts.get(s))]
    if wanted.state and not counts.get(wanted.state):
        states.append((wanted.state, labels.STATES[wanted.state]))
    return [
        {
            "label": words,
            "url": address(wanted._replace(state=state)),
            "current": state == wanted.state,
            "count": counts.get(state, 0) if state else None,
        }
        for state, words in states
    ]
