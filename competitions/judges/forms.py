"""What the forms of judges accept."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from accounts.rules import clean_login
from competitions.fields import TextLine

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
        self.user.choices = [(str(number), name) for number, name in named.items()]

    def chosen(self, users: Sequence[Any]) -> Any | None:
        """Return the one who is meant, if that is clear."""
        if len(users) == 1:
            return users[0]
        return next((user for user in users if str(user.id) == self.user.data), None)


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
