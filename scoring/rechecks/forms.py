"""What a second person says of a sheet."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import AnyOf, InputRequired, Length
from wtforms.widgets import HiddenInput

from competitions.fields import tidy
from scoring.sheets.forms import OPERATION_ID

LONGEST_NOTE = 300


class SampleForm(FlaskForm):
    """The wish to draw the sheets, under the operation id that the page was given."""

    operation = HiddenField()

    def __init__(self, operation: str, **settings: Any) -> None:
        super().__init__(**settings)
        if not OPERATION_ID.fullmatch(self.operation.data or ""):
            self.operation.data = operation


class ComparisonForm(SampleForm):
    """Whether a sheet agrees, in the version that was shown, and what differs."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    found = StringField(validators=[AnyOf(("agrees", "differs"))])
    note = StringField(
        _l("What differs"),
        filters=[tidy],
        validators=[
            Length(max=LONGEST_NOTE, message=_l("At most %(maximum)s characters.", maximum=LONGEST_NOTE))
        ],
    )
