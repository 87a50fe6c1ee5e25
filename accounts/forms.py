"""What account pages accept; every field that is not named here is ignored."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from accounts import passwords, policy, rules, scopes
from core.texts import tidy as tidy


class SignInForm(FlaskForm):
    """Name and password; anything in them gets the same answer."""

    login = StringField(_l("Sign-in name"), [InputRequired(_l("Enter your sign-in name."))])
    password = PasswordField(_l("Password"), [InputRequired(_l("Enter your password."))])


class NameForm(FlaskForm):
    """The name that pages show for a person."""

    name = StringField(
        _l("Full name"),
        [
            DataRequired(_l("Enter the person's name.")),
            Length(max=80, message=_l("At most %(max)d characters.")),
        ],
        filters=[tidy],
    )


class InviteForm(NameForm):
    """A new person and the name to sign in with."""

    login = StringField(
        _l("Sign-in name"),
        [InputRequired(_l("Enter a sign-in name."))],
        description=_l("2 to 80 letters or digits; also . _ - @ +. Capital letters make no difference."),
    )

    def validate_login(self, field: Field) -> None:
        """Accept what can be a sign-in name, in the form in which it is stored."""
        try:
            field.data = rules.clean_login(field.data or "")
        except ValueError:
            raise ValidationError(
                _l("Use 2 to 80 letters or digits, beginning with one; also . _ - @ +, no spaces.")
            ) from None


class ReasonForm(FlaskForm):
    """Why something is done."""

    reason = StringField(
        _l("Reason for disabling"),
        [
            DataRequired(_l("Say why; it is kept in the record.")),
            Length(max=200, message=_l("At most %(max)d characters.")),
        ],
        filters=[tidy],
    )


class CodeForm(FlaskForm):
    """The secret of a one-time link, filled in from the address by js/link-code.js or by hand."""

    code = StringField(_l("Code of the link"), [InputRequired(_l("Paste the code, or open the link again."))])


class CardForm(FlaskForm):
    """A judge card: what its QR code holds (js/card.js fills it in) or a code that is typed, and the PIN."""

    code = StringField(
        _l("Code of the card"),
        [InputRequired(_l("Scan the card, or type the code below its QR code."))],
    )
    pin = PasswordField(_l("PIN"), [InputRequired(_l("Enter the six digits of the PIN."))])

    @property
    def scanned(self) -> bool:
        """Say whether the code came from the QR code, so that nobody needs to see it."""
        return bool(rules.CARD_TOKEN.fullmatch(self.code.data or ""))

    def validate_pin(self, field: Field) -> None:
        """Refuse what cannot be a PIN, so that a slip does not count as a guess."""
        if not rules.PIN.fullmatch(rules.clean_pin(field.data or "")):
            raise ValidationError(_l("A PIN has six digits."))


class NewPasswordForm(FlaskForm):
    """A new password, typed twice."""

    code = HiddenField()
    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password."))],
        description=_l("At least 12 characters of any kind. A short sentence is easy to remember."),
    )
    repeat = PasswordField(
        _l("New password again"), [InputRequired(_l("Enter the new password a second time."))]
    )

    def __init__(self, *args: Any, personal: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.personal = tuple(personal)

    def validate_password(self, field: Field) -> None:
        """Refuse what is short, endless, or guessed early."""
        fault = passwords.fault(field.data, self.personal)
        if fault is not None:
            length = len(passwords.normal(field.data))
            raise ValidationError(password_words(fault, length))

    def validate_repeat(self, field: Field) -> None:
        """Refuse two different inputs."""
        if field.data != self.password.data:
            raise ValidationError(_l("The two inputs differ. Type the new password again."))


class ChangePasswordForm(NewPasswordForm):
    """The own password, old and new."""

    current = PasswordField(_l("Current password"), [InputRequired(_l("Enter your current password."))])


class GrantForm(FlaskForm):
    """A role and where it holds."""

    role = StringField(_l("Role"))
    scope = StringField(_l("Where the role holds"), [InputRequired(_l("Choose where the role holds."))])

    def __init__(self, *args: Any, session: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.chosen: tuple[str, int] = policy.SITE

    def validate_role(self, field: Field) -> None:
        """Refuse a role that does not exist."""
        if field.data not in policy.ROLES:
            raise ValidationError(_l("Choose one of the roles."))

    def validate_scope(self, field: Field) -> None:
        """Refuse a scope that does not exist, and an administrator of a part."""
        kind, _colon, number = (field.data or "").partition(":")
        usable = kind in policy.SCOPE_KINDS and number.isascii() and number.isdigit() and len(number) <= 9
        if not usable or not scopes.exists(self.session, kind, int(number)):
            raise ValidationError(_l("There is no such place. Search for it again and choose it."))
        self.chosen = (kind, int(number))
        if self.role.data in policy.SITE_ONLY and self.chosen != policy.SITE:
            raise ValidationError(_l("An administrator is responsible for the whole site."))


def password_words(fault: str, length: int) -> Any:
    """Return the sentence for a password that cannot be taken."""
    return {
        "too_short": _l(
            "It has %(length)s characters; at least %(minimum)s are needed.",
            length=length, minimum=rules.PASSWORD_MINIMUM,
        ),
        "too_long": _l("At most %(maximum)s characters can be kept.", maximum=rules.PASSWORD_MAXIMUM),
        "guessable": _l(
            "It is guessed early: it is made of common passwords, rows of keys, dates, telephone numbers, or "
            "your own name. Choose something else, for example four unrelated words."
        ),
    }[fault]  # fmt: skip
