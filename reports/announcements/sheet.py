"""The result of an event on paper (成绩公告): one frozen version, to be signed, posted and sent upward."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.entries.labels import ENTRANTS
from competitions.events.models import Competition, Event
from competitions.events.rules import appeals_end
from core import clock
from core.i18n import day, moment
from reports.documents.model import Cell, Column, Document, Figure, Kind, Table
from reports.documents.words import document_words
from scoring.results import words
from scoring.results.integrity import blind_fingerprint
from scoring.results.models import ResultStatement, ResultVersion
from scoring.results.reader import Names, Shown
from scoring.rules.model import Scheme, Stage
from scoring.sheets.board import STATUSES


def build(
    event: Event, shown: Shown, names: Mapping[str, Names] | None, said: ResultStatement | None, *,
    issued_by: str, now: datetime,
) -> Document:  # fmt: skip
    """Return a frozen result as a document: its table as it was frozen, its awards counted, lines to sign.

    `names` is None while they are sealed: then the table goes by codes alone. `said` is the newest signed
    statement about the version, None before there is one.
    """
    version = shown.version
    if version is None:
        raise ValueError("only a frozen result is printed")
    rows = [dict(zip(shown.table[0], cells, strict=True)) for cells in shown.table[1]]
    scheme = shown.computed.inputs.scheme
    # The hash of the whole version holds units: it would tell a judge who tries them out behind which code.
    seal = version.sha256 if names is not None else blind_fingerprint(version.document)
    return Document(
        title=_title(version),
        words=document_words(),
        subtitle=" · ".join((name_of(event.competition), name_of(event))),
        meta=tuple(_facts(event, version, said)),
        figures=tuple(_awards(rows)),
        tables=(_table(scheme, rows, names, event.entry_kind),),
        signatures=(_("Chief judge"), _("Supervisor’s signature"), _("Date"), _("Seal")),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(now), who=issued_by),
        issued_at=now,
        seal=f"SHA-256 {seal[:16]}" + _(" · ledger %(digits)s", digits=version.ledger_head[:8]),
        landscape=len(scheme.stages) > 3,
    )


def _title(version: ResultVersion) -> str:
    if version.announced_at is None:
        return _("Table of results, not yet announced")
    return _("Announcement of results")


def periods(event: Event, version: ResultVersion) -> list[tuple[str, str]]:
    """Return until when appeals are taken and how long the public notice lasts; nothing for none."""
    found: list[tuple[str, str]] = []
    if version.announced_at is None:
        return found
    if event.appeal_minutes:
        ends = appeals_end(version.announced_at, event.appeal_minutes)
        found.append((_("Appeals until"), moment(ends)))
    if event.notice_days:
        first = version.announced_at.astimezone(clock.LOCAL).date() + timedelta(days=1)
        last = first + timedelta(days=event.notice_days - 1)
        found.append((_("Public notice"), f"{day(first)} – {day(last)}"))
    return found


def _facts(event: Event, version: ResultVersion, said: ResultStatement | None) -> list[tuple[str, str]]:
    facts = [(_("Organising bodies"), "、".join(_organisers(event.competition)))]
    facts.append((_("Version"), str(version.number)))
    if version.number > 1:
        replaced = _("version %(number)s", number=version.number - 1)
        facts.append((_("Replaces"), f"{replaced} ({version.reason})" if version.reason else replaced))
    if version.announced_at is not None:
        facts.append((_("Announced at"), moment(version.announced_at)))
    if version.final_at is not None:
        facts.append((_("Final since"), moment(version.final_at)))
    else:
        facts += periods(event, version)
    return facts + (_signed(said) if said is not None else [])


def _signed(said: ResultStatement) -> list[tuple[str, str]]:
    """Return what a reader compares with the public page: hashes, key and the beginning of the signature."""
    older = said.statement["replaces"]
    cited = []
    if older:
        cited.append((_("Hash of version %(number)s", number=older["version"]), older["document_sha256"]))
    shown = _("key %(kid)s, begins with %(signature)s", kid=said.kid, signature=said.signature[:32])
    return [("SHA-256", said.statement["document_sha256"]), *cited, (_("Ed25519 signature"), shown)]


def _organisers(competition: Competition) -> list[str]:
    named = [body.name for body in competition.bodies if body.role == "organiser"]
    return named or [competition.union.name]


def _awards(rows: list[dict[str, str]]) -> list[Figure]:
    """Return how many took part, and how many have each award, in the order of the table."""
    given = Counter(row["award"] for row in rows if row.get("award"))
    ranked = sum(1 for row in rows if row["rank"])
    return [Figure(_("Ranked"), ranked), *(Figure(award, count) for award, count in given.items())]


def _table(
    scheme: Scheme, rows: list[dict[str, str]], names: Mapping[str, Names] | None, kind: str
) -> Table:
    with_status = any(row["status"] != "valid" for row in rows)
    stages = scheme.stages if len(scheme.stages) > 1 else ()
    heads = (ENTRANTS[kind],) if kind == "unit" else (ENTRANTS[kind], _("Unit"))
    people = tuple(Column(str(head)) for head in heads) if names is not None else ()
    columns = (
        Column(_("Rank"), Kind.INTEGER),
        Column(_("Entry code")),
        *people,
        *(_scores(rows, stage.code, _head(scheme, stage)) for stage in stages),
        _scores(rows, "total", _("Total score")),
        *((Column(_("Award")),) if scheme.awards is not None else ()),
        *((Column(_("Status")),) if with_status else ()),
    )

    def cells(row: dict[str, str]) -> tuple[Cell, ...]:
        found = (names or {}).get(row["entry"]) or Names("", "")
        status = "" if row["status"] == "valid" else str(STATUSES[row["status"]])
        return (
            int(row["rank"]) if row["rank"] else None,
            row["entry"],
            *(found.name, found.unit)[: len(people)],
            *(_number(row[stage.code]) for stage in stages),
            _number(row["total"]),
            *((row["award"],) if scheme.awards is not None else ()),
            *((status,) if with_status else ()),
        )

    ranks = [row["rank"] for row in rows if row["rank"]]
    notes = (_("Equal results share a rank."),) if len(set(ranks)) < len(ranks) else ()
    return Table("", columns, tuple(cells(row) for row in rows), notes=notes)


def _head(scheme: Scheme, stage: Stage) -> str:
    return f"{stage.title or stage.code} {words.weight(scheme, stage)}".strip()


def _scores(rows: list[dict[str, str]], field: str, label: str) -> Column:
    """Return a column of scores with as many decimals as they were frozen with."""
    places = max((len(row[field].partition(".")[2]) for row in rows), default=0)
    return Column(label, Kind.DECIMAL, places=places)


def _number(text: str) -> Any:
    """Return a score as the exact number that it is; a cell without one stays empty."""
    return Decimal(text) if text else None
