"""The rows of figures as a form sends them: texts as typed, what they mean, and what cannot be read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from competitions.fields import half_width, tidy
from competitions.returns.figures import PLACES, SCALED
from competitions.returns.rules import QUALIFIERS, Figure, Unreadable, read_number
from core.refusals import Refusal

REMARK_MOST = 200


class Row(NamedTuple):
    """One row as texts; `incomplete` is "" for complete, anything else for 不完全统计."""

    value: str = ""
    own: str = ""
    qualifier: str = "="
    incomplete: str = ""
    remark: str = ""


def typed(form: Mapping[str, str]) -> dict[str, Row]:
    """Return the rows of a form as they were typed, by the keys of the dictionary."""
    return {
        key: Row(*(form.get(f"{key}.{name}", default) for name, default in Row._field_defaults.items()))
        for key in PLACES
    }


def shown(figures: Mapping[str, Figure]) -> dict[str, Row]:
    """Return figures as a form shows them."""
    found = {key: Row() for key in PLACES}
    for key, one in figures.items():
        incomplete = "" if one.complete else "1"
        found[key] = Row(_text(one.value), _text(one.own), one.qualifier, incomplete, one.remark)
    return found


def _text(number: Decimal | None) -> str:
    if number is None:
        return ""
    whole = number.to_integral_value()
    return f"{whole if number == whole else number.normalize():,f}"


def read(rows: Mapping[str, Row]) -> tuple[dict[str, Figure], list[Refusal]]:
    """Return the figures of rows and a STAT_LOGIC for each text that cannot be read or does not fit."""
    figures, found = {}, []
    for key, row in rows.items():
        numbers: list[Decimal | None] = []
        for text in (row.value, row.own):
            try:
                numbers.append(read_number(half_width(text), scaled_unit=key in SCALED))
            except Unreadable as unreadable:
                numbers.append(None)
                found.append(_fault(unreadable.rule, key, text))
        qualifier = half_width(row.qualifier) or "="
        if qualifier not in QUALIFIERS:
            found.append(_fault("qualifier", key, row.qualifier))
            qualifier = "="
        remark = tidy(row.remark)
        if len(remark) > REMARK_MOST:
            said = {"rule": "remark", "key": key, "length": len(remark), "most": REMARK_MOST}
            found.append(Refusal("STAT_LOGIC", key, said))
        figures[key] = Figure(numbers[0], qualifier, not row.incomplete.strip(), numbers[1], remark)
    return figures, found


def _fault(rule: str, key: str, text: str) -> Refusal:
    return Refusal("STAT_LOGIC", key, {"rule": rule, "key": key, "value": tidy(text)[:40]})
