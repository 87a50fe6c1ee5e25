"""Input for qualifying."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from competitions.eligibility.forms import MaybeNumber
from competitions.fields import NOT_OFFERED, OneOf, TextLine, WholeNumber, half_width
from core.refusals import Refusal, words
from scoring.qualifying import labels
from scoring.qualifying.rules import MOST, Rule

SCORE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")


class QualificationForm(FlaskForm):
    """From which event who qualifies, and which stage takes the earlier totals."""

    source_id = OneOf(_l("Earlier event"), empty=_l("Choose…"), required=True)
    top = WholeNumber(_l("How many qualify"), least=1, most=MOST)
    each = SelectField(
        _l("Out of whom"), choices=[SelectChoice(key, word) for key, word in labels.EACH.items()],
        invalid_choice_message=NOT_OFFERED,
    )  # fmt: skip
    per_unit = MaybeNumber(_l("At most of one unit"), least=1, most=MOST)
    least = TextLine(_l("Least score"), maximum=20)
    stage = SelectField(_l("Stage that takes the earlier totals"), invalid_choice_message=NOT_OFFERED)

    def __init__(
        self, sources: Iterable[SelectChoice], stages: Iterable[tuple[str, str]], **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.source_id.offer(sources)
        none = SelectChoice("", _l("none: everybody begins at 0"))
        self.stage.choices = [none, *(SelectChoice(code, title) for code, title in stages)]

    def validate_least(self, field: TextLine) -> None:
        """Refuse what is no score."""
        if field.data and not SCORE.fullmatch(half_width(field.data)):
            raise ValidationError(words(Refusal("QUALIFY_LEAST", "least")))

    def rule(self) -> Rule:
        """Return the rule that was said."""
        least = half_width(self.least.data)
        return Rule(self.top.data or 0, self.each.data or "", self.per_unit.data,
                    Decimal(least) if least else None)  # fmt: skip


class CarryForm(FlaskForm):
    """The consent to exactly what was shown."""

    seen = HiddenField()


class ReasonForm(FlaskForm):
    """Why somebody withdraws."""

    reason = TextLine(_l("Reason"), maximum=200)
