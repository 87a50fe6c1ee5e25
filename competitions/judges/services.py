"""Write judges: appoint, change, dismiss, stop, and give them their places."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from accounts import cards, links
from accounts import services as accounts
from accounts.models import OneTimeLink, User
from accounts.queries import find_grant, list_held_grants
from competitions.events import profiles
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.judges import checks, queries, rules
from competitions.judges.holding import demand_reason, hold_open, record
from competitions.judges.models import Appointment
from competitions.judges.seats import give_default_places
from core.refusals import Refused, refuse


class JudgeValues(NamedTuple):
    """What is said about a judge: chief of the event, head of a panel, the own unit."""

    chief: bool = False
    head: bool = False
    unit_id: int | None = None


def appoint(
    session: Session, event: Event, user: User, values: JudgeValues, *, actor_id: int | None, now: datetime,
    stands_in: bool = False,
) -> Appointment:  # fmt: skip
    """Appoint a user as a judge of an event: code, role, and every stage that is known.

    Somebody dismissed before gets the old code again, because papers may carry it. Whoever stands in for
    another judge may come while marking is on, and gets the other's places alone.
    Raises: Refused JUDGES_CLOSED, JUDGE_TWICE, JUDGE_DISABLED, CHIEF_TAKEN, ROLE_CONFLICT.
    """
    hold_open(session, event, rules.DISMISSED_IN if stands_in else rules.APPOINTED_IN)
    known = queries.find_by_user(session, event.id, user.id)
    _refuse_judge(session, event, user, values, known)
    if known is None:
        code = rules.next_code(queries.list_codes(session, event.id))
        known = Appointment(event_id=event.id, user_id=user.id, code=code, appointed_at=now)
        session.add(known)
    known.dismissed_at, known.appointed_at = None, now
    _set(known, values)
    session.flush()
    if not stands_in:
        give_default_places(session, event, known)
    give_role(session, event, known, actor_id, now)
    record(session, "judge:appoint", event, known, actor_id, now, user=user.login)
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
    hold_open(session, event, rules.APPOINTED_IN)
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
    hold_open(session, event, rules.APPOINTED_IN)
    _refuse_second_chief(session, event, appointment, values)
    _set(appointment, values)
    session.flush()
    take_role(session, event, appointment, actor_id, now)
    give_role(session, event, appointment, actor_id, now)
    detail = {"chief": appointment.chief, "head": appointment.head, "unit": appointment.unit_id}
    record(session, "judge:change", event, appointment, actor_id, now, **detail)
    return appointment


def dismiss(
    session: Session, event: Event, appointment: Appointment, reason: str, *, actor_id: int, now: datetime
) -> None:
    """End an appointment: the judge marks nothing more, and nothing of the judge counts.

    Raises: Refused JUDGES_CLOSED, JUDGE_REASON, and what the slices above say (signed sheets).
    """
    hold_open(session, event, rules.DISMISSED_IN)
    reason = demand_reason(reason)
    refusals = checks.dismissal_refusals(session, appointment)
    if refusals:
        raise Refused(*refusals)
    appointment.dismissed_at = now
    session.flush()
    take_role(session, event, appointment, actor_id, now)
    revoke_cards(session, event, appointment, actor_id, now)
    login = appointment.user.login
    record(session, "judge:dismiss", event, appointment, actor_id, now, user=login, reason=reason)


def stop_work(
    session: Session, event: Event, appointment: Appointment, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Take the role from a judge whose signed sheets stay valid: no new marks come from there.

    Raises: Refused JUDGES_CLOSED, JUDGE_REASON.
    """
    hold_open(session, event, rules.DISMISSED_IN)
    reason = demand_reason(reason)
    take_role(session, event, appointment, actor_id, now)
    revoke_cards(session, event, appointment, actor_id, now)
    login = appointment.user.login
    record(session, "judge:stop", event, appointment, actor_id, now, user=login, reason=reason)


def resume_work(
    session: Session, event: Event, appointment: Appointment, *, actor_id: int, now: datetime
) -> None:
    """Give the role back to a judge whose work was stopped.

    Raises: Refused JUDGES_CLOSED.
    """
    hold_open(session, event, rules.DISMISSED_IN)
    give_role(session, event, appointment, actor_id, now)
    record(session, "judge:resume", event, appointment, actor_id, now, user=appointment.user.login)


# ---------------------------------------------------------------- parts


def _refuse_judge(
    session: Session, event: Event, user: User, values: JudgeValues, known: Appointment | None
) -> None:
    if user.disabled_at is not None:
        raise refuse("JUDGE_DISABLED", "who", name=user.name)
    if known is not None and known.dismissed_at is None:
        raise refuse("JUDGE_TWICE", "who", name=user.name, judge=known.code)
    held = queries.roles_on(session, user.id, event_path(session, event))
    if profiles.get(event.competition.profile).separate and rules.conflicting_roles(held):
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


def give_role(
    session: Session, event: Event, appointment: Appointment, actor_id: int | None, now: datetime
) -> None:
    """Give a judge the role of the appointment."""
    role = "chief_judge" if appointment.chief else "judge"
    user = queries.find_user(session, appointment.user_id)
    if user is not None:
        accounts.give_grant(session, user, role, ("event", event.id), actor_id=actor_id, now=now)


def take_role(
    session: Session, event: Event, appointment: Appointment, actor_id: int | None, now: datetime
) -> None:
    """Take the roles of a judge from somebody, in this event."""
    for role in rules.ROLES:
        grant = find_grant(session, appointment.user_id, role, "event", event.id)
        if grant is not None:
            accounts.withdraw_grant(session, appointment.user, grant, actor_id=actor_id, now=now)


def revoke_cards(
    session: Session, event: Event, appointment: Appointment, actor_id: int, now: datetime
) -> None:
    """Let the judge card of somebody who works here no longer open nothing."""
    holder = cards.Holder(appointment.user_id, appointment.user.login, event.id)
    cards.revoke_of(session, holder, actor_id=actor_id, now=now)


