"""Write judges: appoint, change, dismiss, stop, and give them their places."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from accounts import cards, links
from accounts import services as accounts
from accounts.models import OneTimeLink, User
from accounts.queries import find_grant, list_held_grants
from competitions.events.labels import STATES
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.services import hold
from competitions.judges import checks, places, queries, rules
from competitions.judges.models import Appointment, Assignment
from competitions.judges.rules import Seat
from core.audit import services as audit
from core.refusals import Refused, refuse

REASON_MAXIMUM = 200


class JudgeValues(NamedTuple):
    """What is said about a judge: chief of the event, head of a panel, the own unit."""

    chief: bool = False
    head: bool = False
    unit_id: int | None = None


def appoint(
    session: Session, event: Event, user: User, values: JudgeValues, *, actor_id: int | None, now: datetime
) -> Appointment:
    """Appoint a user as a judge of an event: code, role, and every stage that is known.

    Somebody dismissed before gets the old code again, because papers may carry it.
    Raises: Refused JUDGES_CLOSED, JUDGE_TWICE, JUDGE_DISABLED, CHIEF_TAKEN, ROLE_CONFLICT.
    """
    _hold_open(session, event, rules.APPOINTED_IN)
    known = queries.find_by_user(session, event.id, user.id)
    _refuse_judge(session, event, user, values, known)
    if known is None:
        code = rules.next_code(queries.list_codes(session, event.id))
        known = Appointment(event_id=event.id, user_id=user.id, code=code, appointed_at=now)
        session.add(known)
    known.dismissed_at, known.appointed_at = None, now
    _set(known, values)
    session.flush()
    give_default_places(session, event, known)
    _give_role(session, event, known, actor_id, now)
    _record(session, "judge:appoint", event, known, actor_id, now, user=user.login)
    return known


def invite_judge(
    session: Session,
    event: Event,
    values: JudgeValues,
    *,
    login: str,
    name: str,
    token: str,
    actor_id: int,
    now: datetime,
) -> OneTimeLink:
    """Make an account for a judge, appoint it, and return the link by which the judge chooses a password.

    Raises: as `appoint`; Refused LOGIN_TAKEN.
    """
    _hold_open(session, event, rules.APPOINTED_IN)
    link = links.invite(session, login=login, name=name, token=token, actor_id=actor_id, now=now)
    user = queries.find_user(session, link.user_id)
    assert user is not None  # noqa: S101  # it was made by the line above
    appoint(session, event, user, values, actor_id=actor_id, now=now)
    return link


def renew_link(
    session: Session, appointment: Appointment, *, token: str, actor_id: int, now: datetime
) -> OneTimeLink:
    """Make a new link for a judge whom the same person has invited and who has never signed in.

    A link gives the whole account: it is never made for one that others have invited, or that may do
    anything outside of this event. Whoever has a password asks an administrator.
    Raises: Refused JUDGE_ACTIVE.
    """
    user = appointment.user
    event_scope = ("event", appointment.event_id)
    elsewhere = [g for g in list_held_grants(session, user.id) if (g.scope_kind, g.scope_id) != event_scope]
    if user.password_hash or elsewhere or queries.link_makers(session, user.id) != {actor_id}:
        raise refuse("JUDGE_ACTIVE", name=user.name)
    return links.make_link(session, appointment.user, token=token, actor_id=actor_id, now=now)


def change_judge(
    session: Session,
    event: Event,
    appointment: Appointment,
    values: JudgeValues,
    *,
    actor_id: int,
    now: datetime,
) -> Appointment:
    """Change what is said about a judge; the role follows.

    Raises: Refused JUDGES_CLOSED, CHIEF_TAKEN.
    """
    _hold_open(session, event, rules.APPOINTED_IN)
    _refuse_second_chief(session, event, appointment, values)
    _set(appointment, values)
    session.flush()
    _take_role(session, event, appointment, actor_id, now)
    _give_role(session, event, appointment, actor_id, now)
    detail = {"chief": appointment.chief, "head": appointment.head, "unit": appointment.unit_id}
    _record(session, "judge:change", event, appointment, actor_id, now, **detail)
    return appointment


def dismiss(
    session: Session, event: Event, appointment: Appointment, reason: str, *, actor_id: int, now: datetime
) -> None:
    """End an appointment: the judge marks nothing more, and nothing of the judge counts.

    Raises: Refused JUDGES_CLOSED, JUDGE_REASON, and what the slices above say (signed sheets).
    """
    _hold_open(session, event, rules.DISMISSED_IN)
    reason = _reason(reason)
    refusals = checks.dismissal_refusals(session, appointment)
    if refusals:
        raise Refused(*refusals)
    appointment.dismissed_at = now
    session.flush()
    _take_role(session, event, appointment, actor_id, now)
    _revoke_cards(session, event, appointment, actor_id, now)
    login = appointment.user.login
    _record(session, "judge:dismiss", event, appointment, actor_id, now, user=login, reason=reason)


def stop_work(
    session: Session, event: Event, appointment: Appointment, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Take the role from a judge whose signed sheets stay valid: no new marks come from there.

    Raises: Refused JUDGES_CLOSED, JUDGE_REASON.
    """
    _hold_open(session, event, rules.DISMISSED_IN)
    reason = _reason(reason)
    _take_role(session, event, appointment, actor_id, now)
    _revoke_cards(session, event, appointment, actor_id, now)
    login = appointment.user.login
    _record(session, "judge:stop", event, appointment, actor_id, now, user=login, reason=reason)


