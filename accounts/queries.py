"""Read accounts, grants, sessions, links and brakes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import Grant, JudgeCard, OneTimeLink, SignInBrake, User, UserSession
from accounts.policy import SITE, HeldGrant

PAGE = 50
ACTIVE, INVITED, DISABLED = STATES = ("active", "invited", "disabled")


@dataclass(frozen=True)
class UserFilter:
    """Which users a list shows; empty texts mean all."""

    text: str = ""
    role: str = ""
    state: str = ""


def state_of(user: User) -> str:
    """Return "active", "invited" (no password yet) or "disabled"."""
    if user.disabled_at is not None:
        return DISABLED
    return ACTIVE if user.password_hash else INVITED


def list_pin_keys(session: Session, user_id: int, event_id: int, since: datetime) -> list[str]:
    """Return what the PINs of somebody's cards for an event were known by, in sessions begun since then.

    Also of sessions that have ended: what was signed without a network comes in later.
    """
    rows = session.scalars(
        select(UserSession.pin_key)
        .join(UserSession.card)
        .where(
            UserSession.user_id == user_id,
            JudgeCard.event_id == event_id,
            UserSession.created_at >= since,
            UserSession.pin_key.is_not(None),
        )
    )
    return [key for key in rows if key is not None]


def find_open_session(session: Session, token_hash: str, now: datetime) -> UserSession | None:
    """Return the session with this digest if it is still open, and its user and its card may sign in."""
    return session.scalar(_open_session(), {"token_hash": token_hash, "now": now})


@cache
def _open_session() -> Select[UserSession]:
    """Return the statement, built once: every request asks it."""
    return (
        select(UserSession)
        .join(UserSession.user)
        .outerjoin(UserSession.card)
        .options(contains_eager(UserSession.user), contains_eager(UserSession.card))
        .where(
            JudgeCard.revoked_at.is_(None),
            UserSession.token_hash == bindparam("token_hash"),
            UserSession.ended_at.is_(None),
            UserSession.expires_at > bindparam("now"),
            User.disabled_at.is_(None),
        )
    )


def list_open_sessions(session: Session, user_id: int, now: datetime) -> Sequence[UserSession]:
    """Return the browsers in which a user is signed in, the newest first."""
    return session.scalars(
        select(UserSession)
        .where(
            UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.expires_at > now
        )
        .order_by(UserSession.created_at.desc(), UserSession.id.desc())
    ).all()  # fmt: skip


def list_held_grants(session: Session, user_id: int) -> list[HeldGrant]:
    """Return the roles that a user holds now."""
    rows = session.execute(
        select(Grant.role, Grant.scope_kind, Grant.scope_id).where(
            Grant.user_id == user_id, Grant.withdrawn_at.is_(None)
        )
    )
    return [HeldGrant(*row) for row in rows]


def list_grants(session: Session, user_id: int) -> Sequence[Grant]:
    """Return the roles that a user holds now, as rows that can be withdrawn."""
    return session.scalars(
        select(Grant).where(Grant.user_id == user_id, Grant.withdrawn_at.is_(None)).order_by(Grant.id)
    ).all()


def list_holders(session: Session, role: str, scope: tuple[str, int]) -> Sequence[Grant]:
    """Return the grants of those who hold a role in a scope now, with the users and all that they hold."""
    return session.scalars(
        select(Grant)
        .where(
            Grant.role == role, Grant.scope_kind == scope[0], Grant.scope_id == scope[1],
            Grant.withdrawn_at.is_(None),
        )
        .options(joinedload(Grant.user).selectinload(User.grants))
        .order_by(Grant.id)
    ).all()  # fmt: skip


def find_grant(session: Session, user_id: int, role: str, kind: str, number: int) -> Grant | None:
    """Return the grant of this role in this scope, if the user holds it now."""
    return session.scalar(
        select(Grant).where(
            Grant.user_id == user_id, Grant.role == role, Grant.scope_kind == kind, Grant.scope_id == number,
            Grant.withdrawn_at.is_(None),
        )
    )  # fmt: skip


def find_held_grant(session: Session, user_id: int, grant_id: int) -> Grant | None:
    """Return the grant with this number, if it is this user's and not withdrawn."""
    return session.scalar(
        select(Grant).where(
            Grant.id == grant_id, Grant.user_id == user_id, Grant.withdrawn_at.is_(None)
        )
    )  # fmt: skip


