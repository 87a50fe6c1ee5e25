"""For whom cards are printed, and for which days."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, ValidationError

from accounts.cards import Days
from competitions.fields import Day

MOST_DAYS = 14


class CardsForm(FlaskForm):
    """The judges who get a new card, and the days on which it is valid."""

    first = Day(_l("Valid from"))
    last = Day(_l("Valid to"))
    judge = SelectMultipleField(_l("Judges"), coerce=int)

    def __init__(self, judges: dict[int, str], today: date, **settings: Any) -> None:
        super().__init__(**settings)
        self.judge.choices = list(judges.items())
        self.today = today

    @property
    def days(self) -> Days:
        """Return the days of a form that was found in order."""
        first, last = self.first.data, self.last.data
        if first is None or last is None:
            raise ValueError("the days were not checked")
        return Days(first, last)

    def validate_judge(self, field: Any) -> None:
        """Ask for one judge at least."""
        if not field.data:
            raise ValidationError(_l("Tick at least one judge."))

    def validate_first(self, field: Any) -> None:
        """Ask for a day."""
        if field.data is None:
            raise ValidationError(_l("Enter the first day."))

    def validate_last(self, field: Any) -> None:
        """Ask for a day that is not over, at most MOST_DAYS after the first: a card is for a contest."""
        if field.data is None:
            raise ValidationError(_l("Enter the last day; for one day the same as the first."))
        if field.data < self.today:
            raise ValidationError(_l("This day is over. Enter today or a later day."))
        first = self.first.data
        if first is not None and not timedelta(0) <= field.data - first < timedelta(MOST_DAYS):
            raise ValidationError(
                _l(
                    "The last day comes no earlier than the first; a card is valid on at most %(most)s days.",
                    most=MOST_DAYS,
                )
            )
