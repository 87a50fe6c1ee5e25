"""Input for periods and returns."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired

from competitions.fields import Day, OneOf, TextLine, tidy_text, version_said
from competitions.returns.services import PeriodValues

YEARS = (1990, 2100)


class PeriodForm(FlaskForm):
    """What a period asks for, of whom."""

    union_id = OneOf(
        _l("Union that asks"), required=True,
        description=_l("It and every union below fills in a return."),
    )  # fmt: skip
    title = TextLine(_l("Name of the return"), maximum=120, required=True)
    first_day = Day(_l("First day"), validators=[InputRequired(_l("This is needed. Please fill it in."))])
    last_day = Day(_l("Last day"), validators=[InputRequired(_l("This is needed. Please fill it in."))])
    due_on = Day(_l("To be submitted by"))

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        for day in (self.first_day, self.last_day, self.due_on):
            day.first_year, day.last_year = YEARS

    def values(self) -> PeriodValues:
        """Return what was asked for."""
        first, last = self.first_day.data, self.last_day.data
        if first is None or last is None:
            raise ValueError("a period needs both of its days")
        return PeriodValues(self.title.data or "", first, last, self.due_on.data)


class ReturnForm(FlaskForm):
    """Who answers for a return; its figures are read by `rows`."""

    head = TextLine(_l("Head of the union"), maximum=80, description=_l("Answers for the figures and signs."))
    filler = TextLine(_l("Filled in by"), maximum=80)
    version = HiddenField()

    def said_version(self) -> int:
        """Return the version with which the form was opened."""
        return version_said(self.version.data)


class SendBackForm(FlaskForm):
    """What is to be mended."""

    reason = TextAreaField(_l("What is to be mended?"), filters=[tidy_text])
