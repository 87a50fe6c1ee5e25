"""What the forms of a scheme accept."""


from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from competitions.fields import tidy

LONGEST_REASON = 500


class ReasonedForm(FlaskForm):
    """Something that becomes a version; `base` is the version that it started from."""

    base = HiddenField()
    reason = TextAreaField(
        _l("Reason of the change"),
        [Length(max=LONGEST_REASON, message=_l("At most %(max)d characters fit here."))],
        filters=[tidy],
    )

    def base_number(self) -> int | None:
        """Return the number of the version that this started from, or None where the page did not say."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


class UploadForm(ReasonedForm):
    """A scheme.json, a marking scheme or our template as a workbook."""

    file = FileField(_l("File"), [FileRequired(_l("Choose the file first."))])


class DocumentForm(ReasonedForm):
    """A scheme as it was edited."""

    document = TextAreaField(_l("Scheme (JSON)"))




class StartForm(ReasonedForm):
    """Which scheme to start from: `library:<name>` or `event:<number>`."""

    source = HiddenField()
