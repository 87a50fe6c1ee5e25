"""What the forms of a scheme accept."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from competitions.fields import Lines, tidy
from scoring.schemes.periods import MOST_PERIODS, has_exact_mean

LONGEST_REASON = 500


class ReasonedForm(FlaskForm):
    """Something that becomes a version; `base` is the version that it started from."""

    base = HiddenField()
    reason = TextAreaField(
        _l("Reason of the change"),
        [Length(max=LONGEST_REASON, message=_l("At most %(max)d characters fit here."))],
        filters=[tidy],
    )

    def base_number(self) -> int | None:
        """Return the number of the version that this started from, or None where the page did not say."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


class UploadForm(ReasonedForm):
    """A scheme.json, a marking scheme or our template as a workbook."""

    file = FileField(_l("File"), [FileRequired(_l("Choose the file first."))])


class DocumentForm(ReasonedForm):
    """A scheme as it was edited."""

    document = TextAreaField(_l("Scheme (JSON)"))


class StartForm(ReasonedForm):
    """Which scheme to start from: `library:<name>` or `event:<number>`."""

    source = HiddenField()


class PeriodFields:
    """The periods of a labour contest by their titles, and what the year is made of."""

    titles = Lines(_l("Periods, one in each line"), maximum=60)
    way = RadioField(
        _l("The year is"),
        choices=[
            SelectChoice("mean", _l("the mean of the periods")),
            SelectChoice("sum", _l("the sum of the periods")),
        ],
        default="mean",
    )

    def validate_titles(self, field: Any) -> None:
        """Ask for at least two periods, each by a title of its own."""
        titles = field.data or []
        if not 2 <= len(titles) <= MOST_PERIODS:
            raise ValidationError(_l("Name 2 to %(most)s periods, one in each line.", most=MOST_PERIODS))
        if len(set(titles)) < len(titles):
            raise ValidationError(_l("Two periods have the same title. Give each its own."))

    def validate_way(self, field: Any) -> None:
        """Refuse a mean that could only be approximate."""
        if field.data == "mean" and not has_exact_mean(len(self.titles.data or []) or 1):
            raise ValidationError(
                _l("The share of each of so many periods is no exact decimal. Choose the sum, or quarters.")
            )


class PeriodsForm(PeriodFields, ReasonedForm):
    """The periods that an event's scheme gets, with the reason where its rules are relied on."""

