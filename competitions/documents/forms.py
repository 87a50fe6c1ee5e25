"""Input for documents."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, TextAreaField
from wtforms.fields import SelectChoice

from competitions.documents import labels
from competitions.documents.rules import DocumentValues
from competitions.fields import OneOf, TextLine, WordOf, tidy_text


class DocumentForm(FlaskForm):
    """A new document; `events` is what it can belong to besides the whole competition."""

    kind = WordOf(_l("Kind of document"), labels.KINDS)
    title = TextLine(_l("Title of the document"), maximum=120, required=True)
    event_id = OneOf(_l("Applies to"), empty=_l("the whole competition"))
    file = FileField(_l("File"))
    public = BooleanField(_l("Everybody may read it, without signing in"))

    def __init__(self, events: Iterable[SelectChoice], **settings: Any) -> None:
        super().__init__(**settings)
        self.event_id.offer(events)

    def values(self) -> DocumentValues:
        """Return what was said."""
        return DocumentValues(
            self.kind.data, self.title.data or "", self.event_id.data, bool(self.public.data)
        )


class ReplaceForm(FlaskForm):
    """A newer version."""

    file = FileField(_l("File"))
    change = TextLine(_l("What has changed"), maximum=200)


class WithdrawForm(FlaskForm):
    """The reason that stays in the place of what was withdrawn."""

    reason = TextAreaField(_l("Reason"), filters=[tidy_text])