def resume_work(
    session: Session, event: Event, appointment: Appointment, *, actor_id: int, now: datetime
) -> None:
    """Give the role back to a judge whose work was stopped.

    Raises: Refused JUDGES_CLOSED.
    """
    _hold_open(session, event, rules.DISMISSED_IN)
    _give_role(session, event, appointment, actor_id, now)
    _record(session, "judge:resume", event, appointment, actor_id, now, user=appointment.user.login)


def assign_stages(
    session: Session,
    event: Event,
    chosen: Mapping[int, Collection[str]],
    *,
    actor_id: int,
    now: datetime,
) -> int:
    """Set the stages of every judge at once; return how many judges changed.

    A stage that stays keeps the aspects it was narrowed to. Shape: `chosen` by appointment.
    Raises: Refused JUDGES_CLOSED, JUDGE_WITHOUT_PLACE where anybody but the chief would mark nothing.
    """
    _hold_open(session, event, rules.APPOINTED_IN)
    stages = [place.stage for place in places.list_places(session, event)]
    judges = queries.list_appointments(session, event.id)
    marking = [judge for judge in judges if not judge.chief]
    idle = [judge.code for judge in marking if not set(chosen.get(judge.id, ())) & set(stages)]
    if idle:
        raise refuse("JUDGE_WITHOUT_PLACE", codes=_(", ").join(idle))
    changed = 0
    for judge in judges:
        before, wanted = queries.seats_of(judge), set(chosen.get(judge.id, ())) & set(stages)
        kept = {seat for seat in before if seat.stage in wanted}
        after = kept | {Seat(stage) for stage in wanted - {seat.stage for seat in kept}}
        changed += _replace_seats(session, event, judge, before, after, actor_id, now)
    return changed


def assign_aspects(
    session: Session,
    event: Event,
    stage: str,
    chosen: Mapping[int, Collection[str]],
    *,
    actor_id: int,
    now: datetime,
) -> int:
    """Narrow the judges of a stage to aspects; nothing chosen for a judge means the whole stage.

    Raises: Refused JUDGES_CLOSED.
    """
    _hold_open(session, event, rules.APPOINTED_IN)
    known = {p.stage: {code for code, _title in p.aspects} for p in places.list_places(session, event)}
    changed = 0
    for judge in queries.list_appointments(session, event.id):
        before = queries.seats_of(judge)
        if not any(seat.stage == stage for seat in before):
            continue
        aspects = set(chosen.get(judge.id, ())) & known.get(stage, set())
        whole = not aspects or aspects == known.get(stage)
        here = {Seat(stage)} if whole else {Seat(stage, aspect) for aspect in aspects}
        after = {seat for seat in before if seat.stage != stage} | here
        changed += _replace_seats(session, event, judge, before, after, actor_id, now)
    return changed


