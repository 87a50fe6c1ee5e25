"""What a table proposes, judged by the rules of entry; and what may be admitted against them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from competitions.entries import queries, rules
from competitions.entries.admission import Candidate, CandidatePerson, find_breaches
from competitions.entries.roles import COACH
from competitions.entries.rows import shown
from competitions.entries.work import ProposedEntry, Work, by_first
from competitions.events.queries import get_event
from competitions.lists.findings import Finding

# What the organiser can admit in a single case; everything else is wrong in itself.
ADMITTABLE = frozenset(
    {
        "AGE_OUT_OF_RANGE", "OWN_TRADE", "OWN_TRADE_UNKNOWN", "SKILL_LEVEL", "SKILL_LEVEL_UNKNOWN",
        "PREVIOUS_WINNER", "UNIT_QUOTA", "TEAM_SIZE", "TEAM_SUBSTITUTES", "TEAM_NO_SUBSTITUTES",
        "DUPLICATE_ENTRY",
    }
)  # fmt: skip
OF_THE_ENTRY = frozenset({"UNIT_QUOTA", "TEAM_SIZE", "TEAM_SUBSTITUTES", "TEAM_NO_SUBSTITUTES"})


def judge(work: Work, entries: Sequence[ProposedEntry]) -> None:
    """Add to the findings what breaks the rules of entry.

    A draft may break them as long as it is not handed in; where the organiser admits an exception, what is
    admitted becomes a note.
    """
    event = get_event(work.session, work.asked.event_id)
    candidates = [_candidate(work, entry) for entry in entries if entry.standing is None or entry.changes]
    wrong = {finding.row for finding in work.findings if not finding.note}
    first = [entry.row for entry in entries if wrong.intersection(entry.rows)]
    rows = by_first(work.rows)
    for found in find_breaches(work.session, event, candidates, wrong=first):
        breach = found.breach
        written = getattr(rows[found.row].person, breach.field, "")
        value = shown(breach.field, written or found.value)
        work.find(
            Finding(breach.code, found.row, breach.field, value, dict(breach.params), breach.note)
        )
    drafts = {row for entry in entries if _stays_draft(work, entry) for row in (entry.row, *entry.rows)}
    work.findings[:] = [
        _noted(finding) if work.asked.exception or finding.row in drafts else finding
        for finding in work.findings
    ]


def _stays_draft(work: Work, entry: ProposedEntry) -> bool:
    """Say whether an entry is handed in later; what has been handed in stays so when a list changes it."""
    standing = work.standing.get(entry.row)
    return work.asked.draft and (standing is None or standing.review in rules.WITH_UNIT)


def is_admittable(code: str, params: Mapping[str, object]) -> bool:
    """Say whether the organiser can admit this: not two entries in one event, nor an age nobody has."""
    if code == "DUPLICATE_ENTRY":
        return "event" in params
    if code == "AGE_OUT_OF_RANGE":
        return "day" in params
    return code in ADMITTABLE


def admitted_of(entry: ProposedEntry, findings: Iterable[Finding]) -> list[tuple[str, int | None]]:
    """Return (code, row of the person) of what is admitted of one entry; no row: of the entry itself."""
    rows = {*entry.rows, entry.row}
    return [
        (finding.code, None if finding.code in OF_THE_ENTRY else finding.row)
        for finding in findings
        if finding.row in rows and finding.note and is_admittable(finding.code, finding.params)
    ]


def _noted(finding: Finding) -> Finding:
    return finding._replace(note=True) if is_admittable(finding.code, finding.params) else finding


def _candidate(work: Work, entry: ProposedEntry) -> Candidate:
    people = tuple(
        CandidatePerson(
            person.row, person.values.name, person.known_id, person.values.id_number,
            person.values.skill_level, person.trade,
        )
        for person in entry.people
        if person.values.role != COACH  # the rules are for who competes
    )  # fmt: skip
    stands: Any = work.standing.get(entry.row)
    if stands is None and work.asked.ignoring is not None:
        stands = queries.find_entry(work.session, work.asked.event_id, work.asked.ignoring)
    entry_id = stands.id if stands is not None else None
    settled = stands is not None and stands.review in rules.ENTERED and stands.unit_id == entry.unit_id
    return Candidate(
        entry.row, entry.unit_id, entry.unit, people, entry_id, not _stays_draft(work, entry), settled
    )
