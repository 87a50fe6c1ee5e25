"""Input for notices."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, TextAreaField
from wtforms.fields import SelectChoice

from competitions.fields import Day, OneOf, TextLine, WordOf, tidy_text
from competitions.notices import labels
from competitions.notices.rules import NoticeValues


class NoticeForm(FlaskForm):
    """A notice; once somebody has read it, its kind and event stay and each change is named.

    The fields stand here in the order of the page, so that the summary of errors follows it.
    """

    version = HiddenField()
    kind = WordOf(_l("Kind of notice"), labels.KINDS)
    event_id = OneOf(_l("Is about"), empty=_l("the whole competition"))
    title = TextLine(_l("Title of the notice"), maximum=120, required=True)
    body = TextAreaField(_l("Text"), filters=[tidy_text])
    starts_on = Day(_l("Objections from"))
    ends_on = Day(_l("Objections until"))
    contact = TextLine(_l("Contact for objections"), maximum=200)
    correction = TextLine(_l("What has changed"), maximum=300)

    def __init__(self, events: Iterable[SelectChoice], *, corrects: bool, year: int, **settings: Any) -> None:
        super().__init__(**settings)
        for field in (self.starts_on, self.ends_on):
            field.first_year, field.last_year = year - 10, year + 10
        if corrects:
            del self.kind, self.event_id
        else:
            del self.correction
            self.event_id.offer(events)

    def values(self) -> NoticeValues:
        """Return what was said."""
        correction = (self.correction.data or "") if "correction" in self else ""
        return NoticeValues(
            self.title.data or "", self.body.data or "", self.starts_on.data, self.ends_on.data,
            self.contact.data or "", correction,
        )  # fmt: skip

    def about(self, kind: str, event_id: int | None) -> tuple[str, int | None]:
        """Return kind and event: what was said, or what stands where that is no longer asked."""
        return (self.kind.data, self.event_id.data) if "kind" in self else (kind, event_id)


class AttachForm(FlaskForm):
    """One more file."""

    file = FileField(_l("File"))


class WithdrawForm(FlaskForm):
    """The reason that stays in the place of what was withdrawn."""

    reason = TextAreaField(_l("Reason"), filters=[tidy_text])


