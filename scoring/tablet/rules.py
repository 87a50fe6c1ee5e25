"""The places of a sheet, and what a device must know of an aspect to check values by itself. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.rules.model import Aspect, Stage


@dataclass(frozen=True)
class Field:
    """One place for a value on a sheet."""

    aspect: Aspect
    number: int
    attempt: int


def fields(stage: Stage) -> list[Field]:
    """Return the places of a whole stage in order: attempt by attempt, aspect by aspect."""
    return [
        Field(aspect, number, attempt)
        for attempt in range(1, stage.attempts + 1)
        for number, aspect in enumerate(stage.aspects, start=1)
    ]


def device_rule(aspect: Aspect) -> Mapping[str, Any]:
    """Return the limits of an aspect as the device checks them: amounts are millionths, as text.

    static/js/tablet/values.js reads it and says the same as scoring.rules.values; a test compares the two.
    """
    amounts = {
        "min": aspect.minimum, "max": aspect.maximum, "step": aspect.step, "nominal": aspect.nominal,
        "per": aspect.per, "per_false": aspect.per_false, "zero_at": aspect.zero_at, "limit": aspect.limit,
        "early": aspect.early, "cap": aspect.cap, "late": aspect.late, "target": aspect.target,
    }  # fmt: skip
    return {
        "kind": aspect.kind,
        "entry": aspect.entry,
        "levels": len(aspect.levels),
        "better": aspect.better,
        "places": aspect.panel.places,
        "bands": [[str(band.upto), str(band.points)] for band in aspect.bands],
        **{name: None if amount is None else str(amount) for name, amount in amounts.items()},
    }
