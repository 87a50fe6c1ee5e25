"""Who registers for a unit: invited by its organisers, with this one role and for this unit alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from accounts import links, queries, services
from accounts.models import Grant, OneTimeLink
from competitions.organisations.models import Unit
from core.refusals import refuse

REGISTRAR = "registrar"


def list_registrars(session: Session, unit: Unit) -> Sequence[Grant]:
    """Return the grants of those who register for a unit now."""
    return queries.list_holders(session, REGISTRAR, ("unit", unit.id))


def find_registrar(session: Session, unit: Unit, user_id: int) -> Grant | None:
    """Return the grant with which somebody registers for a unit."""
    return queries.find_grant(session, user_id, REGISTRAR, "unit", unit.id)


def invite_registrar(
    session: Session, unit: Unit, *, login: str, name: str, token: str, actor_id: int, now: datetime
) -> OneTimeLink:
    """Add a user who registers for a unit and chooses the password through a link.

    Raises: Refused LOGIN_TAKEN: whoever is there already gets the role from the administrator.
    """
    link = links.invite(session, login=login, name=name, token=token, actor_id=actor_id, now=now)
    services.give_grant(session, link.user, REGISTRAR, ("unit", unit.id), actor_id=actor_id, now=now)
    return link


def invite_again(
    session: Session, grant: Grant, *, token: str, actor_id: int, now: datetime
) -> OneTimeLink:
    """Make a new link for somebody who has not used the first one.

    Raises: Refused REGISTRAR_SIGNED_IN once there is a password: a link would open everything that the
    account may do, here or elsewhere.
    """
    if not is_invited(grant):
        raise refuse("REGISTRAR_SIGNED_IN", name=grant.user.name)
    return links.make_link(session, grant.user, token=token, actor_id=actor_id, now=now)


def withdraw_registrar(session: Session, grant: Grant, *, actor_id: int, now: datetime) -> None:
    """Take the role back; the account stays."""
    services.withdraw_grant(session, grant.user, grant, actor_id=actor_id, now=now)


def is_invited(grant: Grant) -> bool:
    """Say whether somebody holds this one role and has not chosen a password yet."""
    held = [one for one in grant.user.grants if one.withdrawn_at is None]
    return grant.user.password_hash is None and grant.user.disabled_at is None and held == [grant]
