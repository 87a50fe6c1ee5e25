"""Blank mark sheets (空白评分表): one for each entry, judge and stage, where tablets fail or are not wanted.

Codes and stations alone: a name or a unit on a sheet would reveal who is marked, so none is read here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.draw.queries import StationRow, list_stations
from competitions.draw.wording import station_words
from competitions.events.models import Event
from reports.documents.model import Column, Document, Table
from reports.papers.issue import Issue, paper
from scoring.results.words import weight
from scoring.rules.model import Aspect, Scheme, Stage
from scoring.schemes.queries import find_current, find_scheme
from scoring.schemes.sheet_preview import splits
from scoring.schemes.wording.aspects import entered
from scoring.sheets import checkpoints
from scoring.sheets.queries import get_seating
from scoring.sheets.rules import Seat, judge_order, marked_by, panels

MOST = 2000  # sheets of one file: about 12 KiB each stay in memory until it is written
MARK = 22  # characters of the box that a judge writes in


class Pile(NamedTuple):
    """The sheets of one judge in one stage: which aspects stand on them, who else is on the panel, for whom.

    Shape: `entries` are blind codes.
    """

    stage: Stage
    judge: str
    aspects: tuple[Aspect, ...]
    panel: tuple[str, ...]
    entries: tuple[str, ...] = ()


def piles(scheme: Scheme, seats: Sequence[Seat], stage: str = "", judge: str = "") -> list[Pile]:
    """Return what each judge marks, stage by stage; narrowed to a stage or a judge where one is named."""
    marking, sitting = marked_by(scheme, seats), panels(scheme, seats)
    found = []
    for one in scheme.stages:
        judges = {name for aspect in one.aspects for name in marking[one.code, aspect.code]}
        for name in sorted(judges, key=judge_order):
            mine = tuple(a for a in one.aspects if name in marking[one.code, a.code])
            found.append(Pile(one, name, mine, _panel(one.code, mine, sitting)))
    return [pile for pile in found if stage in ("", pile.stage.code) and judge in ("", pile.judge)]


def _panel(
    stage: str, aspects: Sequence[Aspect], sitting: dict[tuple[str, str], list[str]]
) -> tuple[str, ...]:
    """Return who agrees on the values of a sheet; nobody where no value is agreed."""
    agreed = {
        name for aspect in aspects if aspect.panel.method == "agreed" for name in sitting[stage, aspect.code]
    }
    return tuple(sorted(agreed, key=judge_order)) if len(agreed) > 1 else ()


def list_piles(session: Session, event: Event, stage: str = "", judge: str = "") -> list[Pile]:
    """Return the piles of an event; none while its scheme is not in order."""
    scheme = find_scheme(session, event.id)
    if scheme is None:
        return []
    found: dict[Pile, list[str]] = {}
    for group in get_seating(session, event.id).groups():
        for pile in piles(scheme, group.seats, stage, judge):
            found.setdefault(pile, []).extend(group.entries)
    order = {one.code: number for number, one in enumerate(scheme.stages)}
    made = [pile._replace(entries=tuple(sorted(entries))) for pile, entries in found.items()]
    return sorted(made, key=lambda pile: (order[pile.stage.code], judge_order(pile.judge)))


def build(session: Session, event: Event, found: Sequence[Pile], issue: Issue) -> list[Document]:
    """Return the sheets, pile by pile, each by code."""
    scheme, version = find_scheme(session, event.id), find_current(session, event.id)
    if scheme is None or version is None:
        raise ValueError("there are no sheets without a scheme")
    seal = _("Rules version %(number)s · %(digits)s", number=version.number, digits=version.sha256[:8])
    checkpoint = checkpoints.find_newest(session, event.id)
    if checkpoint is not None:
        seal += _(" · ledger %(digits)s", digits=checkpoint.head[:8])
    stations = {row.code: row for row in list_stations(session, event.id)}
    sheets = []
    for pile in found:
        table, heading = _table(pile), " ".join(filter(None, (pile.stage.title, weight(scheme, pile.stage))))
        shared = (table, heading or pile.stage.code, seal)
        sheets += [_sheet(event, issue, pile, stations[code], shared) for code in pile.entries]
    return sheets


def _sheet(
    event: Event, issue: Issue, pile: Pile, entry: StationRow, shared: tuple[Table, str, str]
) -> Document:
    code, (table, stage, seal) = entry.code, shared
    return paper(
        event,
        issue,
        _("Mark sheet %(code)s · %(judge)s", code=code, judge=pile.judge),
        table,
        meta=(
            (_("Entry code"), code),
            (_("Station"), station_words(entry.station, entry.batch)),
            (_("Stage"), stage),
            (_("Judge code"), pile.judge),
        ),
        signatures=_signatures(pile),
        seal=seal,
    )


def _signatures(pile: Pile) -> tuple[str, ...]:
    others = [judge for judge in pile.panel if judge != pile.judge]
    return (
        _("Judge %(code)s", code=pile.judge),
        *(_("Judge %(code)s", code=other) for other in others),
        _("Chief judge"),
        _("Date and time"),
    )


def _table(pile: Pile) -> Table:
    attempts = pile.stage.attempts
    boxes = (
        [Column(_("Mark"), width=MARK)]
        if attempts == 1
        else [
            Column(_("Attempt %(number)s", number=number + 1), width=MARK - 4 * min(attempts - 1, 2))
            for number in range(attempts)
        ]
    )
    columns = (Column(_("Criterion")), Column(_("Item code")), Column(_("Aspect")), Column(_("To be marked")))
    titles = {criterion.code: criterion.title or criterion.code for criterion in pile.stage.criteria}
    rows = tuple(
        (titles[a.criterion], a.code, _asked(a), _how(a, pile), *[box(a)] * attempts) for a in pile.aspects
    )
    notes = (
        _("An empty box is no mark; nought is written 0. Strike a wrong mark out, write beside it and sign."),
        _("Never write a name or a unit on this sheet."),
    )
    return Table("", (*columns, *boxes), rows, notes=notes, group=0, form=True)


def _asked(aspect: Aspect) -> str:
    levels = [f"{number}  {text}" for number, text in enumerate(aspect.levels) if text]
    return "\n".join(filter(None, (aspect.title or aspect.code, aspect.description, *levels)))


def _how(aspect: Aspect, pile: Pile) -> str:
    if aspect.panel.method == "agreed" and pile.panel:
        return "\n".join((entered(aspect), _("One value for the whole panel")))
    return entered(aspect)


def box(aspect: Aspect) -> str:
    """Return what is printed in an empty box: levels to tick, or what is to be written."""
    if aspect.kind == "judgement":
        return "  ".join(f"□ {level}" for level in range(len(aspect.levels)))
    if aspect.entry == "pass":
        return _("□ yes  □ no")
    split = splits(aspect)
    if split == "time":
        return _("____ min ____ s")
    if split == "hits":
        return _("found ____ wrong ____")
    if split == "target":
        return _("target ____ achieved ____")
    if aspect.kind == "count" or aspect.kind == "deduction" and aspect.per is not None:
        return _("number ____")
    return f"____ {aspect.unit}" if aspect.unit else ""
