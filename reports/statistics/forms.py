"""Input of the report builder."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField

from competitions.fields import TextLine

NAME_LENGTH = 80


class SaveForm(FlaskForm):
    """A name for the report whose filters stand in `query`."""

    name = TextLine(_l("Name of the report"), maximum=NAME_LENGTH, required=True)
    query = HiddenField()
