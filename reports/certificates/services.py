"""Issue certificates from a final result: once each, with the words frozen as they are printed."""

from collections.abc import Mapping
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
from reports.certificates import layout, queries, rules
from reports.certificates.layout import CertificateText
from reports.certificates.models import Certificate
from reports.certificates.queries import Winner
from scoring.results import integrity
from scoring.results.models import ResultVersion

ISSUING_STATES = frozenset({"final", "archived"})


@dataclass(frozen=True)
class _Shared:
    """What all certificates of one run have in common."""

    event: Event
    place: int
    issuers: list[str]
    issued_on: date


def issue(session: Session, event: Event, *, actor_id: int | None, now: datetime) -> list[Certificate]:
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
    shared = _Shared(
        event=event,
        place=queries.place_in_competition(session, event),
        issuers=queries.list_issuers(session, event.competition),
        issued_on=now.astimezone(clock.LOCAL).date(),
    )
    used = queries.count_certificates(session, event.id)
    new = [winner for winner in winners if winner.certificate is None]
    made = [_certificate(shared, winner, used + n, actor_id, now) for n, winner in enumerate(new, start=1)]
    layout.require_printable([text_of(certificate) for certificate in made])
    session.add_all(made)
    session.flush()
    audit.record(
        session,
        "certificate:issue",
        actor_id=actor_id,
        subject=f"event:{event.id}",
        now=now,
        detail={"count": len(made), "number": version.number},
        event_id=event.id,
    )
    return made


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


def text_of(certificate: Certificate, language: str = "zh") -> CertificateText:
    """Return the words of a certificate as they were frozen, in Chinese or, where given, in English."""
    words = certificate.words
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
    )


def _certificate(
    shared: _Shared, winner: Winner, serial: int, actor_id: int | None, now: datetime
) -> Certificate:
    event, competition = shared.event, shared.event.competition
    return Certificate(
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


def _words(shared: _Shared, winner: Winner) -> dict[str, Any]:
    event, competition = shared.event, shared.event.competition
    trade = event.trade
    return {
        "recipient": winner.entry.name,
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
