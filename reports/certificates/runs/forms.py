"""The form that begins a run."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired


class RunForm(FlaskForm):
    """What a run makes."""

    form = RadioField(
        _l("What shall be made?"),
        choices=[
            SelectChoice("one", _l("One PDF in the order of the numbers")),
            SelectChoice("unit", _l("One PDF sorted by unit, for handing out")),
            SelectChoice("single", _l("An archive with a PDF for each certificate")),
        ],
        default="one",
        validators=[InputRequired(_l("Choose one."))],
    )
