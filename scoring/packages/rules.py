"""What a recount package becomes as an event: panels, seats, heads, absences, what is too long. Pure.

A package names who marks what of which entry; an event knows seats for all its entries. Where a package
assigns judges entry by entry, the seats are those of all entries together, and whoever has nothing to mark of
one of them is absent there: SCHEME.md section 4 counts both the same.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from scoring.rules.csvtext import write_csv
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, MarkInput
from scoring.rules.model import Scheme

NO_JUDGE = "-"
LONGEST_CODE = 40
LONGEST_NAME = 120
LONGEST_TITLE = 120
ABSENT = "absent_judge"
BOUNDARY, WARNINGS = "AWARD_BOUNDARY_TIE", frozenset({"SCALE_NO_SPREAD"})

Table = tuple[Sequence[str], Sequence[Sequence[str]]]
Place = tuple[str, str]
Panels = Mapping[Place, Set[str]]


class SeatRow(NamedTuple):
    """One judge's place as an assignment of the product: a stage, or one aspect of it."""

    judge: str
    stage: str
    aspect: str


class TooLong(NamedTuple):
    """A text of a package for which the product has no room."""

    where: str
    text: str
    most: int


def judge_code(code: str) -> str:
    """Return the code of a judge; one that a package leaves empty gets a name."""
    return code or NO_JUDGE


def panels(
    scheme: Scheme, assignments: Sequence[AssignmentInput] | None, marks: Iterable[MarkInput]
) -> dict[Place, set[str]]:
    """Return who sits on the panel of each (stage, aspect) for any entry.

    Without assignments these are the judges who marked the aspect at all.
    """
    found: dict[Place, set[str]] = {
        (aspect.stage, aspect.code): set() for stage in scheme.stages for aspect in stage.aspects
    }
    if assignments is None:
        for mark in marks:
            found[mark.stage, mark.aspect].add(mark.judge)
        return found
    for row in assignments:
        for place in _places(scheme, row):
            found[place].add(row.judge)
    return found


def seats(scheme: Scheme, panels_of: Panels) -> list[SeatRow]:
    """Return the seats that give these panels: one for a stage whose panels are all alike, else by aspect."""
    rows: list[SeatRow] = []
    for stage in scheme.stages:
        sets = [panels_of[stage.code, aspect.code] for aspect in stage.aspects]
        if sets and all(judges == sets[0] for judges in sets):
            rows += [SeatRow(judge, stage.code, "") for judge in sorted(sets[0])]
            continue
        for aspect, judges in zip(stage.aspects, sets, strict=True):
            rows += [SeatRow(judge, stage.code, aspect.code) for judge in sorted(judges)]
    return rows


def heads(scheme: Scheme, panels_of: Panels, marks: Iterable[MarkInput]) -> set[str]:
    """Return the judges who handed in a value that a panel of several had agreed on."""
    agreed = {
        (stage.code, aspect.code)
        for stage in scheme.stages
        for aspect in stage.aspects
        if aspect.panel.method == "agreed" and len(panels_of[stage.code, aspect.code]) > 1
    }
    return {mark.judge for mark in marks if (mark.stage, mark.aspect) in agreed}


def absences(
    scheme: Scheme, assignments: Sequence[AssignmentInput] | None, entries: Sequence[EntryInput]
) -> list[DecisionInput]:
    """Return the absences that make seats for all entries say what assignments by entry say."""
    if assignments is None or not any(row.entry for row in assignments):
        return []
    everyone = panels(scheme, assignments, ())
    named: dict[tuple[str, Place], set[str]] = {}
    for row in assignments:
        for place in _places(scheme, row):
            for code in [row.entry] if row.entry else [entry.entry for entry in entries]:
                named.setdefault((code, place), set()).add(row.judge)
    return [
        absence
        for entry in entries
        for stage in scheme.stages
        for absence in _stage_absences(
            entry.entry,
            stage.code,
            {a.code: everyone[stage.code, a.code] - named.get((entry.entry, (stage.code, a.code)), set())
             for a in stage.aspects},
            {a.code: everyone[stage.code, a.code] for a in stage.aspects},
        )
    ]  # fmt: skip


