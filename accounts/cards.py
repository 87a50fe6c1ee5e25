"""Judge cards: issue and revoke them, and sign in with one (SECURITY: docs/security.md, judge cards).

A card is a QR code (128 bits), a code to type (50 bits) and a PIN. The secrets exist on the printed sheet
alone. Signing in goes as with a password: read, hash outside of any transaction, then write what came of it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from accounts import passwords, pins, queries, rules, services, signing_in
from accounts.models import JudgeCard, UserSession
from core import clock, database
from core.audit import services as audit


class Days(NamedTuple):
    """The days on which a card is valid, both counted."""

    first: date
    last: date


class Secrets(NamedTuple):
    """What is printed on one card, and the hash of its PIN, which takes its time to compute."""

    token: str
    code: str
    pin: str
    pin_hash: str


class Holder(NamedTuple):
    """Whose card it is, and for which event."""

    user_id: int
    login: str
    event_id: int


def draw_secrets() -> Secrets:
    """Return the secrets of a new card; call it outside of the writer's transaction."""
    pin = clock.new_pin()
    return Secrets(clock.new_card_token(), clock.new_card_code(), pin, passwords.hash_password(pin))


def issue(
    session: Session, holder: Holder, days: Days, secrets: Secrets, *, actor_id: int, now: datetime
) -> JudgeCard:
    """Make a new card; the older ones of this judge for this event open nothing from now on."""
    database.lock(session, services.LOCK)
    revoke_of(session, holder, actor_id=actor_id, now=now)
    card = JudgeCard(
        user_id=holder.user_id, event_id=holder.event_id, token_hash=digest(secrets.token),
        code_hash=digest(secrets.code), pin_hash=secrets.pin_hash, valid_from=days.first,
        valid_until=days.last, issued_at=now, issued_by_id=actor_id,
    )  # fmt: skip
    session.add(card)
    session.flush()
    detail = {"user": holder.login, "from": days.first.isoformat(), "to": days.last.isoformat()}
    _record(session, "card:issue", card, actor_id, now, detail)
    return card


def revoke_of(session: Session, holder: Holder, *, actor_id: int | None, now: datetime) -> int:
    """Revoke every card of a judge for an event; return how many there were."""
    mine = [c for c in queries.list_cards(session, holder.event_id) if c.user_id == holder.user_id]
    for card in mine:
        revoke(session, card, holder.login, actor_id=actor_id, now=now)
    return len(mine)


def revoke(session: Session, card: JudgeCard, login: str, *, actor_id: int | None, now: datetime) -> None:
    """Let a card open nothing more, and end the sessions that it has opened."""
    card.revoked_at = now
    still_open = update(UserSession).where(UserSession.card_id == card.id, UserSession.ended_at.is_(None))
    session.execute(still_open.values(ended_at=now))
    session.flush()
    _record(session, "card:revoke", card, actor_id, now, {"user": login})


def digest(secret: str) -> str:
    """Return what the database keeps of a card's secret."""
    return hashlib.sha256(f"card:{secret}".encode()).hexdigest()


