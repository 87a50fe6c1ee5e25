"""Who may do what at the desk: one person in the profile `simple`, two different ones in the others."""

from competitions.events.models import Event
from core.refusals import refuse

ALONE = frozenset({"simple"})


def needs_second(event: Event) -> bool:
    """Say whether what one person brings has to be confirmed, or keyed again, by another."""
    return event.competition.profile not in ALONE


def require_marking(event: Event) -> None:
    """Refuse to write marks before or after the event is being marked.

    Raises: Refused DESK_CLOSED.
    """
    if event.state != "scoring":
        raise refuse("DESK_CLOSED")


def require_second(event: Event, first_id: int, second_id: int) -> None:
    """Refuse the same person twice where two are needed.

    Raises: Refused DESK_SAME_PERSON.
    """
    if needs_second(event) and first_id == second_id:
        raise refuse("DESK_SAME_PERSON")


def require_neutral(event: Event, *, marks: bool) -> None:
    """Refuse whoever marks in the event where the profile keeps the two apart.

    Raises: Refused DESK_JUDGE.
    """
    if marks and needs_second(event):
        raise refuse("DESK_JUDGE")
