"""Input for the schedule."""

import re
from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, RadioField, StringField, ValidationError
from wtforms.fields import SelectChoice

from competitions.events.rules import FIRST_YEAR
from competitions.fields import NOT_OFFERED, Day, Lines, TextLine, WholeNumber, WordOf, half_width
from competitions.schedule import rules
from competitions.schedule.rules import Rhythm, SittingValues
from competitions.schedule.services import REASON_MAXIMUM, local
from core.refusals import Refusal, words

SITE, STAGE = 120, _l("Stage")
CLOCK = re.compile(r"([0-9]{1,2}):?([0-9]{2})")
USES: dict[str, Any] = {
    "all": _l("Every batch uses all sites at once"),
    "shared": _l("Batches are shared out over the sites, side by side"),
}


class Clock(StringField):
    """A time of the clock on the wall, 8:30, 08:30 or 0830; it may be left empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time."""
        text = half_width(valuelist[0] if valuelist else "").replace(" ", "")
        self.data: time | None = None
        if not text:
            return
        found = CLOCK.fullmatch(text)
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError(_l("Enter a time from 00:00 to 23:59, for example 08:30."))
        self.data = time(int(found[1]), int(found[2]))

    def _value(self) -> str:
        if self.data is None:
            return self.raw_data[0] if self.raw_data else ""
        return f"{self.data:%H:%M}"


class Needed:
    """Refuse an empty field; unlike WTForms' own, also one whose text could not be read."""

    def __call__(self, form: Form, field: Any) -> None:
        """Look at what was read."""
        if field.data is None and not field.errors:
            raise ValidationError(_l("This is needed. Please fill it in."))


class SittingForm(FlaskForm):
    """One sitting; `titles` are the stages that the scheme has."""

    version = HiddenField()
    stage = WordOf(STAGE, {})
    batch = WholeNumber(_l("Batch"), least=0, most=rules.MOST_BATCHES, default=0)
    site = TextLine(_l("Site"), maximum=SITE)
    day = Day(_l("Day"))
    starts = Clock(_l("Begins"))
    ends = Clock(_l("Ends"))

    def __init__(self, titles: dict[str, str], last_year: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.stage.choices = stage_choices(titles)
        self.day.first_year, self.day.last_year = FIRST_YEAR, last_year

    def validate_day(self, field: Any) -> None:
        """Want all three parts of a time or none."""
        parts: list[Any] = [self.day, self.starts, self.ends]
        given = [part for part in parts if part.data is not None or part.errors]
        if given and len(given) < len(parts):
            raise ValidationError(words(Refusal("SITTING_TIMES")))

    def values(self) -> SittingValues:
        """Return what was said."""
        starts, ends = self._moment(self.starts.data), self._moment(self.ends.data)
        return SittingValues(self.stage.data, self.batch.data or 0, self.site.data or "", starts, ends)

    def _moment(self, at: time | None) -> datetime | None:
        if self.day.data is None or at is None:
            return None
        return local(datetime.combine(self.day.data, at))


def _uses() -> list[SelectChoice]:
    return [SelectChoice(name, words) for name, words in USES.items()]


class PlanForm(FlaskForm):
    """Many sittings of one stage: which batches, where, and how the days are filled."""

    stage = WordOf(STAGE, {})
    first_batch = WholeNumber(_l("First batch"), least=1, most=rules.MOST_BATCHES, default=1)
    last_batch = WholeNumber(_l("Last batch"), least=1, most=rules.MOST_BATCHES, default=1)
    sites = Lines(_l("Sites"), maximum=SITE)
    use = RadioField(_l("How the sites are used"), choices=_uses(), default="all")
    day = Day(_l("First day"), validators=[Needed()])
    begins = Clock(_l("The day begins"), validators=[Needed()], default=time(8, 30))
    minutes = WholeNumber(_l("Length of a sitting"), least=1, most=rules.LONGEST, default=90)
    pause = WholeNumber(_l("Pause between two"), least=0, most=rules.LONGEST, default=20)
    lunch_begins = Clock(_l("Lunch begins"), default=time(12))
    lunch_ends = Clock(_l("Lunch ends"), default=time(13, 30))
    ends = Clock(_l("The day ends"), validators=[Needed()], default=time(18))

    def __init__(self, titles: dict[str, str], last_year: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.stage.choices = stage_choices(titles)
        self.use.invalid_choice_message = NOT_OFFERED
        self.day.first_year, self.day.last_year = FIRST_YEAR, last_year

    def validate_last_batch(self, field: Any) -> None:
        """Want the batches in their order."""
        if None not in (self.first_batch.data, field.data) and field.data < self.first_batch.data:
            raise ValidationError(words(Refusal("BATCHES_ORDER")))

    def validate_sites(self, field: Any) -> None:
        """Want no more sites than anybody has, each once."""
        sites = field.data or []
        if len(sites) > rules.MOST_SITES:
            raise ValidationError(_l("At most %(most)s sites; shorten the list.", most=rules.MOST_SITES))
        if len({site.casefold() for site in sites}) < len(sites):
            raise ValidationError(_l("A site stands in the list twice."))

    def validate_lunch_ends(self, field: Any) -> None:
        """Want both ends of lunch or neither."""
        if (self.lunch_begins.data is None) != (field.data is None) and not self.lunch_begins.errors:
            raise ValidationError(words(Refusal("RHYTHM_LUNCH")))

    def rhythm(self) -> Rhythm:
        """Return how the days are filled."""
        said = {name: self[name].data for name in ("begins", "ends", "minutes", "pause")}
        begins, ends = self.lunch_begins.data, self.lunch_ends.data
        lunch = (begins, ends) if begins is not None and ends is not None else None
        return Rhythm(**said | {"first_day": self.day.data}, lunch=lunch)

    def rounds(self) -> list[list[tuple[int, str]]]:
        """Return what is held side by side."""
        batches = range(self.first_batch.data or 1, (self.last_batch.data or 1) + 1)
        return rules.rounds(batches, self.sites.data or [], shared_out=self.use.data == "shared")


class ShiftForm(FlaskForm):
    """By how many minutes what is planned moves, on which day; the day "" means every day."""

    day = WordOf(_l("Day"), {})
    minutes = WholeNumber(_l("Minutes"), least=-rules.LONGEST * 7, most=rules.LONGEST * 7)

    def __init__(self, days: list[tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.day.choices = [SelectChoice("", _l("Every day")), *(SelectChoice(*one) for one in days)]

    def validate_minutes(self, field: Any) -> None:
        """Want a movement."""
        if field.data == 0:
            raise ValidationError(_l("Enter how many minutes later, or with a minus sign how many earlier."))


class ReasonForm(FlaskForm):
    """Why a sitting is cancelled."""

    reason = TextLine(_l("Reason"), maximum=REASON_MAXIMUM)


def stage_choices(titles: dict[str, str]) -> list[SelectChoice]:
    """Return the stages, and the event as a whole, which holds them all."""
    stages = [SelectChoice(code, title) for code, title in titles.items()]
    return [*stages, SelectChoice("", _l("Whole event"))]
