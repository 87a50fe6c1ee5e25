"""What a row of a person says, as canonical JSON can hold it, and the way back; numbers stay sealed."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Person, PersonIdentity
from core import canonical

Said = dict[str, Any]
SEALED, PLAIN = ("id_number", "phone"), ("name", "unit_id", "skill_level", "demo")


def said_by(person: Person) -> Said:
    """Return all that a person's row says; what is sealed stays sealed under the person's reference."""
    identity = person.identity
    kept: Said = {name: getattr(person, name) for name in PLAIN} | {"ref": person.ref}
    for name in SEALED:
        sealed = getattr(identity, name, None)
        kept[name] = bytes(sealed).hex() if sealed else ""
    return kept | {"id_digest": (identity.id_digest if identity is not None else None) or ""}


def fingerprint(person: Person) -> str:
    """Return the fingerprint of all that a person's row says."""
    return canonical.digest(said_by(person))


def say_again(session: Session, person: Person, said: Said) -> None:
    """Let a person's row say what it said before."""
    person.ref = said["ref"]
    for name in PLAIN:
        setattr(person, name, said[name])
    session.add(person)
    session.flush()
    if not any(said[name] for name in (*SEALED, "id_digest")) and person.identity is None:
        return
    identity = person.identity or PersonIdentity(person_id=person.id)
    identity.id_digest = said["id_digest"] or None
    for name in SEALED:
        setattr(identity, name, bytes.fromhex(said[name]) if said[name] else None)
    session.add(identity)
    session.flush()
    session.expire(person, ["identity"])
