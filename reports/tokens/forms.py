"""Input for tokens."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from competitions.fields import OneOf, TextLine


class TokenForm(FlaskForm):
    """Whose figures a token opens, and which system will use it."""

    union_id = OneOf(
        _l("Union"), required=True, description=_l("Its figures and those of all unions below it.")
    )
    name = TextLine(_l("Which system will use it?"), maximum=80, required=True)
