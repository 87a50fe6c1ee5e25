"""Open the layers of a draw: each by two different people, the last layer first, each step on record.

Who stands behind a code is known to nobody who deals with the result until then. What has to be done before
is asked from whoever registers for "unblind" (competitions.events.lifecycle).
Source: DOMAIN.md section 7, SECURITY.md T12, I27.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.queries import list_held_grants
from competitions.draw import queries
from competitions.events import lifecycle, profiles
from competitions.events.models import Approval, Event
from competitions.events.queries import event_path
from competitions.events.services import hold
from core import canonical
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

STEP = "unblind"
KIND = "unblind:{layer}:{role}"


class Layer(NamedTuple):
    """One layer with who has consented to its opening, by role; `needed` are the roles that have to."""

    number: int
    needed: tuple[str, ...]
    given: dict[str, Approval]

    @property
    def open(self) -> bool:
        """Say whether everybody has consented."""
        return all(role in self.given for role in self.needed)


def list_layers(session: Session, event: Event) -> list[Layer]:
    """Return the layers of the draw as it stands in the order of their opening; none where none is opened."""
    needed = profiles.get(event.competition.profile).unblinding
    draw = queries.find_draw(session, event.id)
    if draw is None or not needed:
        return []
    rows = session.scalars(
        select(Approval)
        .where(Approval.event_id == event.id, Approval.kind.startswith(f"{STEP}:"))
        .order_by(Approval.id)
    ).all()
    found = []
    for number in range(queries.settings_of(draw.settings).layers, 0, -1):
        subject = subject_of(session, event.id, number) if rows else ""
        given = {
            role: row
            for role in needed
            for row in rows
            if row.kind == KIND.format(layer=number, role=role) and row.subject_hash == subject
        }
        found.append(Layer(number, needed, given))
    return found


def subject_of(session: Session, event_id: int, layer: int) -> str:
    """Return the digest of what is consented to: this layer of the draw as it is."""
    return canonical.digest([queries.digest_of(session, event_id), layer])


def is_done(session: Session, event: Event) -> bool:
    """Say whether every layer is open; never where a profile opens none."""
    layers = list_layers(session, event)
    return bool(layers) and all(layer.open for layer in layers)


def has_begun(session: Session, event: Event) -> bool:
    """Say whether somebody has consented to open a layer."""
    return any(layer.given for layer in list_layers(session, event))


def waiting(layers: Collection[Layer]) -> Layer | None:
    """Return the layer that is opened next."""
    return next((layer for layer in layers if not layer.open), None)


def consent(session: Session, event: Event, number: int, *, actor_id: int, now: datetime) -> Layer:
    """Consent to open a layer, in the role that the user holds and that has not consented yet.

    Raises: Refused UNBLIND_STATE, UNBLIND_ORDER, DUAL_CONTROL (the same person in both roles), UNBLIND_ROLE,
    UNBLIND_APART (who judges, or where the profile forbids it organises), and all that is missing before.
    """
    hold(session, event)
    layers = list_layers(session, event)
    layer = waiting(layers)
    if event.state != "tabulated":
        raise refuse("UNBLIND_STATE")
    if layer is None or layer.number != number:
        raise refuse("UNBLIND_ORDER")
    role = _role(session, event, layers, layer, actor_id)
    missing = lifecycle.missing(session, event, STEP, now)
    if missing:
        raise Refused(*missing)
    subject = subject_of(session, event.id, number)
    kind = KIND.format(layer=number, role=role)
    session.add(Approval(event_id=event.id, kind=kind, by_id=actor_id, at=now, subject_hash=subject))
    session.flush()
    audit.record(
        session, "draw:unblind", actor_id=actor_id, subject=f"event:{event.id}", now=now, event_id=event.id,
        detail={"layer": number, "role": role, "subject_sha256": subject},
    )  # fmt: skip
    lifecycle.bring_about(session, event, STEP, actor_id, now)
    return waiting(list_layers(session, event)) or layer


def _role(session: Session, event: Event, layers: list[Layer], layer: Layer, actor_id: int) -> str:
    """Return the role in which somebody consents to a layer now."""
    steps = set(event_path(session, event))
    grants = list_held_grants(session, actor_id)
    held = {grant.role for grant in grants if (grant.scope_kind, grant.scope_id) in steps}
    apart = {"judge", "chief_judge"} | set(profiles.get(event.competition.profile).apart)
    if held & apart:
        raise refuse("UNBLIND_APART")
    mine = {role for row in layers for role, approval in row.given.items() if approval.by_id == actor_id}
    free = [role for role in layer.needed if role in held and role not in layer.given]
    fitting = [role for role in free if not mine or role in mine]
    if not fitting:
        raise refuse("DUAL_CONTROL" if free or mine else "UNBLIND_ROLE")
    return fitting[0]


def not_begun(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Keep an event that is being unblinded from going back: who knows names would change marks."""
    return [Refusal("UNBLINDING_BEGUN")] if has_begun(session, event) else []


def needs_unblinding(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for every layer to be open where the profile seals names until then."""
    left = [layer for layer in list_layers(session, event) if not layer.open]
    return [Refusal("UNBLIND_NEEDED", "", {"count": len(left)})] if left else []
