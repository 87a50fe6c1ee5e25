"""Issue certificates from a final result: once each, with the words frozen as they are printed; end them.

A correction of the result ends those that say another prize; they are issued anew once it is final.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from core import clock, database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse
from core.signing import services as signing
from core.signing.models import SigningKey
from reports.certificates import layout, making, queries, statement
from reports.certificates.making import Chance
from reports.certificates.models import Certificate, CertificateNumber
from reports.certificates.text import CertificateText, text_of
from scoring.results import integrity
from scoring.results.models import ResultVersion
from scoring.results.queries import find_last_announced

ISSUING_STATES = frozenset({"final", "archived"})
REASON_MAXIMUM = 200


def reserve(
    session: Session, event: Event, *, actor_id: int | None, now: datetime
) -> list[CertificateNumber]:
    """Take a number for every winner of the final result who has none yet; return the new ones.

    Nothing counts yet: names are read over, and corrected, before `issue`. What was reserved for an earlier
    result is void; its numbers are never used again.
    Raises: Refused CERTIFICATE_NOT_FINAL, RESULT_MOVED, what require_unchanged finds, NO_WINNERS,
    GLYPH_MISSING for names that no font prints, all of them at once; then nothing is reserved.
    """
    version = _held_version(session, event)
    made = _reserve(session, event, version, now)
    drafts(session, event, version, now)
    detail = {"count": len(made), "number": version.number}
    _record(session, "certificate:reserve", event, actor_id, now, detail)
    return made


def issue(
    session: Session,
    event: Event,
    *,
    actor_id: int | None,
    now: datetime,
    chance: Chance = clock.new_bytes,
) -> list[Certificate]:
    """Issue a certificate to every winner of the final result who has none yet; return the new ones.

    Those with a reserved number get that one, and the names as they are recorded now.
    Raises: Refused as `reserve` does; then nothing is issued.
    """
    version = _held_version(session, event)
    _reserve(session, event, version, now)
    former = {w.entry.id: w.former for w in queries.list_winners(session, version.id) if w.former}
    key = _key(session, chance, now)
    made = [
        making.issued(draft, number, key, actor_id=actor_id, now=now, chance=chance)
        for draft, number in drafts(session, event, version, now)
    ]
    session.add_all(made)
    session.flush()
    for certificate in made:
        if certificate.entry_id in former:
            _succeed(session, event, former[certificate.entry_id], certificate, actor_id, now)
    detail = {"count": len(made), "number": version.number}
    _record(session, "certificate:issue", event, actor_id, now, detail)
    return made


def drafts(
    session: Session, event: Event, version: ResultVersion, now: datetime
) -> list[tuple[Certificate, CertificateNumber]]:
    """Return what the reserved numbers of a result would become now; nothing of it is in the session.

    Raises: Refused GLYPH_MISSING for names that no font prints, all of them at once.
    """
    shared = making.shared_of(session, event, now)
    found = [
        (making.drafted(shared, winner, winner.reserved), winner.reserved)
        for winner in queries.list_winners(session, version.id)
        if winner.reserved is not None
    ]
    layout.require_printable([text_of(draft) for draft, _number in found])
    return found


def revoke(
    session: Session, event: Event, certificate: Certificate, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Let a certificate count no longer; its page says so, with the reason.

    Raises: Refused CERTIFICATE_ENDED, CERTIFICATE_REASON.
    """
    database.lock(session, f"certificates:{event.id}")
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

    The prize is the one of the final result. Raises: Refused CERTIFICATE_ENDED, CERTIFICATE_REASON,
    CERTIFICATE_NOT_FINAL, RESULT_MOVED, what require_unchanged finds, NO_AWARD, GLYPH_MISSING.
    """
    version = _held_version(session, event)
    _end(session, event, certificate, "replaced", reason, actor_id, now)
    winners = queries.list_winners(session, version.id)
    winner = next((winner for winner in winners if winner.entry.id == certificate.entry_id), None)
    if winner is None:
        raise refuse("NO_AWARD", certificate.number, number=version.number)
    shared, key = making.shared_of(session, event, now), _key(session, chance, now)
    number = making.reserved(shared, winner, queries.last_serial(session, event.id) + 1, now)
    draft = making.drafted(shared, winner, number)
    layout.require_printable([text_of(draft)])
    made = making.issued(draft, number, key, actor_id=actor_id, now=now, chance=chance)
    session.add_all((number, made))
    session.flush()
    _succeed(session, event, certificate, made, actor_id, now)
    return made


def withdraw_wrong(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Revoke what the result announced last gives another prize or none: an effect of a correction.

    Everybody reads why: the reason is the one with which the correction was announced.
    """
    version = find_last_announced(session, event.id)
    if version is None:
        return
    database.lock(session, f"certificates:{event.id}")
    prizes, reason = queries.prizes_of(session, version.id), version.reason[:REASON_MAXIMUM]
    for certificate in list(queries.each_certificate(session, event.id)):
        if certificate.words["prize"] != prizes.get(certificate.entry_id):
            _end(session, event, certificate, "revoked", reason, actor_id, now)
            detail = {"certificate": certificate.number, "reason": reason}
            _record(session, "certificate:revoke", event, actor_id, now, detail)


