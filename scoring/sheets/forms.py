"""What is written down beside the sheets: reasons, statuses, penalties, absent judges."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from competitions.fields import NOT_OFFERED, Day, TextLine, half_width, tidy, tidy_text
from scoring.devices.rules import NUDGES
from scoring.sheets.decisions import Veto
from scoring.sheets.rules import MarkKey

OPERATION_ID = re.compile(r"[0-9A-Za-z-]{8,48}")
SHOWN = re.compile(r"[0-9a-f]{32}:[0-9]{1,9}")
MARK = re.compile(r"mark-(.{1,40})/([0-9]{1,3})")
MOST_SHEETS, LONGEST_VALUE = 500, 40
LONGEST_REASON = 500
INELIGIBLE, YEARS_BACK = "ineligible", 5
NEEDED = InputRequired(_l("This is needed. Please fill it in."))


class ActForm(FlaskForm):
    """Something that is done once, under the operation id that the page was given, with its reason.

    `focus` names the form among several on one page, so that the errors of one do not show at another.
    """

    operation = HiddenField()
    reason = TextAreaField(
        _l("Reason"),
        filters=[tidy_text],
        validators=[
            NEEDED,
            Length(max=LONGEST_REASON, message=_l("At most %(maximum)s characters.", maximum=LONGEST_REASON)),
        ],
    )

    def __init__(self, operation: str, **settings: Any) -> None:
        super().__init__(**settings)
        if not OPERATION_ID.fullmatch(self.operation.data or ""):
            self.operation.data = operation


class NudgeForm(FlaskForm):
    """What a judge is asked by the tablet."""

    message = HiddenField(validators=[AnyOf(NUDGES)])


class StatusForm(ActForm):
    """How an entry takes part from now on."""

    status = SelectField(
        _l("Status"), validators=[InputRequired(_l("This is needed. Please choose."))], validate_choice=True
    )

    veto_on = Day(_l("Day of the accident or offence"))
    veto_source = TextLine(_l("Established by"), maximum=200)

    def __init__(
        self, operation: str, statuses: Iterable[tuple[str, Any]], last_day: date, **settings: Any
    ) -> None:
        super().__init__(operation, **settings)
        self.veto_on.first_year, self.veto_on.last_year = last_day.year - YEARS_BACK, last_day.year
        self.status.choices = [SelectChoice(key, word) for key, word in (("", _l("Choose…")), *statuses)]
        self.status.invalid_choice_message = NOT_OFFERED

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for the day and the source of a veto, too."""
        found = super().validate(extra_validators)
        if self.status.data == INELIGIBLE:
            for field in (self.veto_on, self.veto_source):
                if not field.data and not field.errors:
                    field.errors = [_l("A veto needs the day and who has established it. Please fill it in.")]
                    found = False
        return found

    def veto(self) -> Veto | None:
        """Return the veto that was stated; None for any other status."""
        if self.status.data != INELIGIBLE or self.veto_on.data is None:
            return None
        return Veto(self.veto_on.data, self.veto_source.data or "")


class PenaltyForm(ActForm):
    """Points taken off the total of an entry."""

    points = StringField(
        _l("Points off the total"), filters=[half_width], validators=[NEEDED, Length(max=19)]
    )


class AbsenceForm(ActForm):
    """A judge who is taken out of the panel: of one entry, or of all that the judge has not signed."""

    stage = SelectField(_l("Stage"))
    entry = StringField(
        _l("Entry"),
        filters=[tidy],
        description=_l("The code of one entry; left empty: all entries without a signed sheet."),
    )

    def __init__(self, operation: str, stages: Iterable[tuple[str, Any]], **settings: Any) -> None:
        super().__init__(operation, **settings)
        self.stage.choices = [SelectChoice(key, word) for key, word in stages]
        self.stage.invalid_choice_message = NOT_OFFERED
        self.codes: tuple[str, ...] = ()

    def validate_entry(self, field: StringField) -> None:
        """Refuse a code that the judge has no open sheet for."""
        if field.data and field.data not in self.codes:
            raise ValidationError(
                _l("There is no open sheet of this judge for “%(code)s” in this stage.", code=field.data)
            )


class ClosingForm(FlaskForm):
    """Sheets that are confirmed or locked, each with the version that was shown: "reference:version"."""

    operation = HiddenField()
    sheet = SelectMultipleField(validate_choice=False)

    def __init__(self, operation: str, **settings: Any) -> None:
        super().__init__(**settings)
        if not OPERATION_ID.fullmatch(self.operation.data or ""):
            self.operation.data = operation

    def validate_sheet(self, field: SelectMultipleField) -> None:
        """Refuse what this page does not send."""
        if len(field.data or ()) > MOST_SHEETS or not all(SHOWN.fullmatch(mark) for mark in field.data or ()):
            raise ValidationError("REQUEST_FORM")

    def shown(self) -> dict[str, int]:
        """Return the version of each chosen sheet by its reference."""
        pairs = (mark.split(":") for mark in self.sheet.data or ())
        return {ref: int(version) for ref, version in pairs}


def _reason(label: Any) -> TextAreaField:
    told = _l("At most %(maximum)s characters.", maximum=LONGEST_REASON)
    longest = Length(max=LONGEST_REASON, message=told)
    return TextAreaField(label, filters=[tidy_text], validators=[NEEDED, longest])


class CorrectionForm(FlaskForm):
    """Why a sheet is to be corrected; the marks stand beside it (`read_marks`), with the version shown."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = _reason(_l("Reason"))


class DeclineForm(FlaskForm):
    """Why a sheet is not corrected."""

    reason = _reason(_l("Reason"))

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"prefix": "decline"} | settings)


def read_marks(sent: Mapping[str, str]) -> dict[MarkKey, str]:
    """Return the marks that a form names as "mark-<aspect>/<attempt>", written with half-width digits."""
    found = {}
    for name, value in sent.items():
        place = MARK.fullmatch(name)
        if place is not None and len(value) <= LONGEST_VALUE:
            found[MarkKey(place[1], int(place[2]))] = half_width(value) or ""
    return found
