"""What the forms of the rules of entry accept."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, DateTimeLocalInput, ListWidget

from competitions.eligibility.rules import (
    AGES,
    LOCAL,
    ORGANISER,
    QUOTAS,
    TEAMS,
    UNION_LEVELS,
    YEARS_BACK,
    EntryRules,
)
from competitions.eligibility.wording import LEVELS, SKILLS, WOMEN
from competitions.fields import NOT_OFFERED, Day, Lines, TextLine, WholeNumber, WordOf, half_width

FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M:%S")
AWARD_LENGTH, TRADE_LENGTH = 60, 160
YEARS = range(2000, 2101)


class Moment(StringField):
    """A moment where the contests are held, to the minute; it may be left empty."""

    widget = DateTimeLocalInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the moment."""
        text = half_width(valuelist[0] if valuelist else "")
        self.data: Any = None
        for form in FORMS if text else ():
            try:
                self.data = datetime.strptime(text, form).replace(tzinfo=LOCAL)
            except ValueError:
                continue
            return
        if text:
            raise ValueError(_l("Enter a day and a time that exist, for example 2026-09-30 18:00."))

    def pre_validate(self, form: Any) -> None:
        """Refuse a year that can only be a slip, and that no other zone of time might have."""
        if self.data is not None and self.data.year not in YEARS:
            years = {"least": YEARS[0], "most": YEARS[-1]}
            raise ValidationError(
                _l("The year has to be from %(least)s to %(most)s. Check the day.", **years)
            )

    def _value(self) -> str:
        return f"{self.data.astimezone(LOCAL):%Y-%m-%dT%H:%M}" if self.data else ""


class MaybeNumber(WholeNumber):
    """A whole number between two limits, or nothing."""

    def pre_validate(self, form: Any) -> None:
        """Accept an empty box."""
        if (self.raw_data or [""])[0].strip():
            super().pre_validate(form)

    def _value(self) -> str:
        raw = self.raw_data[0] if self.raw_data else None
        return raw if raw is not None else "" if self.data is None else str(self.data)


class SomeOf(SelectMultipleField):
    """Any number of the offered words, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, offered: Iterable[tuple[str, Any]], **settings: Any) -> None:
        choices = [SelectChoice(key, word) for key, word in offered]
        super().__init__(label, choices=choices, **settings)
        self.invalid_choice_message = NOT_OFFERED


class RulesForm(FlaskForm):
    """The rules of entry of one event."""

    opens_at = Moment(
        _l("Registration opens at"), description=_l("Empty: as soon as registration is opened.")
    )
    closes_at = Moment(
        _l("Registration closes at"), description=_l("By Beijing time. Choose a later time to extend it.")
    )
    unit_quota = MaybeNumber(_l("Places for each unit"), least=QUOTAS[0], most=QUOTAS[-1])
    age_least = MaybeNumber(_l("Least age"), least=AGES[0], most=AGES[-1])
    age_most = MaybeNumber(_l("Greatest age"), least=AGES[0], most=AGES[-1])
    age_on = Day(_l("Age counts on"), description=_l("Empty: the first day of the event."))
    not_retired = BooleanField(
        _l("Below the statutory retirement age"),
        description=_l("By the table in force since 2025: it rises month by month, by birth date and sex."),
    )
    women = WordOf(_l("Retirement age of women"), WOMEN)
    level_least = WordOf(
        _l("Least skill level"), {"": _l("Any")} | SKILLS
    )
    levels = SomeOf(
        _l("Skill levels that may enter"),
        list(SKILLS.items()),
        description=_l("None chosen: every level."),
    )
    own_trade = BooleanField(
        _l("Everybody’s own trade is that of the event"),
        description=_l("The trade at the time of entry; it is asked for in the form and in the list."),
    )
    trades = Lines(
        _l("Or one of these trades"),
        maximum=TRADE_LENGTH,
        description=_l("One a line, by code or name as in the catalogue; empty: no other."),
    )
    one_event = BooleanField(_l("Each person in one event of the competition only"))
    winners_back = MaybeNumber(
        _l("Winners of so many years before cannot enter"),
        least=0,
        most=YEARS_BACK[-1],
        description=_l("Counted over final results of contests of the same union. Empty: they can."),
    )
    winners_awards = Lines(
        _l("Of these awards only"), maximum=AWARD_LENGTH,
        description=_l("One a line; empty: any award. Honours count where they stand here with their level."),
    )  # fmt: skip
    team_least = MaybeNumber(_l("Least members"), least=TEAMS[0], most=TEAMS[-1])
    team_most = MaybeNumber(_l("Most members"), least=TEAMS[0], most=TEAMS[-1])
    substitutes = MaybeNumber(_l("Most substitutes"), least=0, most=TEAMS[-1])
    review = SomeOf(
        _l("Decided before the organiser by"),
        [(level, LEVELS[level]) for level in UNION_LEVELS],
        description=_l(
            "In this order, each by the union of its level above the entry’s unit. A level without such a "
            "union is skipped. The organiser decides last."
        ),
    )

    def __init__(self, kind: str, *, trade: bool, **settings: Any) -> None:
        super().__init__(**settings)
        if not trade:
            del self.own_trade
            self.trades.label.text = _l("Own trade: one of these")
        if kind != "team":
            del self.team_least, self.team_most, self.substitutes

    def values(self) -> EntryRules:
        """Return the rules that were typed; what is not asked for has its default."""
        usual = EntryRules()
        said = {field.short_name: field.data for field in self if field.short_name in usual.__dict__}
        said |= {name: tuple(said[name] or ()) for name in ("levels", "trades", "winners_awards")}
        said["review"] = (*(level for level in UNION_LEVELS if level in (self.review.data or ())), ORGANISER)
        said["winners_back"] = said["winners_back"] or 0
        for name in ("team_least", "team_most", "substitutes"):
            if said.get(name) is None:
                said[name] = getattr(usual, name)
        return EntryRules(**said)


def stored_form(rules: EntryRules, kind: str, *, trade: bool, trades: list[str]) -> RulesForm:
    """Return the form with the rules that stand; `trades` is how the listed ones are typed."""
    stands = rules.__dict__ | {"winners_back": rules.winners_back or None, "trades": trades}
    stands |= {name: list(stands[name]) for name in ("levels", "winners_awards", "review")}
    return RulesForm(kind, trade=trade, formdata=None, data=stands)


class QuotaForm(FlaskForm):
    """The places of one unit."""

    unit = TextLine(_l("Unit"), maximum=120, required=True)
    places = WholeNumber(_l("Number of places"), least=0, most=QUOTAS[-1])
