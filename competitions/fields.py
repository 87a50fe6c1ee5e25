"""Form fields that accept what people type and refuse the rest with what to do; shared by the slices."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    Form,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.refusals import Refused, words
from core.texts import tidy as tidy

NOT_OFFERED: Any = _l("This is not offered here. Choose from the list.")
LARGEST = 2_147_483_647  # what an integer column of every database holds


# The signs and digits that a Chinese input method types at full width; no other script's digits are numbers.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}


def half_width(text: str | None) -> str:
    """Return what was typed with full-width signs and digits made plain, without spaces at its ends."""
    return (text or "").translate(FULL_WIDTH).strip()


def tidy_text(text: str | None) -> str:
    """Return a text of several lines without what no text has (NUL, controls) and spaces at its ends."""
    return "\n".join(tidy(line) for line in (text or "").splitlines()).strip()


class TextLine(StringField):
    """One line of text; kept as typed but for its ends."""

    def __init__(self, label: Any, *, maximum: int, required: bool = False, **settings: Any) -> None:
        message = _l("At most %(maximum)s characters fit here; shorten it.", maximum=maximum)
        checks: list[Any] = [Length(max=maximum, message=message)]
        if required:
            checks.insert(0, InputRequired(_l("This is needed. Please fill it in.")))
        super().__init__(label, validators=checks, filters=[tidy], **settings)

    def pre_validate(self, form: Form) -> None:
        """Treat spaces alone as nothing at all."""
        self.raw_data: list[str] | None = [self.data] if self.raw_data is not None else None


class Lines(TextAreaField):
    """Several lines, as a list without the empty ones."""

    def __init__(self, label: Any, *, maximum: int, **settings: Any) -> None:
        super().__init__(label, **settings)
        self.maximum = maximum

    def process_formdata(self, valuelist: list[str]) -> None:
        """Split what was typed."""
        lines = (tidy(line) for line in (valuelist[0] if valuelist else "").splitlines())
        self.data = [line for line in lines if line]

    def _value(self) -> str:
        return "\n".join(self.data or [])

    def pre_validate(self, form: Form) -> None:
        """Refuse a line that is too long, before a form looks into what the lines say."""
        for number, line in enumerate(self.data or [], start=1):
            if len(line) > self.maximum:
                values = {"number": number, "maximum": self.maximum}
                raise StopValidation(
                    _l("Line %(number)s is too long: at most %(maximum)s characters.", **values)
                )


class WholeNumber(IntegerField):
    """A whole number between two limits; full-width digits count as digits."""

    def __init__(self, label: Any, *, least: int, most: int = LARGEST, **settings: Any) -> None:
        super().__init__(label, **settings)
        self.least, self.most = least, most

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number."""
        text = half_width(valuelist[0] if valuelist else "")
        self.data: int | None = int(text) if re.fullmatch(r"-?[0-9]{1,10}", text) else None

    def pre_validate(self, form: Form) -> None:
        """Refuse what is no number between the limits, which a form may still narrow."""
        if self.data is None or not self.least <= self.data <= self.most:
            limits = {"least": self.least, "most": self.most}
            raise ValidationError(_l("Enter a whole number from %(least)s to %(most)s.", **limits))


class Day(DateField):
    """A day that may be left empty, in the years that the form sets as limits."""

    def __init__(self, label: Any, **settings: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"], **settings)
        self.first_year, self.last_year = MINYEAR, MAXYEAR

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        text = half_width(valuelist[0] if valuelist else "")
        self.data: date | None = None
        if not text:
            self.raw_data: list[str] | None = []  # spaces alone are nothing, also for whoever demands a day
            return
        try:
            super().process_formdata([text if text.isascii() else ""])
        except ValueError:
            raise ValueError(_l("Enter a day that exists, for example 2026-05-20.")) from None

    def pre_validate(self, form: Form) -> None:
        """Refuse a year that can only be a slip."""
        if self.data is not None and not self.first_year <= self.data.year <= self.last_year:
            years = {"least": self.first_year, "most": self.last_year}
            raise ValidationError(
                _l("The year has to be from %(least)s to %(most)s. Check the day.", **years)
            )


class OneOf(SelectField):
    """One of the offered things by its number; `empty` is what stands for none of them."""

    def __init__(self, label: Any, *, empty: Any = None, required: bool = False, **settings: Any) -> None:
        checks = [InputRequired(_l("This is needed. Please choose."))] if required else []
        super().__init__(label, validators=checks, coerce=_number, **settings)
        self.empty = empty
        self.invalid_value_message = self.invalid_choice_message = NOT_OFFERED

    def offer(self, choices: Iterable[SelectChoice]) -> None:
        """Say what can be chosen."""
        none = [] if self.empty is None else [SelectChoice("", self.empty)]
        self.choices = [*none, *choices]


class WordOf(SelectField):
    """One of a few words that the system knows."""

    def __init__(self, label: Any, words_by_key: Mapping[str, Any], **settings: Any) -> None:
        choices = [SelectChoice(key, word) for key, word in words_by_key.items()]
        super().__init__(label, choices=choices, invalid_choice_message=NOT_OFFERED, **settings)


class SeveralOf(SelectMultipleField):
    """Any number of the offered things by their numbers, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **settings: Any) -> None:
        super().__init__(label, coerce=int, **settings)
        self.invalid_value_message = self.invalid_choice_message = NOT_OFFERED

    def offer(self, choices: Iterable[SelectChoice]) -> None:
        """Say what can be chosen."""
        self.choices = list(choices)


def _number(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def show_refusals(form: Form, refused: Refused) -> list[str]:
    """Put each refusal at the field it names; return the words of those that name none."""
    others = []
    for refusal in refused.refusals:
        if refusal.where in form:
            field = form[refusal.where]
            field.errors = [*field.errors, words(refusal)]
        else:
            others.append(words(refusal))
    return others


def version_said(text: object) -> int:
    """Return the version of a thing with which its form was opened; -1, which none has, for what is none.

    0 is that of a thing not kept yet.
    """
    return int(text) if isinstance(text, str) and re.fullmatch(r"[0-9]{1,9}", text) else -1


def page_of(number: str | None, total: int, size: int) -> tuple[int, int]:
    """Return (page, pages) for a page number from an address; what is no page becomes the first or last."""
    pages = max(1, -(-total // size))
    wanted = int(number) if number and re.fullmatch(r"[0-9]{1,9}", number) else 1
    return min(max(wanted, 1), pages), pages


def choice_id(text: str | None, offered: Sequence[int]) -> int | None:
    """Return the number from an address if it is one of those offered, otherwise None."""
    number = int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else None
    return number if number in offered else None
