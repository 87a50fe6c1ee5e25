"""Input about people."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import Length

from competitions.entries.rules import NAME_LENGTH
from competitions.fields import TextLine, tidy
from competitions.people.correcting import Correction

REASON_MAXIMUM = 200


class SearchForm(FlaskForm):
    """Whom somebody looks for; sent by POST, so that no name stands in an address or a log."""

    text = TextLine(_l("Name, unit or whole ID number"), maximum=100)


class ReasonForm(FlaskForm):
    """Why two records are one person."""

    reason = TextLine(_l("Reason"), maximum=REASON_MAXIMUM)


class CorrectForm(FlaskForm):
    """What a person's record is to say, and why."""

    name = TextLine(_l("Full name"), maximum=NAME_LENGTH, required=True)
    id_number = StringField(_l("ID number"), [Length(max=40)], filters=[tidy])
    cleared = BooleanField(_l("Clear the ID number: it is another person's or wrong"))
    reason = TextLine(_l("Reason"), maximum=REASON_MAXIMUM)

    def values(self) -> Correction:
        """Return what was said."""
        return Correction(self.name.data or "", self.id_number.data or "", bool(self.cleared.data))
