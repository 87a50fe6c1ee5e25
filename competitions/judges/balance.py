"""Suggest a balanced assignment (均衡分派): every stage gets its judges, the work is spread evenly. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Candidate(NamedTuple):
    """Somebody who may mark; a chief judge marks only where nobody else is left."""

    id: int
    chief: bool = False
    head: bool = False


class Need(NamedTuple):
    """One stage: how many judges it needs, how many it may have (None: any), how much work it is."""

    stage: str
    judges: int
    most: int | None = None
    work: int = 1


class Suggestion(NamedTuple):
    """The stages of each judge, the heads of panels, how many judges each stage misses, who is left over."""

    stages: Mapping[int, tuple[str, ...]]
    heads: frozenset[int]
    missing: Mapping[str, int]
    spare: tuple[int, ...]


def suggest(candidates: Sequence[Candidate], needs: Sequence[Need]) -> Suggestion:
    """Return who marks which stage, the work spread as evenly as the panels allow.

    Shape: the same candidates in the same order give the same suggestion; another order gives another one.
    The heaviest stage chooses first, always whoever has least to do; then whoever has nothing yet joins the
    stage that has relatively few judges, up to its limit.
    """
    load = {candidate.id: 0 for candidate in candidates}
    panels: dict[str, list[int]] = {}
    for need in sorted(needs, key=lambda need: -need.work):
        ranked = sorted(candidates, key=lambda one: (one.chief, load[one.id]))
        panels[need.stage] = [one.id for one in ranked[: need.judges]]
        for number in panels[need.stage]:
            load[number] += need.work
    spare = [c.id for c in candidates if not c.chief and not load[c.id] and not _join(c, needs, panels, load)]
    stages = {
        one.id: tuple(need.stage for need in needs if one.id in panels[need.stage]) for one in candidates
    }
    missing = {n.stage: n.judges - len(panels[n.stage]) for n in needs if len(panels[n.stage]) < n.judges}
    return Suggestion(stages, _heads(candidates, panels), missing, tuple(spare))


def _join(
    candidate: Candidate, needs: Sequence[Need], panels: Mapping[str, list[int]], load: dict[int, int]
) -> bool:
    """Let somebody with nothing to do join the stage with relatively few judges; False without room."""
    room = [need for need in needs if need.most is None or len(panels[need.stage]) < need.most]
    if not room:
        return False
    chosen = min(room, key=lambda need: (len(panels[need.stage]) * 1000 // max(1, need.judges), -need.work))
    panels[chosen.stage].append(candidate.id)
    load[candidate.id] += chosen.work
    return True


def _heads(candidates: Sequence[Candidate], panels: Mapping[str, list[int]]) -> frozenset[int]:
    """Return one head for each panel of several judges: who is head already, otherwise its first judge."""
    already = {candidate.id for candidate in candidates if candidate.head}
    heads: set[int] = set()
    for judges in panels.values():
        if len(judges) > 1 and not heads & set(judges):
            heads.add(next((number for number in judges if number in already), judges[0]))
    return frozenset(heads)