def _succeed(
    session: Session, event: Event, old: Certificate, new: Certificate, actor_id: int | None, now: datetime
) -> None:
    """Let a certificate that has ended name the one that counts now."""
    old.state, old.replaced_by_id = "replaced", new.id
    session.flush()
    detail = {"certificate": old.number, "newer": new.number, "reason": old.ended_reason}
    _record(session, "certificate:replace", event, actor_id, now, detail)


def _end(
    session: Session,
    event: Event,
    certificate: Certificate,
    state: str,
    reason: str,
    actor_id: int | None,
    now: datetime,
) -> None:
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


def list_printable(session: Session, event_id: int, address: str) -> list[CertificateText]:
    """Return what the certificates of an event say, by number of issue; `address` is where it is checked.

    Only once the result and the prizes on them are those that were frozen. The rows themselves are let go:
    ten thousand of them take more memory than their words.
    Raises: Refused RESULT_CHANGED, RESULT_DOCUMENT_CHANGED, CERTIFICATE_CHANGED with every certificate.
    """
    version = queries.find_final_version(session, event_id)
    if version is None or not queries.count_issued(session, event_id):
        return []
    require_unchanged(session, version)
    prizes, texts, changed = queries.prizes_of(session, version.id), [], []
    for certificate in queries.each_certificate(session, event_id):
        texts.append(text_of(certificate, address))
        if certificate.words["prize"] != prizes.get(certificate.entry_id):
            changed.append(_changed(certificate, prizes))
    if changed:
        raise Refused(*changed)
    return texts


def _changed(certificate: Certificate, prizes: Mapping[int, str]) -> Refusal:
    told = {"prize": certificate.words["prize"], "frozen": prizes.get(certificate.entry_id) or "—"}
    return Refusal("CERTIFICATE_CHANGED", certificate.number, told)


def _held_version(session: Session, event: Event) -> ResultVersion:
    """Return the result that certificates are made from, which nobody corrects meanwhile.

    Raises: Refused as `reserve` says.
    """
    for name in ("event", "certificates"):
        database.lock(session, f"{name}:{event.id}")
    session.refresh(event)
    version = queries.find_final_version(session, event.id)
    if event.state not in ISSUING_STATES or version is None:
        raise refuse("CERTIFICATE_NOT_FINAL")
    require_unchanged(session, version)
    if integrity.has_moved(session, version):
        raise refuse("RESULT_MOVED", number=version.number)
    return version


def _reserve(
    session: Session, event: Event, version: ResultVersion, now: datetime
) -> list[CertificateNumber]:
    for old in queries.list_reserved(session, event.id):
        if old.version_id != version.id:
            old.state = "void"
    winners = queries.list_winners(session, version.id)
    if not winners:
        raise refuse("NO_WINNERS")
    shared, used = making.shared_of(session, event, now), queries.last_serial(session, event.id)
    new = [winner for winner in winners if winner.certificate is None and winner.reserved is None]
    made = [making.reserved(shared, winner, used + n, now) for n, winner in enumerate(new, start=1)]
    session.add_all(made)
    session.flush()
    return made


def _key(session: Session, chance: Chance, now: datetime) -> SigningKey:
    return signing.signing_key(session, statement.PURPOSE, seed=chance(32), now=now)


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
