"""The programme (秩序册): what is held, where and when, who judges, who takes part."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of, trade_words
from competitions.events.frame import days
from competitions.events.labels import BODY_ROLES, ENTRY_KINDS, EVENT_FIELDS
from competitions.events.models import Event
from competitions.judges.overview import Board, Row, board
from core.i18n import listed
from reports.documents.model import Column, Cover, Document, Kind, Table
from reports.papers import field, roster
from reports.papers.issue import PROVISIONAL, Issue, bodies, paper
from reports.timetables import sheet
from scoring.results.words import weight
from scoring.rules.model import Scheme
from scoring.rules.numbers import format_short
from scoring.schemes.queries import find_scheme

ITEM = 22  # characters of the column that names a fact


def build(session: Session, event: Event, issue: Issue) -> Document:
    """Return the programme of an event: facts, stages, timetable, judges, units, roster."""
    lines = field.list_lines(session, event)
    scheme, judges = find_scheme(session, event.id), board(session, event)
    timetable = sheet.table(session, event, _("Timetable"))
    tables = [_facts(event), _stages(scheme), *([timetable] if timetable.rows else [])]
    tables += [_judges(scheme, judges), _units(lines)]
    tables.append(roster.table(event, lines, _("Roster of entrants")))
    return paper(
        event,
        issue,
        _("Programme"),
        *tables,
        cover=Cover(
            above=(name_of(event.competition), name_of(event)),
            below=tuple(_cover_pairs(event)),
            foot=_("Provisional: registration is not closed yet") if event.state in PROVISIONAL else "",
        ),
    )


def _cover_pairs(event: Event) -> Iterable[tuple[str, str]]:
    for role, label in BODY_ROLES.items():
        if named := bodies(event.competition, role):
            yield str(label), listed(named)
    yield from _time_and_place(event)


def _time_and_place(event: Event) -> Iterable[tuple[str, str]]:
    competition = event.competition
    if when := days(event.starts_on, event.ends_on) or days(competition.starts_on, competition.ends_on):
        yield _("Days"), when
    if event.venue:
        yield str(EVENT_FIELDS["venue"]), event.venue


def _facts(event: Event) -> Table:
    competition = event.competition
    facts = [(_("Competition"), name_of(competition)), (_("Theme"), competition.theme)]
    facts += [(_("Level"), name_of(competition.level)), (_("Event"), name_of(event))]
    facts += [(_("Trade"), trade_words(event.trade))] if event.trade is not None else []
    facts += [(str(EVENT_FIELDS["group_name"]), event.group_name)]
    facts += [(str(EVENT_FIELDS["entry_kind"]), str(ENTRY_KINDS[event.entry_kind]))]
    facts += [(str(label), listed(bodies(competition, role))) for role, label in BODY_ROLES.items()]
    facts += [*_time_and_place(event), *_afterwards(event)]
    columns = (Column(_("Item"), width=ITEM), Column(_("What applies"), width=80))
    return Table(_("About the event"), columns, tuple(fact for fact in facts if fact[1]))


def _afterwards(event: Event) -> Iterable[tuple[str, str]]:
    if event.appeal_minutes:
        yield (
            str(EVENT_FIELDS["appeal_minutes"]),
            ngettext(
                "%(num)d minute from the announcement", "%(num)d minutes from the announcement",
                event.appeal_minutes,
            ),
        )  # fmt: skip
    if event.notice_days:
        yield (
            str(EVENT_FIELDS["notice_days"]),
            ngettext("%(num)d day after it is announced", "%(num)d days after it is announced",
                     event.notice_days),
        )  # fmt: skip


def _stages(scheme: Scheme | None) -> Table:
    columns = (
        Column(_("Stage")),
        Column(_("Weight")),
        Column(_("Full marks")),
        Column(_("Criteria")),
        Column(_("Attempts"), Kind.INTEGER),
    )
    rows = tuple(
        (
            stage.title or stage.code,
            weight(scheme, stage) or "—",
            "—" if stage.maximum is None else format_short(stage.maximum),
            listed(criterion.title or criterion.code for criterion in stage.criteria),
            stage.attempts,
        )
        for stage in (scheme.stages if scheme is not None else ())
        if scheme is not None
    )
    return Table(_("Stages"), columns, rows, empty=_("The scheme of this event is not settled yet."))


def _judges(scheme: Scheme | None, judges: Board) -> Table:
    ranked = sorted((row for row in judges.rows if row.working), key=lambda row: not row.judge.chief)
    units = (Column(_("Own unit")),) if any(row.unit for row in ranked) else ()
    columns = (Column(_("Duty")), Column(_("Full name")), *units, Column(_("Marks in")))
    rows = tuple(
        (duty(row), row.judge.user.name, *((row.unit,) if units else ()), stage_titles(scheme, row) or "—")
        for row in ranked
    )
    return Table(_("Judges"), columns, rows, empty=_("No judge is appointed yet."))


def duty(row: Row) -> str:
    """Return what a judge is in an event."""
    if row.judge.chief:
        return _("Chief judge")
    return _("Head of a panel") if row.judge.head else _("Judge")


def stage_titles(scheme: Scheme | None, row: Row) -> str:
    """Return the stages in which a judge marks."""
    stages = scheme.stages if scheme is not None else ()
    return listed(stage.title or stage.code for stage in stages if row.marks(stage.code))


def _units(lines: list[field.Line]) -> Table:
    entries: dict[str, set[int]] = {}
    people: dict[str, int] = {}
    for line in lines:
        entries.setdefault(line.unit, set()).add(line.number)
        people[line.unit] = people.get(line.unit, 0) + bool(line.name)
    columns = (
        Column(_("Unit")), Column(_("Entries taking part"), Kind.INTEGER), Column(_("People"), Kind.INTEGER)
    )  # fmt: skip
    rows = tuple((unit, len(numbers), people[unit]) for unit, numbers in entries.items())
    counted = field.count(lines)
    totals = (_("Total"), counted.entries, counted.people) if rows else None
    return Table(_("Units"), columns, rows, totals=totals, empty=_("No entry is approved yet."))