def give_default_places(session: Session, event: Event, appointment: Appointment) -> None:
    """Take away places of stages that no longer exist; a judge left without any gets every stage."""
    known = places.known_seats(session, event)
    if not known:
        return
    rows = queries.list_assignments(session, appointment.id)
    before = {Seat(row.stage, row.aspect, row.stations) for row in rows}
    _store_seats(session, appointment, before, rules.effective_seats(before, known, chief=appointment.chief))


# ---------------------------------------------------------------- parts


def _hold_open(session: Session, event: Event, states: Collection[str]) -> None:
    hold(session, event)
    if event.state not in states:
        raise refuse("JUDGES_CLOSED", state=STATES[event.state])


def _refuse_judge(
    session: Session, event: Event, user: User, values: JudgeValues, known: Appointment | None
) -> None:
    if user.disabled_at is not None:
        raise refuse("JUDGE_DISABLED", "who", name=user.name)
    if known is not None and known.dismissed_at is None:
        raise refuse("JUDGE_TWICE", "who", name=user.name, judge=known.code)
    held = queries.roles_on(session, user.id, event_path(session, event))
    if rules.conflicting_roles(event.competition.profile, held):
        raise refuse("ROLE_CONFLICT", "who", name=user.name)
    _refuse_second_chief(session, event, known, values)


def _refuse_second_chief(
    session: Session, event: Event, appointment: Appointment | None, values: JudgeValues
) -> None:
    others = [j for j in queries.list_appointments(session, event.id) if j is not appointment and j.chief]
    if values.chief and others:
        raise refuse("CHIEF_TAKEN", "chief", judge=others[0].code, name=others[0].user.name)


def _set(appointment: Appointment, values: JudgeValues) -> None:
    appointment.chief, appointment.head, appointment.unit_id = values


def _give_role(
    session: Session, event: Event, appointment: Appointment, actor_id: int | None, now: datetime
) -> None:
    role = "chief_judge" if appointment.chief else "judge"
    user = queries.find_user(session, appointment.user_id)
    if user is not None:
        accounts.give_grant(session, user, role, ("event", event.id), actor_id=actor_id, now=now)


def _take_role(
    session: Session, event: Event, appointment: Appointment, actor_id: int | None, now: datetime
) -> None:
    for role in rules.ROLES:
        grant = find_grant(session, appointment.user_id, role, "event", event.id)
        if grant is not None:
            accounts.withdraw_grant(session, appointment.user, grant, actor_id=actor_id, now=now)


def _revoke_cards(
    session: Session, event: Event, appointment: Appointment, actor_id: int, now: datetime
) -> None:
    """Let the judge card of somebody who works here no longer open nothing."""
    holder = cards.Holder(appointment.user_id, appointment.user.login, event.id)
    cards.revoke_of(session, holder, actor_id=actor_id, now=now)


def _replace_seats(
    session: Session,
    event: Event,
    judge: Appointment,
    before: set[Seat],
    after: set[Seat],
    actor_id: int,
    now: datetime,
) -> bool:
    if before == after:
        return False
    _store_seats(session, judge, before, after)
    named = [_named(seat) for seat in sorted(after)]
    _record(session, "judge:assign", event, judge, actor_id, now, places=named)
    return True


def _named(seat: Seat) -> str:
    place = f"{seat.stage}.{seat.aspect}" if seat.aspect else seat.stage
    return f"{place} [{seat.stations}]" if seat.stations else place


def _store_seats(session: Session, appointment: Appointment, before: set[Seat], after: set[Seat]) -> None:
    for seat in before - after:
        session.execute(
            delete(Assignment).where(
                Assignment.appointment_id == appointment.id,
                Assignment.stage == seat.stage,
                Assignment.aspect == seat.aspect,
            )
        )
    new = sorted(after - before)
    session.add_all(Assignment(appointment_id=appointment.id, **seat._asdict()) for seat in new)
    session.flush()
    session.expire(appointment, ["assignments"])


def _reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise refuse("JUDGE_REASON", "reason")
    return reason[:REASON_MAXIMUM]


def _record(
    session: Session,
    action: str,
    event: Event,
    appointment: Appointment,
    actor_id: int | None,
    now: datetime,
    **detail: object,
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"judge:{appointment.id}", now=now, event_id=event.id,
        detail={"code": appointment.code, **detail},
    )  # fmt: skip
