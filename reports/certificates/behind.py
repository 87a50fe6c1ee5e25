"""Which honours stand on a certificate that was revoked: the register of honours says so."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry, EntryMember, Person
from core import clock
from reports.certificates.models import Certificate
from reports.certificates.queries import OTHER
from scoring.honours.grounds import Revoked
from scoring.honours.models import Honour

Key = tuple[int, str]


def revoked_behind(session: Session, honours: Collection[Honour]) -> dict[int, Revoked]:
    """Return the revoked certificate behind each honour that came from an event, by the honour's number.

    A person is known by the reference, a team or a unit by its name in the event. Where another certificate
    has been issued since, that one stands.
    """
    events = {one.event_id for one in honours if one.event_id is not None}
    if not events:
        return {}
    people, names = _revoked_in(session, events)
    found = {}
    for one in honours:
        if one.event_id is not None:
            known = people if one.person_ref else names
            gone = known.get((one.event_id, one.person_ref or one.recipient))
            if gone is not None:
                found[one.id] = gone
    return found


def _revoked_in(
    session: Session, events: Collection[int]
) -> tuple[dict[Key, Revoked], dict[Key, Revoked]]:
    """Return the revoked certificates of some events by person and by the name of the entry."""
    newest = (
        select(func.max(OTHER.c.id))
        .where(OTHER.c.entry_id == Certificate.entry_id, OTHER.c.state != "replaced")
        .correlate(Certificate)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Certificate, Entry.name, Person.ref)
        .join(Entry, Entry.id == Certificate.entry_id)
        .outerjoin(EntryMember, EntryMember.entry_id == Entry.id)
        .outerjoin(Person, Person.id == EntryMember.person_id)
        .where(Certificate.event_id.in_(events), Certificate.state == "revoked", Certificate.id == newest)
    )
    people: dict[Key, Revoked] = {}
    names: dict[Key, Revoked] = {}
    for certificate, name, ref in rows:
        ended = certificate.ended_at or certificate.issued_at
        gone = Revoked(certificate.number, ended.astimezone(clock.LOCAL).date())
        names[certificate.event_id, name] = gone
        if ref is not None:
            people[certificate.event_id, ref] = gone
    return people, names
