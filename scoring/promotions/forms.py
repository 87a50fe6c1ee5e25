"""What the forms of promotions accept: rules as a document, and levels that nobody had recorded."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from competitions.fields import NOT_OFFERED, Day, TextLine, tidy
from scoring.promotions.rules import LEVELS

LONGEST = 60_000
FITS = _l("At most %(max)d characters fit here.")


class RulesForm(FlaskForm):
    """Promotion rules as they were edited; `base` is the version that was edited (0: none)."""

    base = HiddenField()
    document = TextAreaField(_l("Promotion rules (JSON)"), [Length(max=LONGEST, message=FITS)])
    reason = TextAreaField(_l("Reason of the change"), [Length(max=500, message=FITS)], filters=[tidy])

    def base_number(self) -> int:
        """Return the number of the version that this started from; what is no number is none."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


class ApprovalForm(FlaskForm):
    """What approves promotions; who is ticked stands beside it."""

    document = TextLine(_l("Document number"), maximum=80, required=True)
    on = Day(_l("Day of the document"), validators=[InputRequired(_l("This is needed. Please fill it in."))])
    by = TextLine(_l("Approved by"), maximum=120, required=True)


class TakeBackForm(FlaskForm):
    """Why an approval that was recorded is taken back."""

    reason = TextLine(_l("Reason"), maximum=300, required=True)


class LevelsForm(FlaskForm):
    """The level of each person for whom none is recorded."""

    people: tuple[int, ...] = ()

    def picked(self) -> dict[int, str]:
        """Return the levels that were chosen."""
        chosen = {number: str(self[f"level_{number}"].data or "") for number in self.people}
        return {number: level for number, level in chosen.items() if level}

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for at least one level."""
        fine = bool(super().validate(extra_validators))
        if fine and not self.picked():
            self.form_errors.append(_l("Choose a level for at least one person."))
            return False
        return fine


def levels_form(people: Iterable[tuple[int, str]]) -> Any:
    """Return the form with one field for each of these people: (id, name)."""
    choices = [SelectChoice("", _l("not recorded")), *(SelectChoice(level, level) for level in LEVELS)]
    fields: dict[str, Any] = {
        f"level_{number}": SelectField(name, choices=choices, invalid_choice_message=NOT_OFFERED)
        for number, name in people
    }
    numbers = tuple(int(name.removeprefix("level_")) for name in fields)
    return type("LevelsForm", (LevelsForm,), {**fields, "people": numbers})()
