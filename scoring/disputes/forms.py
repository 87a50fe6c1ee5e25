"""Input for disputes."""

import re

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from competitions.fields import NOT_OFFERED, TextLine, tidy_text
from scoring.disputes import labels, rules
from scoring.disputes.rules import Said

REFERENCE = re.compile(r"[0-9a-f]{32}")
LONG = _l("At most %(max)d characters fit here.")


class DisputeForm(FlaskForm):
    """What is disputed about which work, and by whom; `operation` makes two clicks one dispute."""

    operation = HiddenField()
    work = TextLine(
        _l("Number or title of the work"), maximum=120, required=True,
        description=_l("As it stands in the notice."),
    )  # fmt: skip
    kind = RadioField(
        _l("What is disputed"), choices=[SelectChoice(key, word) for key, word in labels.KINDS.items()]
    )
    grounds = TextAreaField(
        _l("Facts and evidence"), validators=[Length(max=rules.GROUNDS_MAXIMUM, message=LONG)],
        filters=[tidy_text],
    )  # fmt: skip
    name = TextLine(_l("Who disputes (full name)"), maximum=rules.NAME_MAXIMUM)
    contact = TextLine(_l("Phone or e-mail"), maximum=rules.CONTACT_MAXIMUM)

    def __init__(self, operation: str, **settings: object) -> None:
        super().__init__(**settings)
        self.kind.invalid_choice_message, self.kind.validate_choice = NOT_OFFERED, False
        if not REFERENCE.fullmatch(self.operation.data or ""):
            self.operation.data = operation

    def said(self) -> Said:
        """Return who disputes and why."""
        return Said(self.name.data or "", self.contact.data or "", self.grounds.data or "")


class DecisionForm(FlaskForm):
    """What is decided, and why."""

    decision = RadioField(
        _l("Decision"), choices=[SelectChoice(key, word) for key, word in labels.DECISIONS.items()]
    )
    reasons = TextAreaField(
        _l("Reasons"), validators=[Length(max=rules.REASONS_MAXIMUM, message=LONG)], filters=[tidy_text]
    )

    def __init__(self, **settings: object) -> None:
        super().__init__(**settings)
        self.decision.validate_choice = False


class EvidenceForm(FlaskForm):
    """One more piece of evidence."""

    file = FileField(_l("File"))