def _stage_absences(
    entry: str, stage: str, away: Mapping[str, Set[str]], seated: Mapping[str, Set[str]]
) -> Iterable[DecisionInput]:
    """Yield one absence for a whole stage where a judge has nothing to mark in it, else one per aspect."""
    for judge in sorted(set().union(*away.values())):
        missing = [aspect for aspect, judges in away.items() if judge in judges]
        has = [aspect for aspect, judges in seated.items() if judge in judges]
        for aspect in [""] if missing == has else missing:
            yield DecisionInput(ABSENT, entry, stage, aspect, judge)


def _places(scheme: Scheme, row: AssignmentInput) -> list[Place]:
    stage = scheme.find_stage(row.stage)
    aspects = stage.aspects if stage else ()
    return [(row.stage, a.code) for a in aspects if row.aspect in ("", a.code)]


def too_long(
    scheme: Scheme, entries: Iterable[EntryInput], judges: Iterable[str], decisions: Iterable[DecisionInput]
) -> list[TooLong]:
    """Return the texts for which the product has no room; the package itself is in order."""
    texts = [(f"scheme.json {stage.code[:20]}", stage.code, LONGEST_CODE) for stage in scheme.stages]
    texts += [
        (f"scheme.json {a.stage}", a.code, LONGEST_CODE) for stage in scheme.stages for a in stage.aspects
    ]
    for entry in entries:
        texts += [(entry.where, entry.entry, LONGEST_CODE), (entry.where, entry.name, LONGEST_NAME)]
        texts.append((entry.where, entry.unit, LONGEST_NAME))
    texts += [("marks.csv", judge, LONGEST_CODE) for judge in judges]
    texts += [(row.where, row.value, LONGEST_TITLE) for row in decisions]
    return [TooLong(where, text, most) for where, text, most in texts if len(text) > most]


def entry_name(entry: EntryInput, *, demo: bool) -> str:
    """Return the name an entry gets: its own, unless it has none or has to say that it is a demonstration."""
    if entry.name and (not demo or "演示" in entry.name):
        return entry.name
    return f"演示选手 {entry.entry}"


def unit_name(entry: EntryInput, scheme: Scheme) -> str:
    """Return the unit of an entry; without one it is a stand-in.

    Where awards are capped by unit, each entry without a unit needs a stand-in of its own: no unit, no cap.
    """
    if entry.unit:
        return entry.unit
    return f"演示参赛单位 {entry.entry}" if is_capped_by_unit(scheme) else "演示参赛单位"


def shown_entries(
    entries: Sequence[EntryInput], scheme: Scheme, names: Mapping[str, tuple[str, str]] | None
) -> list[EntryInput]:
    """Return the entries of an exported package: with (name, unit) by code, or blind.

    A blind package tells entries of one unit by a number where awards are capped by unit, so that it recounts
    to the same awards; nothing else needs a unit.
    """
    if names is not None:
        return [EntryInput(row.entry, *names.get(row.entry, ("", row.unit)), row.status) for row in entries]
    units = dict.fromkeys(row.unit for row in sorted(entries, key=lambda row: row.entry) if row.unit)
    numbers = {unit: f"unit-{number}" for number, unit in enumerate(units, start=1)}
    capped = is_capped_by_unit(scheme)
    return [
        EntryInput(row.entry, "", numbers.get(row.unit, "") if capped else "", row.status) for row in entries
    ]


def published(table: Table, codes: Collection[str]) -> Table | None:
    """Return the table that goes out as results.csv, or None where findings keep it from being published.

    Shape: `table` is (header, rows) with the awards last where the scheme has any; `codes` are those of the
    findings about it. Awards are left out while a tie on a border is open.
    """
    errors = set(codes) - WARNINGS
    if errors - {BOUNDARY}:
        return None
    header, rows = table
    if BOUNDARY not in errors:
        return header, rows
    return header[:-1], [row[:-1] for row in rows]


def is_capped_by_unit(scheme: Scheme) -> bool:
    """Say whether any award tier takes only so many entries of one unit."""
    return scheme.awards is not None and any(tier.per_unit is not None for tier in scheme.awards.tiers)


def vetoes_file(vetoes: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return the file that says why entries are ineligible; none where nobody is."""
    rows = sorted(tuple(row) for row in vetoes)
    return {"vetoes.csv": write_csv(("entry", "on", "reason", "source"), rows)} if rows else {}
