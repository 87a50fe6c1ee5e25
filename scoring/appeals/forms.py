"""Input for appeals."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from competitions.fields import NOT_OFFERED, SeveralOf, TextLine, tidy_text
from scoring.appeals import labels, rules
from scoring.appeals.rules import Said
from scoring.sheets.forms import OPERATION_ID

LONG = _l("At most %(max)d characters fit here.")


class Things(SelectMultipleField):
    """Any number of the offered things by their names, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AppealForm(FlaskForm):
    """What an appeal is about, why, what is wanted, and who speaks."""

    operation = HiddenField()
    about = Things(_l("What it is about"))
    grounds = TextAreaField(
        _l("What is wrong, and how one can see it"),
        [Length(max=rules.GROUNDS_MAXIMUM, message=LONG)], filters=[tidy_text],
    )  # fmt: skip
    wanted = TextLine(_l("What you ask for"), maximum=rules.WANTED_MAXIMUM)
    name = TextLine(_l("Leader of the delegation"), maximum=rules.NAME_MAXIMUM)
    contact = TextLine(_l("Phone or e-mail"), maximum=rules.CONTACT_MAXIMUM)

    def __init__(self, operation: str, offered: Iterable[tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        if not OPERATION_ID.fullmatch(self.operation.data or "") or len(self.operation.data) > 32:
            self.operation.data = operation
        self.about.choices = [SelectChoice(value, words) for value, words in offered]
        self.about.invalid_choice_message = NOT_OFFERED

    def said(self) -> Said:
        """Return what was said."""
        return Said(**{name: self[name].data or "" for name in Said._fields})

    def things(self) -> list[tuple[str, str]]:
        """Return what it is about as (kind, code)."""
        parted = [value.partition(":") for value in self.about.data or ()]
        return [(kind, code) for kind, _colon, code in parted]


class EvidenceForm(FlaskForm):
    """One more piece of evidence."""

    file = FileField(_l("File"))


class ReasonsForm(FlaskForm):
    """Reasons in writing."""

    reasons = TextAreaField(_l("Reasons"), filters=[tidy_text])


class DecisionForm(FlaskForm):
    """What becomes of an appeal, why, and what is corrected."""

    decision = RadioField(
        _l("Is the appeal upheld?"),
        choices=[SelectChoice(key, word) for key, word in labels.DECISIONS.items()],
        validate_choice=False,
    )
    sheets = SeveralOf(_l("Sheets to correct"))
    penalties = SeveralOf(_l("Penalties to withdraw"))
    reasons = TextAreaField(_l("Reasons"), filters=[tidy_text])

    def __init__(
        self, sheets: Sequence[tuple[int, str]], penalties: Sequence[tuple[int, str]], **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.sheets.offer([SelectChoice(value, words) for value, words in sheets])
        self.penalties.offer([SelectChoice(value, words) for value, words in penalties])