def find_user(session: Session, login: str) -> User | None:
    """Return the user with this sign-in name."""
    return session.scalar(select(User).where(User.login == login))


def find_user_by_id(session: Session, user_id: int) -> User | None:
    """Return the user with this number."""
    return session.get(User, user_id)


def list_names(session: Session, user_ids: Collection[int]) -> dict[int, str]:
    """Return the names of these users."""
    rows = session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row.id: row.name for row in rows}


def list_users(session: Session, chosen: UserFilter, page: int) -> Sequence[User]:
    """Return one page of users with their grants, by sign-in name; two statements."""
    return session.scalars(
        select(User)
        .where(*_conditions(chosen))
        .options(selectinload(User.grants.and_(Grant.withdrawn_at.is_(None))))
        .order_by(User.login)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()


def count_users(session: Session, chosen: UserFilter) -> int:
    """Return how many users a list has on all its pages."""
    return session.scalar(select(func.count()).select_from(User).where(*_conditions(chosen))) or 0


def _conditions(chosen: UserFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.text:
        columns = (User.login, User.name)
        found.append(or_(*(column.icontains(chosen.text, autoescape=True) for column in columns)))
    if chosen.role:
        found.append(User.grants.any((Grant.role == chosen.role) & Grant.withdrawn_at.is_(None)))
    if chosen.state == DISABLED:
        found.append(User.disabled_at.is_not(None))
    elif chosen.state:
        found.append(User.disabled_at.is_(None))
        invited = User.password_hash.is_(None)
        found.append(invited if chosen.state == INVITED else ~invited)
    return found


def count_other_admins(session: Session, user_id: int) -> int:
    """Return how many other people can sign in and administer the whole site."""
    return (
        session.scalar(
            select(func.count(func.distinct(Grant.user_id)))
            .join(Grant.user)
            .where(
                Grant.role == "admin", Grant.scope_kind == SITE[0], Grant.withdrawn_at.is_(None),
                Grant.user_id != user_id, User.disabled_at.is_(None), User.password_hash.is_not(None),
            )
        )
        or 0
    )  # fmt: skip


def find_open_link(session: Session, token_hash: str, now: datetime) -> OneTimeLink | None:
    """Return the one-time link with this digest if it can still be used."""
    return session.scalar(
        select(OneTimeLink)
        .join(OneTimeLink.user)
        .options(joinedload(OneTimeLink.user))
        .where(
            OneTimeLink.token_hash == token_hash,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
            User.disabled_at.is_(None),
        )
    )


def find_latest_link(session: Session, user_id: int, now: datetime) -> OneTimeLink | None:
    """Return the link that a user can still use, for the page that says until when."""
    return session.scalar(
        select(OneTimeLink)
        .where(OneTimeLink.user_id == user_id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
        .order_by(OneTimeLink.id.desc())
        .limit(1)
    )


def list_brakes(session: Session, keys: Collection[str]) -> dict[str, SignInBrake]:
    """Return the brakes with these keys."""
    rows = session.scalars(select(SignInBrake).where(SignInBrake.key.in_(keys)))
    return {row.key: row for row in rows}


def find_card(session: Session, digest: str) -> JudgeCard | None:
    """Return the judge card whose QR code or typed code has this digest, also one that opens nothing now."""
    return session.scalar(
        select(JudgeCard)
        .options(joinedload(JudgeCard.user))
        .where(or_(JudgeCard.token_hash == digest, JudgeCard.code_hash == digest))
    )


def find_card_by_id(session: Session, event_id: int, card_id: int) -> JudgeCard | None:
    """Return the judge card with this number, if it is one of this event."""
    return session.scalar(
        select(JudgeCard)
        .options(joinedload(JudgeCard.user))
        .where(JudgeCard.id == card_id, JudgeCard.event_id == event_id)
    )


def list_cards(session: Session, event_id: int) -> list[JudgeCard]:
    """Return the judge cards of an event that nobody has revoked, the newest first."""
    statement = select(JudgeCard).where(JudgeCard.event_id == event_id, JudgeCard.revoked_at.is_(None))
    return list(session.scalars(statement.order_by(JudgeCard.id.desc())))
