"""Make certificates of winners: the words as they are now, a number, and what the QR code says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.entries.roles import MEMBER
from competitions.events.models import Event
from core import clock
from core.signing.models import SigningKey
from reports.certificates import queries, rules, statement
from reports.certificates.models import Certificate, CertificateNumber
from reports.certificates.offline import Statement, written
from reports.certificates.queries import Winner
from reports.certificates.text import text_of

Chance = Callable[[int], bytes]


@dataclass(frozen=True)
class Shared:
    """What all certificates of one run have in common."""

    event: Event
    place: int
    issuers: list[str]
    issued_on: date


def shared_of(session: Session, event: Event, now: datetime) -> Shared:
    """Return what the certificates of a run have in common."""
    return Shared(
        event=event,
        place=queries.place_in_competition(session, event),
        issuers=queries.list_issuers(session, event.competition),
        issued_on=now.astimezone(clock.LOCAL).date(),
    )


def reserved(shared: Shared, winner: Winner, serial: int, now: datetime) -> CertificateNumber:
    """Return the number that a winner gets."""
    competition = shared.event.competition
    number = rules.certificate_number(
        year=competition.year,
        level=competition.level.attributes.get("level", ""),
        competition=competition.id,
        event=shared.place,
        tier=winner.row.award_tier,
        serial=serial,
    )
    return CertificateNumber(
        event_id=shared.event.id, serial=serial, number=number, version_id=winner.row.version_id,
        entry_id=winner.entry.id, state="reserved", reserved_at=now,
    )  # fmt: skip


def drafted(shared: Shared, winner: Winner, number: CertificateNumber) -> Certificate:
    """Return the certificate that a reserved number would become, with the words as they are now."""
    return Certificate(
        number=number.number,
        event_id=shared.event.id,
        version_id=winner.row.version_id,
        entry_id=winner.entry.id,
        words=_words(shared, winner),
        state="issued",
    )


def issued(
    draft: Certificate, number: CertificateNumber, key: SigningKey, *, actor_id: int | None, now: datetime,
    chance: Chance,
) -> Certificate:  # fmt: skip
    """Let a drafted certificate count, with a statement about it; its number is used up."""
    identifier = chance(16)
    draft.issued_at, draft.issued_by_id = now, actor_id
    draft.public_id = written(identifier)
    draft.statement = statement.signed_token(key, _stated(draft, identifier))
    number.state = "used"
    return draft


def _stated(certificate: Certificate, identifier: bytes) -> Statement:
    """Return what the QR code of a certificate says: the words that are printed."""
    text = text_of(certificate)
    return Statement(
        identifier=identifier,
        issued_on=text.issued_on,
        number=text.serial,
        recipient=text.recipient,
        competition=text.competition,
        event=text.event,
        prize=text.prize,
        issuer=text.issuers[0],
    )


def _words(shared: Shared, winner: Winner) -> dict[str, Any]:
    event, competition = shared.event, shared.event.competition
    trade = event.trade
    return {
        "recipient": winner.entry.name,
        "kind": winner.entry.kind,
        "unit": winner.entry.unit.name,
        "members": _members(winner.entry),
        "competition": competition.name,
        "event": event.name,
        "trade": trade.name_zh if trade is not None and trade.name_zh != event.name else "",
        "prize": winner.row.award,
        "issuers": shared.issuers,
        "issued_on": shared.issued_on.isoformat(),
        "english": {
            "competition": competition.name_en,
            "event": event.name_en,
            "trade": trade.name_en if trade is not None else "",
        },
    }


def _members(entry: Entry) -> list[str]:
    """Return who competed in a team: neither substitutes who stayed on the bench nor coaches."""
    competed = [member for member in entry.members if member.role == MEMBER]
    return [member.person.name for member in competed] if entry.kind == "team" else []
