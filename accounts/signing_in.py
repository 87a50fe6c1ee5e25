"""Signing in: look up, verify outside of any transaction, then write the outcome in one.

So that 300 tablets do not queue behind each other's hashes, `look_up` reads and `check` hashes without the
writer; `conclude` asks the brake once more, because several guesses may have been on their way at once, and a
guess that comes too late learns nothing.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from accounts import passwords, queries, rules, services
from accounts.models import SignInBrake, User
from core import database
from core.audit import services as audit

UNKNOWN = "user:0"
SWEEP = timedelta(days=1)


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in; `waits_until` is set where it is not looked at."""

    login: str
    address: str
    user_id: int | None = None
    stored_hash: str | None = None
    renewed_hash: str | None = None
    verified: bool = False
    waits_until: datetime | None = None
    noted: bool = False

    @property
    def brakes(self) -> dict[str, rules.Brake]:
        """Return the brakes that this attempt meets, by key."""
        return {
            account_key(self.login): rules.ACCOUNT_BRAKE,
            address_key(self.address): rules.ADDRESS_BRAKE,
        }


def account_key(login: str) -> str:
    """Return the key of an account's brake, also for sign-in names that do not exist."""
    return hashlib.sha256(f"account:{login}".encode()).hexdigest()


def address_key(address: str) -> str:
    """Return the key of the brake of an address."""
    return hashlib.sha256(f"address:{address}".encode()).hexdigest()


def look_up(session: Session, login: str, address: str, now: datetime) -> Attempt:
    """Read what is needed to judge an attempt."""
    try:
        login = rules.clean_login(login)
    except ValueError:  # counted like a name that does not exist, so that the answer is the same
        return _braked(session, Attempt(login="", address=address), now)
    user = queries.find_user(session, login)
    if user is None or user.disabled_at is not None:
        return _braked(session, Attempt(login, address), now)
    return _braked(session, Attempt(login, address, user.id, user.password_hash), now)


def check(attempt: Attempt, password: str) -> Attempt:
    """Verify the password; somebody unknown costs as much time as somebody known."""
    if attempt.waits_until is not None:
        return attempt
    verified = passwords.verify(attempt.stored_hash, password)
    if not verified or attempt.stored_hash is None:
        return attempt
    return replace(attempt, verified=True, renewed_hash=passwords.renewed(attempt.stored_hash, password))


def conclude(session: Session, attempt: Attempt, *, token: str, agent: str, now: datetime) -> Attempt:
    """Write what an attempt has come to: a session under `token`, or a failure; return how it stands."""
    database.lock(session, services.LOCK)
    late = _braked(session, attempt, now)
    if late.waits_until is not None:
        _note(session, late, now)
        return replace(late, verified=False)
    user = _still_valid(session, attempt)
    if user is None:
        count_failure(session, attempt, now)
        return replace(attempt, verified=False)
    if attempt.renewed_hash:
        user.password_hash = attempt.renewed_hash
    brake = session.get(SignInBrake, account_key(attempt.login))
    if brake is not None:
        session.delete(brake)
    services.start_session(session, user, token, now, agent=agent)
    return attempt


def _still_valid(session: Session, attempt: Attempt) -> User | None:
    """Return the user, unless disabled or given another password while the hash was computed."""
    if not attempt.verified or attempt.user_id is None:
        return None
    user = session.get(User, attempt.user_id)
    fits = user is not None and user.disabled_at is None and user.password_hash == attempt.stored_hash
    return user if fits else None


def _braked(session: Session, attempt: Attempt, now: datetime) -> Attempt:
    until, noted = waiting(session, attempt.brakes, now)
    return attempt if until is None else replace(attempt, waits_until=until, noted=noted)


def waiting(session: Session, keys: Collection[str], now: datetime) -> tuple[datetime | None, bool]:
    """Return until when these brakes let nobody try, if they do, and whether that has been recorded."""
    rows = queries.list_brakes(session, keys).values()
    blocking = [row for row in rows if row.blocked_until is not None and row.blocked_until > now]
    if not blocking:
        return None, False
    until = max(row.blocked_until for row in blocking if row.blocked_until is not None)
    return until, all(row.noted for row in blocking)


def count_failure(session: Session, attempt: Attempt, now: datetime) -> None:
    """Record a wrong password and let the brakes know."""
    database.lock(session, services.LOCK)
    slow_down(session, attempt.brakes, now)
    _record_refusal(session, attempt, "password", now)


def slow_down(session: Session, brakes: Mapping[str, rules.Brake], now: datetime) -> None:
    """Count one failure on each of these brakes; the caller holds services.LOCK."""
    rows = queries.list_brakes(session, brakes)
    for key, brake in brakes.items():
        row = rows.get(key) or SignInBrake(key=key, failures=0, last_failure_at=now)
        row.failures = rules.count_failure(brake, row.failures, row.last_failure_at, now)
        row.last_failure_at, row.noted = now, False
        row.blocked_until = rules.blocked_until(brake, row.failures, now)
        session.add(row)
    session.flush()
    session.execute(delete(SignInBrake).where(SignInBrake.last_failure_at < now - SWEEP))


def _note(session: Session, attempt: Attempt, now: datetime) -> None:
    """Record the first attempt during a block; the others leave no trace, or guessing would fill the disk."""
    if attempt.noted:
        return
    mark_noted(session, attempt.brakes)
    _record_refusal(session, attempt, "brake", now)


def mark_noted(session: Session, keys: Collection[str]) -> None:
    """Keep that an attempt during the present block has been recorded."""
    for row in queries.list_brakes(session, keys).values():
        row.noted = True
    session.flush()


def _record_refusal(session: Session, attempt: Attempt, reason: str, now: datetime) -> None:
    """Record a refusal; what was typed as a name of nobody is not kept, because it may be a password."""
    known = attempt.user_id is not None
    audit.record(
        session, "account:sign_in_refused", actor_id=None,
        subject=f"user:{attempt.user_id}" if known else UNKNOWN, now=now,
        detail={"login": attempt.login if known else "", "address": attempt.address, "reason": reason},
    )  # fmt: skip
