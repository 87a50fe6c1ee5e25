"""What a public notice of results or awards begins with: the announced version as frozen, people masked."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.entries.labels import ENTRANTS
from competitions.events.models import Event
from competitions.notices.rules import ANNOUNCED
from competitions.notices.sources import Start, shown_name, table
from core.i18n import moment
from scoring.results import queries
from scoring.sheets import queries as sheets

Row = dict[str, str]


def results(session: Session, event: Event) -> Start | None:
    """Return ranks, totals and awards of the announced result; None before it is announced."""
    found = _announced(session, event)
    if found is None:
        return None
    rows, when = found
    opening = _(
        "The results of “%(event)s” of %(competition)s were announced on %(when)s:",
        when=when,
        **_names(event),
    )
    ranked = [
        (row["rank"], *_who(event, row), row["total"], row.get("award") or "—")
        for row in rows
        if row["rank"]
    ]
    heads = (_("Rank"), *_who_heads(event), _("Total score"), _("Award"))
    title = _("Results of %(event)s, %(competition)s", **_names(event))
    return Start(title[:120], f"{opening}\n\n{table(heads, ranked)}")


def awards(session: Session, event: Event) -> Start | None:
    """Return who receives which award; None before the result is announced."""
    found = _announced(session, event)
    if found is None:
        return None
    rows, _when = found
    opening = _(
        "After marking and review, these awards of “%(event)s” of %(competition)s are proposed and made "
        "known for objections.",
        **_names(event),
    )
    given = [(row["award"], *_who(event, row)) for row in rows if row.get("award")]
    heads = (_("Award"), *_who_heads(event))
    title = _("Awards of %(event)s, %(competition)s", **_names(event))
    return Start(title[:120], f"{opening}\n\n{table(heads, given)}")


def _who(event: Event, row: Row) -> tuple[str, ...]:
    """Return who it is in words: a unit that is entered as such is named once."""
    return (row["name"],) if event.entry_kind == "unit" else (row["name"], row["unit"])


def _who_heads(event: Event) -> tuple[Any, ...]:
    who = str(ENTRANTS[event.entry_kind])
    return (who,) if event.entry_kind == "unit" else (who, _("Unit"))


def _announced(session: Session, event: Event) -> tuple[list[Row], str] | None:
    """Return the rows of the announced version with what everybody may read of who it is, and when it was."""
    version = queries.find_newest(session, event.id)
    if event.state not in ANNOUNCED or version is None or version.announced_at is None:
        return None
    field = {row.code: row for row in sheets.list_field(session, event.id)}
    header = version.document["header"]
    rows = [dict(zip(header, cells, strict=True)) for cells in version.document["rows"]]
    for row in rows:
        who = field.get(row["entry"])
        row["name"] = shown_name(event.entry_kind, who.name) if who else row["entry"]
        row["unit"] = who.unit if who else ""
    return rows, moment(version.announced_at)


def _names(event: Event) -> dict[str, str]:
    return {"event": name_of(event), "competition": name_of(event.competition)}
