"""What can be done as a job: each kind says, when the work begins, which parts it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Task:
    """One part of a job: `make(*arguments)` returns the bytes of its file, in a process of its own.

    Shape: `name` with `kind` (a key of core.files.kinds.KINDS) as its ending; `size` is how much of the job
    it is, in whatever the job counts. `make` is a function of a module and the arguments are plain values, so
    that both can be sent to another process; made twice it gives the same.
    """

    name: str
    kind: str
    size: int
    make: Callable[..., bytes]
    arguments: tuple[Any, ...] = ()


Plan = Callable[[Session, Any], Sequence[Task]]  # of a reading session and the job's wishes

_PLANS: dict[str, Plan] = {}


def register(kind: str, plan: Plan) -> None:
    """Let jobs of a kind be done; `plan` may raise Refused, which ends the job with these words.

    Raises: ValueError for a kind that another slice has taken.
    """
    if _PLANS.setdefault(kind, plan) is not plan:
        raise ValueError(f"two slices do jobs of the kind {kind}")


def plan_of(kind: str) -> Plan:
    """Return how jobs of a kind are planned.

    Raises: KeyError for one that nobody has registered.
    """
    return _PLANS[kind]
