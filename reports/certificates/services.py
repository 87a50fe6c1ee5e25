"""Issue certificates from a final result: once each, with the words frozen as they are printed; end them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.entries.roles import MEMBER
from competitions.events.models import Event
from core import clock, database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse
from core.signing import services as signing
from core.signing.models import SigningKey
from reports.certificates import layout, queries, rules, statement
from reports.certificates.layout import CertificateText
from reports.certificates.models import Certificate
from reports.certificates.offline import Statement, written
from reports.certificates.queries import Winner
from scoring.results import integrity
from scoring.results.models import ResultVersion

ISSUING_STATES = frozenset({"final", "archived"})
REASON_MAXIMUM = 200
Chance = Callable[[int], bytes]


@dataclass(frozen=True)
class _Shared:
    """What all certificates of one run have in common."""

    event: Event
    place: int
    issuers: list[str]
    issued_on: date
    key: SigningKey


def issue(
    session: Session,
    event: Event,
    *,
    actor_id: int | None,
    now: datetime,
    chance: Chance = clock.new_bytes,
) -> list[Certificate]:
    """Issue a certificate to every winner of the final result who has none yet; return the new ones.

    Raises: Refused CERTIFICATE_NOT_FINAL, what require_unchanged finds, NO_WINNERS, GLYPH_MISSING for names
    that no font prints, all of them at once; then nothing is issued.
    """
    database.lock(session, f"certificates:{event.id}")
    version = queries.find_final_version(session, event.id)
    if event.state not in ISSUING_STATES or version is None:
        raise refuse("CERTIFICATE_NOT_FINAL")
    require_unchanged(session, version)
    winners = queries.list_winners(session, version.id)
    if not winners:
        raise refuse("NO_WINNERS")
    shared = _shared(session, event, now, chance)
    used = queries.count_certificates(session, event.id)
    new = [winner for winner in winners if winner.certificate is None]
    made = [
        _certificate(shared, winner, used + n, actor_id, now, chance) for n, winner in enumerate(new, start=1)
    ]
    layout.require_printable([text_of(certificate) for certificate in made])
    session.add_all(made)
    session.flush()
    detail = {"count": len(made), "number": version.number}
    _record(session, "certificate:issue", event, actor_id, now, detail)
    return made


def revoke(
    session: Session, event: Event, certificate: Certificate, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Let a certificate count no longer; its page says so, with the reason.

    Raises: Refused CERTIFICATE_ENDED, CERTIFICATE_REASON.
    """
    _end(session, event, certificate, "revoked", reason, actor_id, now)
    detail = {"certificate": certificate.number, "reason": certificate.ended_reason}
    _record(session, "certificate:revoke", event, actor_id, now, detail)


def replace(
    session: Session,
    event: Event,
    certificate: Certificate,
    reason: str,
    *,
    actor_id: int,
    now: datetime,
    chance: Chance = clock.new_bytes,
) -> Certificate:
    """Issue a certificate anew with a new number and the names as they are recorded now; return it.

    The prize stays the one of the frozen result. Raises: Refused CERTIFICATE_ENDED, CERTIFICATE_REASON,
    what require_unchanged finds, GLYPH_MISSING.
    """
    _end(session, event, certificate, "replaced", reason, actor_id, now)
    version = queries.get_version(session, certificate.version_id)
    require_unchanged(session, version)
    winners = queries.list_winners(session, version.id)
    winner = next(winner for winner in winners if winner.entry.id == certificate.entry_id)
    shared = _shared(session, event, now, chance)
    serial = queries.count_certificates(session, event.id) + 1
    made = _certificate(shared, winner, serial, actor_id, now, chance)
    layout.require_printable([text_of(made)])
    session.add(made)
    session.flush()
    certificate.replaced_by_id = made.id
    detail = {"certificate": certificate.number, "newer": made.number, "reason": certificate.ended_reason}
    _record(session, "certificate:replace", event, actor_id, now, detail)
    return made


