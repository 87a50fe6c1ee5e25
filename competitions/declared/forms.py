"""Input for declared contests; their figures are read by competitions.returns.rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from competitions.declared import rules
from competitions.declared.rules import DeclaredValues, Winner
from competitions.fields import Day, Lines, OneOf, TextLine, tidy_text, version_said
from core.refusals import Refusal, words

NEEDED = _l("This is needed. Please fill it in.")


class DeclaredForm(FlaskForm):
    """What is said of a contest."""

    version = HiddenField()
    name = TextLine(_l("Name of the contest"), maximum=120, required=True)
    union_id = OneOf(_l("Union that declares it"), required=True)
    kind_id = OneOf(_l("Kind of activity"), empty=_l("Choose…"), required=True)
    level_id = OneOf(_l("Level and class"), empty=_l("Choose…"), required=True)
    trade = TextLine(_l("Trades"), maximum=160)
    host = TextLine(_l("Held by"), maximum=120)
    starts_on = Day(_l("First day"), validators=[InputRequired(NEEDED)])
    ends_on = Day(_l("Last day"), validators=[InputRequired(NEEDED)])
    winners = Lines(
        _l("Winners"), maximum=3 * rules.PART_MOST + 10,
        description=_l("One in each line: award, name, unit."),
    )  # fmt: skip
    source = TextAreaField(
        _l("Where the figures come from"), filters=[tidy_text],
        validators=[Length(max=rules.SOURCE_MOST, message=_l("At most %(max)d characters fit here."))],
    )  # fmt: skip

    def __init__(self, offers: Mapping[str, Iterable[Any]], **settings: Any) -> None:
        super().__init__(**settings)
        for name, choices in offers.items():
            self[name].offer(choices)
        for day in (self.starts_on, self.ends_on):
            day.first_year, day.last_year = rules.FIRST_YEAR, rules.LAST_YEAR

    def validate_winners(self, field: Lines) -> None:
        """Refuse lines that name nobody."""
        _found, wrong = rules.read_winners(field.data or [])
        if wrong:
            said = {"lines": ", ".join(map(str, wrong[:10]))}
            raise ValidationError(words(Refusal("DECLARED_WINNERS", "winners", said)))
        if len(field.data or []) > rules.WINNERS_MOST:
            most = {"most": rules.WINNERS_MOST}
            raise ValidationError(words(Refusal("DECLARED_WINNERS_MOST", "winners", most)))

    def values(self) -> tuple[DeclaredValues, list[Winner]]:
        """Return what was said, and the winners."""
        said = {name: self[name].data for name in DeclaredValues._fields}
        return DeclaredValues(**said), rules.read_winners(self.winners.data or [])[0]

    @property
    def said_version(self) -> int:
        """Return the version with which the form was opened."""
        return version_said(self.version.data)


def stored(contest: Any) -> dict[str, Any]:
    """Return what the form shows of a declared contest."""
    said = {name: getattr(contest, name) for name in DeclaredValues._fields}
    winners = ["，".join(part for part in one if part) for one in contest.winners]
    return said | {"version": contest.version, "winners": winners}


class DocumentForm(FlaskForm):
    """A document of a declared contest."""

    file = FileField(_l("File"))


class WithdrawForm(FlaskForm):
    """Why a declaration is withdrawn."""

    reason = TextAreaField(_l("Reason"), filters=[tidy_text])
