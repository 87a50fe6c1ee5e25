"""What the forms of standings accept: a method with its events, the reason of a new version."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, HiddenField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from competitions.fields import SeveralOf, TextLine, WordOf, half_width, tidy
from scoring.standings.messages import GROUPS

LONGEST, LONGEST_NUMBER = 20_000, 5
FITS = _l("At most %(max)d characters fit here.")


class StandingForm(FlaskForm):
    """A standing: the title and whose it is stand over the same keys of the method."""

    version = HiddenField()
    title = TextLine(_l("Title of the standing"), maximum=80, required=True)
    of = WordOf(_l("Who is ranked"), GROUPS, default="unit")
    event_ids = SeveralOf(_l("Events that count"))
    document = TextAreaField(_l("Method (JSON)"), [Length(max=LONGEST, message=FITS)])

    def __init__(self, events: Iterable[SelectChoice], **settings: Any) -> None:
        super().__init__(**settings)
        self.event_ids.offer(events)

    def chosen_events(self) -> list[int]:
        """Return the events that were ticked; none where all were, so that later ones count, too."""
        chosen = list(self.event_ids.data or ())
        return [] if len(chosen) == len(self.event_ids.choices or ()) else chosen


class OrderForm(FlaskForm):
    """Which of the tied groups comes first: a number each, in the order of the page, and the reason."""

    version = HiddenField()
    numbers = FieldList(StringField(filters=[half_width]))
    reason = TextAreaField(_l("Reason"), [Length(max=500, message=FITS)], filters=[tidy])

    def __init__(self, groups: Sequence[str], **settings: Any) -> None:
        super().__init__(**settings)
        while len(self.numbers) < len(groups):
            self.numbers.append_entry("")
        self.groups = groups
        for group, field in zip(groups, self.numbers, strict=False):
            field.label.text = group

    def validate_numbers(self, field: FieldList) -> None:
        """Refuse what is no place among the tied groups."""
        for text in [one.data or "" for one in field][: len(self.groups)]:
            if text and not (text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER):
                raise ValidationError(_l("Write 1 for the first, 2 for the second, and so on."))

    def chosen(self) -> dict[str, int | None]:
        """Return the number of each tied group; None where none was written."""
        pairs = zip(self.groups, self.numbers, strict=False)
        return {group: int(one.data) if one.data else None for group, one in pairs}


class PublishForm(FlaskForm):
    """Why a published standing is published anew."""

    reason = TextAreaField(_l("Reason"), [Length(max=500, message=FITS)], filters=[tidy])
