"""The life of an event: its states and the steps between them. Pure.

Source: DESIGN.md section 5. What a step needs besides its state is asked from the guards that each package
registers (competitions.events.lifecycle).
"""

from typing import NamedTuple

STATES = ("draft", "registration", "ready", "scoring", "tabulated", "announced", "final", "archived")
CANCELLED = "cancelled"


class Step(NamedTuple):
    """One step: from which states, to which, and whether it needs a reason in writing."""

    name: str
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("open_registration", ("draft",), "registration"),
        Step("close_registration", ("registration",), "ready"),
        Step("start_scoring", ("ready",), "scoring"),
        Step("tabulate", ("scoring",), "tabulated"),
        Step("announce", ("tabulated",), "announced"),
        Step("finalise", ("announced",), "final"),
        Step("archive", ("final",), "archived"),
        Step("reopen_draft", ("registration",), "draft", needs_reason=True),
        Step("reopen_registration", ("ready",), "registration", needs_reason=True),
        Step("reopen_scoring", ("tabulated",), "scoring", needs_reason=True),
        Step("cancel", ("draft", "registration", "ready", "scoring", "tabulated"), CANCELLED, needs_reason=True),
    )
}
FORWARD = {step.sources[0]: step for step in list(STEPS.values())[:7]}
BACK = {step.sources[0]: step for step in list(STEPS.values())[7:10]}


def next_step(state: str) -> Step | None:
    """Return the step that leads on from a state."""
    return FORWARD.get(state)


def step_back(state: str) -> Step | None:
    """Return the one step that may be taken back from a state."""
    return BACK.get(state)


def reached(state: str, other: str) -> bool:
    """Say whether an event in `state` has come at least as far as `other`."""
    return state in STATES and STATES.index(state) >= STATES.index(other)
