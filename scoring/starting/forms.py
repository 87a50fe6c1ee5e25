"""What a template asks: names, the union, where it counts, and what its kind of activity needs."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField

from competitions.events.rules import FIRST_YEAR
from competitions.fields import OneOf, SeveralOf, TextLine, WholeNumber
from scoring.schemes.forms import PeriodFields
from scoring.starting.offers import Template


class StartForm(PeriodFields, FlaskForm):
    """A contest from a template; what the template does not need is not asked."""

    name = TextLine(_l("Name of the competition"), maximum=120, required=True)
    year = WholeNumber(_l("Year"), least=FIRST_YEAR)
    level_id = OneOf(_l("Level and class"), empty=_l("Choose…"), required=True)
    union_id = OneOf(_l("Owning union"), empty=_l("Choose…"), required=True)
    industry_ids = SeveralOf(_l("Industries"))
    event = TextLine(_l("Name of the event"), maximum=120, required=True)
    trade = TextLine(_l("Trade"), maximum=160)
    role = TextLine(_l("Post or role"), maximum=60)
    checks = BooleanField(_l("I confirm the values myself"), default=True)

    def __init__(
        self, template: Template, offers: Mapping[str, Iterable[Any]], last_year: int, **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.year.most = last_year
        for name in ("level_id", "union_id", "industry_ids"):
            self[name].offer(offers[name])
        asked = {
            "trade": template.asks_trade, "role": bool(template.role), "titles": bool(template.periods),
            "way": bool(template.periods), "checks": template.checks,
        }  # fmt: skip
        for name, needed in asked.items():
            if not needed:
                del self[name]

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for what the kind of activity cannot be without."""
        found = super().validate(extra_validators)
        for name, fault in self._faults():
            self[name].errors = [*self[name].errors, fault]
            found = False
        return found

    def _faults(self) -> list[tuple[str, Any]]:
        needed = _l("This is needed. Please fill it in.")
        empty = [name for name in ("trade", "role") if name in self and not self[name].data]
        faults = [(name, needed) for name in empty]
        if not self.industry_ids.data:
            faults.append(("industry_ids", _l("Choose at least one industry.")))
        return faults
