"""Input for competitions and events."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice

from competitions.events import labels, rules
from competitions.events.rules import CompetitionValues, EventValues
from competitions.fields import (
    NOT_OFFERED,
    Day,
    Lines,
    OneOf,
    SeveralOf,
    TextLine,
    WholeNumber,
    WordOf,
    tidy_text,
)

FIELDS = labels.EVENT_FIELDS
BODY_MAXIMUM = 120


def _profiles() -> list[SelectChoice]:
    return [SelectChoice(name, words) for name, words in labels.PROFILE_CHOICES.items()]


class CompetitionForm(FlaskForm):
    """A competition; `offers` names what each choice offers, `last_year` how far ahead anybody plans.

    The fields stand here in the order of the page, so that the summary of errors follows it.
    """

    version = HiddenField()
    name = TextLine(_l("Name of the competition"), maximum=120, required=True)
    name_en = TextLine(_l("English name"), maximum=200)
    year = WholeNumber(_l("Year"), least=rules.FIRST_YEAR)
    level_id = OneOf(_l("Level and class"), empty=_l("Choose…"), required=True)
    kind_id = OneOf(_l("Kind of activity"), empty=_l("Choose…"), required=True)
    union_id = OneOf(_l("Owning union"), empty=_l("Choose…"), required=True)
    industry_ids = SeveralOf(_l("Industries"))
    region_id = OneOf(_l("Region"), empty=_l("(whole country or no region)"))
    theme = TextLine(_l("Theme"), maximum=200)
    starts_on = Day(_l("First day"))
    ends_on = Day(_l("Last day"))
    profile = RadioField(_l("Profile"), choices=_profiles(), default="simple")
    organiser = Lines(labels.BODY_ROLES["organiser"], maximum=BODY_MAXIMUM)
    host = Lines(labels.BODY_ROLES["host"], maximum=BODY_MAXIMUM)
    co_organiser = Lines(labels.BODY_ROLES["co_organiser"], maximum=BODY_MAXIMUM)

    def __init__(self, offers: Mapping[str, Iterable[Any]], last_year: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.year.most = last_year
        _limit_days(self, last_year)
        self.profile.invalid_choice_message = NOT_OFFERED
        for name, choices in offers.items():
            self[name].offer(choices)

    def values(self) -> CompetitionValues:
        """Return what was said."""
        plain = {name: self[name].data for name in CompetitionValues._fields if name in self}
        plain["industry_ids"] = tuple(self.industry_ids.data or ())
        bodies = [(role, name) for role in rules.BODY_ROLES for name in self[role].data or ()]
        return CompetitionValues(**plain, bodies=tuple(bodies))


class EventForm(FlaskForm):
    """An event; fields that others already rely on are taken out and keep what is stored.

    The fields stand here in the order of the page, so that the summary of errors follows it.
    """

    version = HiddenField()
    name = TextLine(FIELDS["name"], maximum=120, required=True)
    name_en = TextLine(FIELDS["name_en"], maximum=200)
    trade = TextLine(FIELDS["trade"], maximum=160)
    role = TextLine(FIELDS["role"], maximum=60)
    entry_kind = WordOf(FIELDS["entry_kind"], {})
    group_name = TextLine(FIELDS["group_name"], maximum=60)
    minimum_field = WholeNumber(FIELDS["minimum_field"], least=0, most=100_000, default=0)
    starts_on = Day(FIELDS["starts_on"])
    ends_on = Day(FIELDS["ends_on"])
    venue = TextLine(FIELDS["venue"], maximum=120)
    appeal_minutes = WholeNumber(FIELDS["appeal_minutes"], least=0, most=100_000, default=0)
    notice_days = WholeNumber(FIELDS["notice_days"], least=0, most=365, default=0)
    signing = WordOf(FIELDS["signing"], labels.SIGNINGS, default="card")

    def __init__(
        self, entry_kinds: Iterable[str], last_year: int, frozen: Collection[str] = (), **settings: Any
    ) -> None:
        super().__init__(**settings)
        _limit_days(self, last_year)
        self.entry_kind.choices = [SelectChoice(name, labels.ENTRY_KINDS[name]) for name in entry_kinds]
        for name in frozen:
            del self[name.removesuffix("_id")]

    def values(self, trade_id: int | None, stored: EventValues | None = None) -> EventValues:
        """Return what was said; what the form does not ask stays as it is stored."""
        known = {} if stored is None else stored._asdict()
        said = {name: self[name].data for name in EventValues._fields if name in self}
        return EventValues(**{**known, **said, "trade_id": trade_id})


def _limit_days(form: Any, last_year: int) -> None:
    for field in (form.starts_on, form.ends_on):
        field.first_year, field.last_year = rules.FIRST_YEAR, last_year


class ReasonForm(FlaskForm):
    """The reason for a step that is kept with it."""

    reason = TextAreaField(_l("Reason"), filters=[tidy_text])
