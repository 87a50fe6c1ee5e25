"""Write the register of honours: recommend from a final result, record, grant, decline, revoke."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Competition, Event
from competitions.organisations.models import Union
from core import clock, database
from core.audit import services as audit
from core.i18n import day as shown_day
from core.refusals import Refusal, Refused, refuse
from scoring.honours import labels, queries, rules
from scoring.honours.candidates import Candidate
from scoring.honours.models import Honour
from scoring.honours.rules import DECLINED, GRANTED, KINDS, RECOMMENDED, REVOKED
from scoring.results import integrity


class Decision(NamedTuple):
    """What a document decides: its number, its day, who grants or why not."""

    document: str
    on: date
    body: str = ""
    reason: str = ""


class Recorded(NamedTuple):
    """An honour that was granted elsewhere and is only written down here."""

    kind: str
    level: str
    recipient: str
    unit: str
    decision: Decision


class Act(NamedTuple):
    """Who does something, and when."""

    actor_id: int | None
    now: datetime


def recommend(
    session: Session, event: Event, kind: str, level: str, chosen: Sequence[Candidate], act: Act
) -> list[Honour]:
    """Recommend some of a final result for an honour.

    Raises: Refused HONOUR_NOT_FINAL, what is wrong with the frozen result, HONOUR_NOBODY, and HONOUR_HELD for
    everybody for whom the same honour stands already; then nobody is recommended.
    """
    database.lock(session, "honours")
    version = queries.find_final(session, event)
    if version is None:
        raise refuse("HONOUR_NOT_FINAL")
    changed = integrity.version_refusals(session, version)
    if changed:
        raise Refused(*changed)
    if not chosen:
        raise refuse("HONOUR_NOBODY")
    made = [_recommended(event, kind, level, one, act) for one in chosen]
    _add(session, made, {id(honour): one.keys for honour, one in zip(made, chosen, strict=True)})
    detail = {"kind": kind, "level": level, "count": len(made), "number": version.number}
    _record(session, "honour:recommend", f"event:{event.id}", act, detail, event.id)
    return made


def record_granted(
    session: Session, union: Union, rows: Sequence[Recorded], act: Act, *, sha256: str = ""
) -> list[Honour]:
    """Write down honours that were granted; `sha256` is of the list that they came with.

    Raises: Refused HONOUR_DAY, HONOUR_UNIT_SELF, HONOUR_HELD, all of them at once; then nothing is written.
    """
    database.lock(session, "honours")
    wrong = [refusal for row in rows for refusal in _wrong(row, act.now)]
    if wrong:
        raise Refused(*wrong)
    made = [_written_down(session, union, row, act) for row in rows]
    _add(session, made, {})
    detail = {"count": len(made), "numbers": [honour.id for honour in made], "sha256": sha256}
    _record(session, "honour:record", f"union:{union.id}", act, detail)
    return made


def decide(session: Session, honours: Sequence[Honour], state: str, decision: Decision, act: Act) -> None:
    """Grant, decline or revoke honours by one document.

    Raises: Refused HONOUR_NOTHING, HONOUR_DAY, HONOUR_STATE for each that stands otherwise by now,
    HONOUR_BEFORE_GRANT.
    """
    database.lock(session, "honours")
    for honour in honours:
        session.refresh(honour)
    wrong = [refusal for honour in honours for refusal in _against(honour, state, decision)]
    if not honours:
        wrong.append(Refusal("HONOUR_NOTHING"))
    if _ahead(decision.on, act.now):
        wrong.append(Refusal("HONOUR_DAY", "on"))
    if wrong:
        raise Refused(*wrong)
    for honour in honours:
        _decide(honour, state, decision)
    session.flush()
    for honour in honours:
        detail = {
            "state": state, "document": decision.document, "on": decision.on.isoformat(),
            "reason": decision.reason,
        }  # fmt: skip
        _record(session, "honour:decide", f"honour:{honour.id}", act, detail, honour.event_id)


def save_groups(
    session: Session, competition: Competition, said: Mapping[Honour, tuple[str, bool | None]], act: Act
) -> int:
    """Say to which groups recommended ones belong, for the checks of the list; return how many changed."""
    database.lock(session, "honours")
    changed = 0
    for honour, (grouping, migrant) in said.items():
        known = KINDS[honour.kind].groups
        if honour.state == RECOMMENDED and grouping in ("", *known):
            changed += (honour.grouping, honour.migrant) != (grouping, migrant)
            honour.grouping, honour.migrant = grouping, migrant
    session.flush()
    _record(session, "honour:group", f"competition:{competition.id}", act, {"count": changed})
    return changed


# ---------------------------------------------------------------- parts


def _recommended(event: Event, kind: str, level: str, one: Candidate, act: Act) -> Honour:
    return Honour(
        kind=kind, level=level, recipient=one.name, person_ref=one.person_ref, unit_name=one.unit,
        unit_id=one.unit_id, union_id=event.competition.union_id, competition_id=event.competition_id,
        event_id=event.id, rank=one.rank, award=one.award, state=RECOMMENDED,
        once_key=rules.once_key(KINDS[kind], level, one.who, f"e{event.id}"),
        recorded_at=act.now, recorded_by_id=act.actor_id,
    )  # fmt: skip


def _written_down(session: Session, union: Union, row: Recorded, act: Act) -> Honour:
    unit = queries.find_unit_named(session, row.unit)
    ref = None
    if unit is not None and KINDS[row.kind].whom == rules.PERSON:
        same = queries.list_people_named(session, row.recipient, unit.id)
        ref = same[0].ref if len(same) == 1 else None  # of two namesakes nobody can say which one
    who = rules.by_ref(ref) if ref else rules.by_name(row.unit, row.recipient)
    return Honour(
        kind=row.kind, level=row.level, recipient=row.recipient, person_ref=ref, unit_name=row.unit,
        unit_id=unit.id if unit is not None else None, union_id=union.id, state=GRANTED,
        once_key=rules.once_key(KINDS[row.kind], row.level, who, plain_contest(row.decision.document)),
        granted_by=row.decision.body, document=row.decision.document, granted_on=row.decision.on,
        recorded_at=act.now, recorded_by_id=act.actor_id,
    )  # fmt: skip


def plain_contest(document: str) -> str:
    """Return what stands for the contest of an honour whose contest is not kept here: its document."""
    return "d" + rules.plain(document)


def _add(session: Session, made: Sequence[Honour], further: Mapping[int, Iterable[str]]) -> None:
    """Add honours unless one of them stands already, or stands twice among these."""
    standing = {honour.once_key: honour for honour in queries.list_holding(session, _keys(made, further))}
    wrong = []
    for honour in made:
        own = _keys([honour], further)
        held = next((standing[key] for key in sorted(own) if key in standing), None)
        if held is not None:
            wrong.append(_held(honour, held.state))
        standing |= dict.fromkeys(own, honour)
    if wrong:
        raise Refused(*wrong)
    session.add_all(made)
    session.flush()


def _keys(made: Sequence[Honour], further: Mapping[int, Iterable[str]]) -> set[str]:
    """Return all keys under which the same honour could stand: by every reference, and by name."""
    found = set()
    for honour in made:
        contest = f"e{honour.event_id}" if honour.event_id else plain_contest(honour.document)
        known = {rules.by_name(honour.unit_name, honour.recipient), *further.get(id(honour), ())}
        found |= {rules.once_key(KINDS[honour.kind], honour.level, who, contest) for who in known}
        found.add(honour.once_key)
    return found


def _held(honour: Honour, state: str) -> Refusal:
    title = labels.named(honour.level, honour.kind)
    told = {"name": honour.recipient, "unit": honour.unit_name, "title": title}
    return Refusal("HONOUR_HELD", "", told | {"state": labels.STATES[state][1]})


def _wrong(row: Recorded, now: datetime) -> list[Refusal]:
    found = []
    if _ahead(row.decision.on, now):
        found.append(Refusal("HONOUR_DAY", "on"))
    if KINDS[row.kind].whom == rules.UNIT and rules.plain(row.recipient) != rules.plain(row.unit):
        found.append(Refusal("HONOUR_UNIT_SELF", "unit"))
    return found


def _against(honour: Honour, state: str, decision: Decision) -> list[Refusal]:
    if state not in rules.ALLOWED.get(honour.state, ()):
        told = {"name": honour.recipient, "state": labels.STATES[honour.state][1]}
        return [Refusal("HONOUR_STATE", "", told)]
    if state == REVOKED and honour.granted_on is not None and decision.on < honour.granted_on:
        return [Refusal("HONOUR_BEFORE_GRANT", "on", {"day": shown_day(honour.granted_on)})]
    return []


def _decide(honour: Honour, state: str, decision: Decision) -> None:
    honour.state = state
    if state == GRANTED:
        honour.document, honour.granted_on, honour.granted_by = decision.document, decision.on, decision.body
    elif state in {DECLINED, REVOKED}:
        honour.ended_document, honour.ended_on = decision.document, decision.on
        honour.ended_reason = decision.reason


def _ahead(day: date, now: datetime) -> bool:
    return day > now.astimezone(clock.LOCAL).date()


def _record(
    session: Session, action: str, subject: str, act: Act, detail: Mapping[str, object],
    event_id: int | None = None,
) -> None:  # fmt: skip
    audit.record(
        session, action, actor_id=act.actor_id, subject=subject, now=act.now, detail=dict(detail),
        event_id=event_id,
    )  # fmt: skip
