"""Who signs in: users, their grants, their sessions, one-time links, and the brake on guessing."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model
from core.types import UtcDateTime


class User(Model):
    """A person who signs in; without a password until the invitation is accepted."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    grants: Mapped[list["Grant"]] = relationship(back_populates="user", foreign_keys="Grant.user_id")


class Grant(Model):
    """One role of one user in one scope; withdrawn, never deleted."""

    __tablename__ = "role_grant"
    __table_args__ = (Index("ix_role_grant_scope", "scope_kind", "scope_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    scope_kind: Mapped[str] = mapped_column(String(20))
    scope_id: Mapped[int]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])


class UserSession(Model):
    """One signed-in browser; the cookie holds the secret, this row its digest.

    `pin_key` proves that a signature was made by somebody who knew the PIN of the card (accounts.pins).
    """

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agent: Mapped[str] = mapped_column(String(60), default="")
    card_id: Mapped[int | None] = mapped_column(ForeignKey("judge_card.id"), index=True)
    pin_key: Mapped[str | None] = mapped_column(String(64))

    user: Mapped[User] = relationship()
    card: Mapped["JudgeCard | None"] = relationship()


class JudgeCard(Model):
    """A printed card with which a judge signs in on certain days: digests alone, no secret of it is kept.

    `token_hash` is of what the QR code holds, `code_hash` of what is typed where nothing can be scanned. Five
    wrong PINs block a card for good; a new one is printed then.
    """

    __tablename__ = "judge_card"
    __table_args__ = (Index("ix_judge_card_event", "event_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[date]
    valid_until: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failures: Mapped[int] = mapped_column(default=0)

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class OneTimeLink(Model):
    """An invitation or a password reset: works once, for a short time."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class SignInBrake(Model):
    """How often signing in failed lately, by account or by address; shared by all processes.

    `key` is a digest, so that the table holds no sign-in names and no addresses. `noted` says that an attempt
    during the present block has been recorded already: a flood of guesses must not fill the audit trail.
    """

    __tablename__ = "sign_in_brake"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_failure_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    noted: Mapped[bool] = mapped_column(default=False)
