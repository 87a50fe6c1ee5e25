"""What the pages of standings show, as plain values for their templates."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from accounts.guard import may
from competitions.catalogue.naming import name_of
from competitions.events.models import Competition, Event
from competitions.events.queries import competition_path
from core import canonical
from core.i18n import moment
from scoring.results.words import DASH
from scoring.rules.findings import Finding
from scoring.standings import queries, rules, services
from scoring.standings.messages import GROUPS, STATUSES, finding_words, place_words
from scoring.standings.models import CompetitionStanding, StandingVersion
from scoring.standings.services import Computed

TIES = frozenset({"UNRESOLVED_TIE", "MISSING_TIEBREAK_VALUE"})


def table(frozen: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the table of a frozen document, or of one that publishing would freeze, for its page.

    Shape: `names` are those of the events in the language of the reader; others keep the frozen title.
    """
    header = frozen["header"]
    sources = [s._replace(title=names.get(s.event, s.title)) for s in rules.sources_of(frozen)]
    titles = [source.title for source in sources]
    method = frozen["method"]
    with_award = "awards" in method
    columns = [
        {"label": _("Rank"), "class": "col-tight"},
        GROUPS[method.get("of", "unit")],
        *({"label": title, "num": True} for title in (titles if len(titles) > 1 else [])),
        {"label": _("Counted"), "num": True},
        {"label": _("Total"), "num": True},
        *([_("Award")] if with_award else []),
    ]
    rows = [dict(zip(header, cells, strict=True)) for cells in frozen["rows"]]
    shown = [
        {
            "rank": row["rank"] or DASH,
            "group": row["group"],
            "scores": [row[s.event] or DASH for s in sources] if len(sources) > 1 else [],
            "entries": row["entries"],
            "total": row["total"] or DASH,
            "award": row["award"],
            "status": STATUSES.get(row["status"]),
        }
        for row in rows
    ]
    return {"columns": columns, "rows": shown, "with_award": with_award, "sources": sources}


def show_page(session: Session, standing: CompetitionStanding) -> dict[str, Any]:
    """Return a standing: what is published, and what the results give now where that differs."""
    competition = standing.competition
    computed = services.compute_of(session, standing)
    live = computed.document(standing.document) if computed is not None else None
    newest = standing.versions[0] if standing.versions else None
    differs = live is not None and (newest is None or canonical.digest(live) != newest.sha256)
    names = _names(session, competition)
    return {
        "standing": standing,
        "competition": competition,
        "path": competition_path(session, competition),
        "published": newest and {"table": table(newest.document, names), "head": version_head(newest)},
        "live": table(live, names) if live is not None and differs else None,
        "waiting": [name_of(event) for event in computed.ground.waiting] if computed else [],
        "findings": [finding_words(finding) for finding in computed.standing.findings] if computed else [],
        "versions": [version_head(version) for version in standing.versions],
        "method": method_facts(standing.document),
        "tied": tied_groups(computed),
        "orders": standing.orders,
    }


def tied_groups(computed: Computed | None) -> list[str]:
    """Return the groups between which a decision is needed: the method asks for one and has none yet.

    They are those that share a rank where the method forbids it.
    """
    if computed is None or not any(step.by == "manual" for step in computed.method.ranking.ties):
        return []
    if not any(finding.code in TIES for finding in computed.standing.findings):
        return []
    ranks = Counter(row.rank for row in computed.standing.rows)
    return [row.group for row in computed.standing.rows if row.rank and ranks[row.rank] > 1]


def version_head(version: StandingVersion) -> dict[str, Any]:
    """Return what a page says of a published version."""
    return {
        "number": version.number,
        "at": moment(version.published_at),
        "reason": version.reason,
        "digits": version.sha256[:8],
    }


def method_facts(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the method in facts."""
    return [(_("Who is ranked"), str(GROUPS[document.get("of", "unit")])),
            (_("Rule"), document.get("source", ""))]  # fmt: skip


def form_page(
    session: Session, competition: Competition, form: Any, document: Mapping[str, Any] | None,
    findings: Sequence[Finding] = (),
) -> dict[str, Any]:
    """Return the form of a standing with what its method gives now."""
    computed = None
    if document is not None and not findings:
        computed = services.compute(session, competition.id, document, form.chosen_events())
    names = _names(session, competition)
    return {
        "competition": competition,
        "form": form,
        "findings": [(place_words(finding), finding_words(finding)) for finding in findings],
        "preview": table(computed.document(document), names) if computed and document else None,
        "waiting": [name_of(event) for event in computed.ground.waiting] if computed else [],
        "warnings": _warnings(computed),
        "path": competition_path(session, competition),
    }


def _names(session: Session, competition: Competition) -> dict[str, str]:
    return {str(event.id): name_of(event) for event in queries.list_events(session, competition.id)}


def _warnings(computed: Computed | None) -> list[str]:
    return [finding_words(finding) for finding in computed.standing.findings] if computed else []


def event_choices(events: Sequence[Event]) -> list[SelectChoice]:
    """Return the events of a competition as the form offers them."""
    return [SelectChoice(event.id, name_of(event)) for event in events]


def as_text(document: Mapping[str, Any]) -> str:
    """Return a method as people read it."""
    order = ("format", "title", "source", "note", "of", "points", "best", "missing", "event", "over", "least",
             "places", "ranking", "awards")  # fmt: skip
    known = {key: document[key] for key in order if key in document}
    return json.dumps({**known, **document}, ensure_ascii=False, indent=2)


def competition_panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return the standings on the page of a competition."""
    if not may("standing.view", competition_path(session, competition)):
        return None
    rows = [
        {
            "title": standing.title,
            "url": url_for(
                "standings.show_standing", competition_id=competition.id, standing_id=standing.id
            ),
            "published": bool(standing.versions),
        }
        for standing in queries.list_standings(session, competition.id)
    ]
    may_edit = may("standing.edit", competition_path(session, competition))
    if not rows and not may_edit:
        return None
    add = url_for("standings.choose_method", competition_id=competition.id) if may_edit else None
    return "standings/_panel.html", {"rows": rows, "add_url": add}


def public_panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return the newest published version of each standing for everybody."""
    standings, names = queries.list_standings(session, competition.id), _names(session, competition)
    found = [
        {"title": standing.title, "table": table(standing.versions[0].document, names),
         "at": moment(standing.versions[0].published_at)}
        for standing in standings
        if standing.versions
    ]  # fmt: skip
    return ("standings/_public.html", {"standings": found}) if found else None


