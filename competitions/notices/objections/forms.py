"""Input for objections."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from competitions.fields import TextLine, tidy_text
from competitions.notices.objections import labels
from competitions.notices.objections.rules import (
    CONTACT_MAXIMUM,
    NAME_MAXIMUM,
    REASON_MAXIMUM,
    UNIT_MAXIMUM,
    Said,
)


class ObjectionForm(FlaskForm):
    """What somebody objects to, and who it is."""

    reason = TextAreaField(
        _l("What you object to, and why"),
        [Length(max=REASON_MAXIMUM, message=_l("At most %(max)d characters fit here."))],
        filters=[tidy_text],
    )
    name = TextLine(_l("Your name"), maximum=NAME_MAXIMUM)
    unit = TextLine(_l("Your unit"), maximum=UNIT_MAXIMUM)
    contact = TextLine(_l("Phone or e-mail"), maximum=CONTACT_MAXIMUM)

    def said(self) -> Said:
        """Return what was said."""
        return Said(**{name: self[name].data or "" for name in Said._fields})


class DecisionForm(FlaskForm):
    """What becomes of an objection."""

    decision = RadioField(
        _l("Is it upheld?"),
        choices=[SelectChoice(key, word) for key, word in labels.DECISIONS.items()],
        validate_choice=False,
    )
    answer = TextAreaField(_l("Answer"), filters=[tidy_text])
