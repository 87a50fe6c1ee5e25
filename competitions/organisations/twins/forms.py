"""Input about units that may be one."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from competitions.fields import TextLine


class MergeForm(FlaskForm):
    """How somebody knows that two units are one."""

    reason = TextLine(_l("Reason"), maximum=200)
