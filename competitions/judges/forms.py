"""What the forms of judges accept."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from accounts.rules import clean_login
from competitions.fields import TextLine, WordOf
from competitions.judges.conflicts import KINDS, OWN_KINDS, OwnWords

SHORT = Length(max=200, message=_l("At most %(max)d characters fit here."))


class JudgeForm(FlaskForm):
    """What is said about a judge."""

    unit = TextLine(
        _l("Own unit"),
        maximum=120,
        description=_l("Where the judge works. Nobody judges the own unit; leave it empty for a guest."),
    )
    chief = BooleanField(_l("Chief judge"), description=_l("Leads the judges of this event; one for each."))
    head = BooleanField(
        _l("Head of a panel"), description=_l("Enters the values on which a panel agrees together.")
    )


class AppointForm(JudgeForm):
    """Somebody who has an account already."""

    who = TextLine(_l("Name or sign-in name"), maximum=80, required=True)
    user = RadioField(_l("Who is meant"), choices=[], validate_choice=False)

    def offer(self, users: Sequence[Any], units: Mapping[int, str]) -> None:
        """Let one of several people be chosen by name and unit; sign-in names are not told."""
        named = {user.id: " · ".join(filter(None, (user.name, units.get(user.id)))) for user in users}
        self.user.choices = [SelectChoice(str(number), name) for number, name in named.items()]

    def chosen(self, users: Sequence[Any]) -> Any | None:
        """Return the one who is meant, if that is clear."""
        if len(users) == 1:
            return users[0]
        return next((user for user in users if str(user.id) == self.user.data), None)


class SubstituteForm(AppointForm):
    """Who takes the places of a judge, and why."""

    chief = None
    head = None
    reason = TextAreaField(_l("Reason"), [SHORT])


class ConflictForm(FlaskForm):
    """From whom a judge has to stand back: a unit, or one entry by its number in the list."""

    kind = WordOf(_l("Kind"), KINDS)
    unit = TextLine(_l("Unit"), maximum=120)
    entry = TextLine(
        _l("Number of the entry"), maximum=9, description=_l("As in the list of entries; or name a unit.")
    )
    note = TextLine(_l("Note"), maximum=200)

    def validate_entry(self, field: Any) -> None:
        """Ask for a number."""
        if field.data and not (field.data.isascii() and field.data.isdigit()):
            raise ValidationError(_l("Enter the number that the entry has in the list."))

    @property
    def entry_number(self) -> int | None:
        """Return the number of the entry, where one is named."""
        return int(self.entry.data) if self.entry.data else None


class OwnConflictForm(FlaskForm):
    """From whom a judge says to have to stand back, in the judge's own words."""

    kind = WordOf(_l("What connects you"), OWN_KINDS)
    named = TextLine(
        _l("With which unit or person"),
        maximum=120,
        required=True,
        description=_l("The full name of the unit, as on its seal, or the name of the person."),
    )
    note = TextLine(
        _l("What the organiser should know"), maximum=200, description=_l("For example since when.")
    )

    def words(self) -> OwnWords:
        """Return what was said."""
        return OwnWords(self.kind.data, self.named.data or "", self.note.data or "")


class InviteJudgeForm(JudgeForm):
    """Somebody new, with the name to sign in with."""

    name = TextLine(_l("Full name"), maximum=80, required=True)
    login = StringField(
        _l("Sign-in name"),
        [InputRequired(_l("Enter a sign-in name."))],
        description=_l("2 to 80 letters or digits; also . _ - @ +. Capital letters make no difference."),
    )

    def validate_login(self, field: Any) -> None:
        """Accept what can be a sign-in name, in the form in which it is stored."""
        try:
            field.data = clean_login(field.data or "")
        except ValueError:
            raise ValidationError(
                _l("Use 2 to 80 letters or digits, beginning with one; also . _ - @ +, no spaces.")
            ) from None


class ReasonForm(FlaskForm):
    """Why a judge is dismissed or stopped."""

    reason = TextAreaField(_l("Reason"), [SHORT])