def _end(
    session: Session,
    event: Event,
    certificate: Certificate,
    state: str,
    reason: str,
    actor_id: int,
    now: datetime,
) -> None:
    database.lock(session, f"certificates:{event.id}")
    session.refresh(certificate)
    reason = reason.strip()
    if certificate.state not in (("issued",) if state == "revoked" else ("issued", "revoked")):
        raise refuse("CERTIFICATE_ENDED", certificate.number)
    if not 0 < len(reason) <= REASON_MAXIMUM:
        raise refuse("CERTIFICATE_REASON", "reason", maximum=REASON_MAXIMUM)
    certificate.state, certificate.ended_reason = state, reason
    certificate.ended_at, certificate.ended_by_id = now, actor_id
    session.flush()


def require_unchanged(session: Session, version: ResultVersion) -> None:
    """Refuse to issue or print from a result that is not the one that was frozen.

    Raises: Refused RESULT_CHANGED, RESULT_DOCUMENT_CHANGED.
    """
    changed = integrity.version_refusals(session, version)
    if changed:
        raise Refused(*changed)


def list_printable(session: Session, event_id: int) -> list[Certificate]:
    """Return the certificates of an event, once the result and the prizes on them are those that were frozen.

    Raises: Refused RESULT_CHANGED, RESULT_DOCUMENT_CHANGED, CERTIFICATE_CHANGED with every certificate.
    """
    certificates = queries.list_certificates(session, event_id)
    version = queries.find_final_version(session, event_id)
    if version is None or not certificates:
        return []
    require_unchanged(session, version)
    prizes = queries.prizes_of(session, version.id)
    changed = [c for c in certificates if c.words["prize"] != prizes.get(c.entry_id)]
    if changed:
        raise Refused(*(_changed(certificate, prizes) for certificate in changed))
    return certificates


def _changed(certificate: Certificate, prizes: Mapping[int, str]) -> Refusal:
    told = {"prize": certificate.words["prize"], "frozen": prizes.get(certificate.entry_id) or "—"}
    return Refusal("CERTIFICATE_CHANGED", certificate.number, told)


def text_of(certificate: Certificate, language: str = "zh", address: str = "") -> CertificateText:
    """Return the words of a certificate as they were frozen, in Chinese or, where given, in English.

    Shape: `address` is where everybody reaches this server; with it the QR code says where and what to check.
    """
    words, stated = certificate.words, certificate.statement
    english = words["english"] if language == "en" else {}
    return CertificateText(
        recipient=words["recipient"],
        unit=words["unit"],
        members=tuple(words["members"]),
        competition=english.get("competition") or words["competition"],
        event=english.get("event") or words["event"],
        trade=english.get("trade") or words["trade"],
        prize=words["prize"],
        issuers=tuple(words["issuers"]),
        issued_on=date.fromisoformat(words["issued_on"]),
        serial=certificate.number,
        verify=f"{address}/v/{certificate.public_id}#{stated}" if stated else None,
    )


def _shared(session: Session, event: Event, now: datetime, chance: Chance) -> _Shared:
    return _Shared(
        event=event,
        place=queries.place_in_competition(session, event),
        issuers=queries.list_issuers(session, event.competition),
        issued_on=now.astimezone(clock.LOCAL).date(),
        key=signing.signing_key(session, statement.PURPOSE, seed=chance(32), now=now),
    )


def _certificate(
    shared: _Shared, winner: Winner, serial: int, actor_id: int | None, now: datetime, chance: Chance
) -> Certificate:
    event, competition = shared.event, shared.event.competition
    made = Certificate(
        number=rules.certificate_number(
            year=competition.year,
            level=competition.level.attributes.get("level", ""),
            competition=competition.id,
            event=shared.place,
            tier=winner.row.award_tier,
            serial=serial,
        ),
        event_id=event.id,
        version_id=winner.row.version_id,
        entry_id=winner.entry.id,
        words=_words(shared, winner),
        issued_at=now,
        issued_by_id=actor_id,
    )
    identifier = chance(16)
    made.public_id = written(identifier)
    made.statement = statement.signed_token(shared.key, _stated(made, identifier))
    return made


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


def _record(
    session: Session,
    action: str,
    event: Event,
    actor_id: int | None,
    now: datetime,
    detail: Mapping[str, object],
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{event.id}", now=now, detail=detail,
        event_id=event.id,
    )  # fmt: skip


def _words(shared: _Shared, winner: Winner) -> dict[str, Any]:
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
