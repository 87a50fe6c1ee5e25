"""Write standings: save the method, publish what it gives now as a version, remove one never published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Competition
from core import canonical, database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse
from scoring.rules.group_standing import GroupStanding, compute_standing
from scoring.rules.parse_standing import Method, parse_method
from scoring.standings import queries, rules
from scoring.standings.models import CompetitionStanding, StandingVersion
from scoring.standings.queries import Ground


class Computed(NamedTuple):
    """A standing as the announced results give it now."""

    method: Method
    ground: Ground
    standing: GroupStanding
    orders: Sequence[Sequence[Any]] = ()

    def document(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return what publishing would freeze."""
        return rules.document(
            document, self.ground.sources, self.ground.rows, self.standing, self.orders
        )


def compute(
    session: Session, competition_id: int, document: Mapping[str, Any], event_ids: Sequence[int],
    orders: Sequence[Sequence[Any]] = (),
) -> Computed | None:  # fmt: skip
    """Return what a method gives for the results announced so far; None where it is no method any more."""
    method, _findings = parse_method(document)
    if method is None:
        return None
    ground = queries.get_ground(session, competition_id, method, event_ids)
    decided = {group: number for group, number, _reason in orders}
    standing = compute_standing(method, [one.event for one in ground.sources], ground.rows, decided)
    return Computed(method, ground, standing, orders)


def compute_of(session: Session, standing: CompetitionStanding) -> Computed | None:
    """Return what a stored standing gives now, with what was decided between tied groups."""
    place = (standing.competition_id, standing.document, standing.event_ids)
    return compute(session, *place, standing.orders)


def decide_order(
    session: Session, standing: CompetitionStanding, numbers: Mapping[str, int | None], reason: str, *,
    version: int, actor_id: int, now: datetime,
) -> None:  # fmt: skip
    """Decide in writing between tied groups: each gets a number, the lower comes first; None decides nothing.

    What was decided about other groups stays.
    Raises: Refused STANDING_CHANGED, REASON_NEEDED.
    """
    database.lock(session, f"standing:{standing.id}")
    if standing.version != version:
        raise refuse("STANDING_CHANGED")
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    others = [row for row in standing.orders if row[0] not in numbers]
    decided = [[name, number, reason] for name, number in numbers.items() if number is not None]
    standing.orders = [*others, *decided]
    session.flush()
    _record(session, "standing:decide", standing, {"groups": len(decided), "reason": reason}, actor_id, now)


def add_standing(
    session: Session,
    competition: Competition,
    document: Mapping[str, Any],
    event_ids: Sequence[int],
    *,
    actor_id: int | None,
    now: datetime,
) -> CompetitionStanding:
    """Add a standing to a competition; `document` is standing/1 without findings."""
    standing = CompetitionStanding(
        competition_id=competition.id, document=dict(document), event_ids=list(event_ids), orders=[],
        created_at=now,
    )  # fmt: skip
    session.add(standing)
    session.flush()
    _record(session, "standing:add", standing, {"sha256": _digest(standing)}, actor_id, now)
    return standing


def change_standing(
    session: Session,
    standing: CompetitionStanding,
    document: Mapping[str, Any],
    event_ids: Sequence[int],
    *,
    version: int,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Change the method or the events; what was published stays as it is.

    Raises: Refused STANDING_CHANGED where somebody else has saved since.
    """
    database.lock(session, f"standing:{standing.id}")
    if standing.version != version:
        raise refuse("STANDING_CHANGED")
    standing.document, standing.event_ids = dict(document), list(event_ids)
    session.flush()
    _record(session, "standing:change", standing, {"sha256": _digest(standing)}, actor_id, now)


def publish(
    session: Session, standing: CompetitionStanding, *, reason: str, actor_id: int | None, now: datetime
) -> StandingVersion:
    """Freeze what the method gives now as the next version.

    Raises: Refused STANDING_EMPTY without a ranked group, STANDING_FINDING for each finding,
    STANDING_SAME where nothing differs from what stands, REASON_NEEDED for every version but the first.
    """
    database.lock(session, f"standing:{standing.id}")
    computed = compute_of(session, standing)
    if computed is None or not computed.standing.rows:
        raise refuse("STANDING_EMPTY")
    errors = [finding for finding in computed.standing.findings if finding.level == "error"]
    if errors:
        raise Refused(*(Refusal("STANDING_FINDING", f.where, {"finding": f}) for f in errors))
    newest = standing.versions[0] if standing.versions else None
    content = computed.document(standing.document)
    sha256 = canonical.digest(content)
    if newest is not None and newest.sha256 == sha256:
        raise refuse("STANDING_SAME")
    if newest is not None and not reason:
        raise refuse("REASON_NEEDED", "reason")
    version = StandingVersion(
        standing_id=standing.id,
        number=newest.number + 1 if newest else 1,
        document=content,
        sha256=sha256,
        reason=reason,
        published_at=now,
        published_by_id=actor_id,
    )
    session.add(version)
    session.flush()
    detail = {"number": version.number, "sha256": sha256, "reason": reason}
    _record(session, "standing:publish", standing, detail, actor_id, now)
    return version


def remove_standing(
    session: Session, standing: CompetitionStanding, *, actor_id: int | None, now: datetime
) -> None:
    """Remove a standing that was never published.

    Raises: Refused STANDING_PUBLISHED.
    """
    database.lock(session, f"standing:{standing.id}")
    if standing.versions:
        raise refuse("STANDING_PUBLISHED")
    _record(session, "standing:remove", standing, {"sha256": _digest(standing)}, actor_id, now)
    session.delete(standing)
    session.flush()


def _digest(standing: CompetitionStanding) -> str:
    return canonical.digest({"method": standing.document, "events": standing.event_ids})


def _record(
    session: Session,
    action: str,
    standing: CompetitionStanding,
    detail: Mapping[str, Any],
    actor_id: int | None,
    now: datetime,
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"standing:{standing.id}", now=now,
        detail={"competition": standing.competition_id, "title": standing.title, **detail},
    )  # fmt: skip