# ---------------------------------------------------------------- signing in


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in with a card; `outcome` is "open" or why not, `left` the PINs still free."""

    digest: str
    address: str
    pin_hash: str | None = None
    verified: bool = False
    outcome: str = ""
    left: int | None = None
    days: Days | None = None
    waits_until: datetime | None = None
    noted: bool = False
    derived: pins.Derived | None = None

    @property
    def brakes(self) -> dict[str, rules.Brake]:
        """Return the brake that this attempt meets; the card itself counts wrong PINs, too."""
        return {signing_in.address_key(self.address): rules.ADDRESS_BRAKE}


def look_up(session: Session, presented: str, address: str, now: datetime) -> Attempt:
    """Read what is needed to judge an attempt."""
    attempt = Attempt(digest(rules.clean_card_code(presented)), address)
    card = queries.find_card(session, attempt.digest)
    until, noted = signing_in.waiting(session, attempt.brakes, now)
    return replace(
        attempt, pin_hash=card.pin_hash if card is not None else None, waits_until=until, noted=noted
    )


def check(attempt: Attempt, pin: str, salt: str) -> Attempt:
    """Verify the PIN; a card that does not exist costs as much time as one that does.

    With `salt` the device gets something of the PIN to check signatures with (accounts.pins).
    """
    if attempt.waits_until is not None:
        return attempt
    plain = rules.clean_pin(pin)
    verified = passwords.verify(attempt.pin_hash, plain)
    return replace(attempt, verified=verified, derived=pins.derive(plain, salt) if verified else None)


def conclude(session: Session, attempt: Attempt, *, token: str, agent: str, now: datetime) -> Attempt:
    """Write what an attempt has come to: a session under `token` until the day ends, or a failure."""
    database.lock(session, services.LOCK)
    until, noted = signing_in.waiting(session, attempt.brakes, now)
    card = queries.find_card(session, attempt.digest)
    if until is not None:
        if not noted:
            signing_in.mark_noted(session, attempt.brakes)
            _record_refusal(session, attempt, card, "brake", now)
        return replace(attempt, waits_until=until, verified=False)
    today = now.astimezone(clock.LOCAL).date()
    outcome = rules.card_outcome(_facts(card), today, verified=attempt.verified)
    if card is None or outcome != "open":
        return _refuse(session, attempt, card, outcome, now)
    card.failures, card.used_at = 0, card.used_at or now
    pin_key = attempt.derived.key if attempt.derived is not None else None
    _start_session(session, card, token, today, now, agent, pin_key)
    return replace(attempt, outcome=outcome)


def _facts(card: JudgeCard | None) -> rules.CardFacts | None:
    if card is None:
        return None
    stands = card.revoked_at is None and card.user.disabled_at is None
    return rules.CardFacts(stands, card.failures, card.valid_from, card.valid_until)


def _refuse(
    session: Session, attempt: Attempt, card: JudgeCard | None, outcome: str, now: datetime
) -> Attempt:
    left = None
    if card is not None and outcome == "wrong":
        card.failures += 1
        left = rules.WRONG_PINS - card.failures
    if outcome != "not_today":
        signing_in.slow_down(session, attempt.brakes, now)
    session.flush()
    _record_refusal(session, attempt, card, outcome, now)
    days = Days(card.valid_from, card.valid_until) if card is not None and outcome == "not_today" else None
    return replace(attempt, outcome="blocked" if left == 0 else outcome, left=left, days=days)


def _start_session(
    session: Session, card: JudgeCard, token: str, today: date, now: datetime, agent: str,
    pin_key: str | None,
) -> None:  # fmt: skip
    midnight = datetime.combine(today + timedelta(days=1), time(), clock.LOCAL)
    session.add(
        UserSession(
            token_hash=hashlib.sha256(token.encode()).hexdigest(), user_id=card.user_id, created_at=now,
            expires_at=midnight, agent=rules.describe_agent(agent), card_id=card.id,
            pin_key=pin_key,
        )
    )  # fmt: skip
    session.flush()
    audit.record(
        session, "card:sign_in", actor_id=card.user_id, subject=f"card:{card.id}", now=now,
        detail={"event": card.event_id},
    )  # fmt: skip


def _record_refusal(
    session: Session, attempt: Attempt, card: JudgeCard | None, reason: str, now: datetime
) -> None:
    """Record a refusal; what was typed is not kept, because it may be nearly right."""
    audit.record(
        session, "card:sign_in_refused", actor_id=None, subject=f"card:{card.id if card else 0}", now=now,
        detail={"address": attempt.address, "reason": reason},
    )  # fmt: skip


def _record(
    session: Session, action: str, card: JudgeCard, actor_id: int | None, now: datetime,
    detail: Mapping[str, object],
) -> None:  # fmt: skip
    audit.record(
        session, action, actor_id=actor_id, subject=f"card:{card.id}", now=now, event_id=card.event_id,
        detail=detail,
    )  # fmt: skip


def newest_by_user(cards: Iterable[JudgeCard]) -> dict[int, JudgeCard]:
    """Return the newest of some cards of each user."""
    found: dict[int, JudgeCard] = {}
    for card in cards:
        found.setdefault(card.user_id, card)
    return found
