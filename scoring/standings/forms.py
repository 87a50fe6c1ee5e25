"""What the forms of standings accept: a method with its events, the reason of a new version."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from competitions.fields import SeveralOf, TextLine, WordOf, tidy
from scoring.standings.messages import GROUPS

LONGEST = 20_000
FITS = _l("At most %(max)d characters fit here.")


class StandingForm(FlaskForm):
    """A standing: the title and whose it is stand over the same keys of the method."""

    version = HiddenField()
    title = TextLine(_l("Title of the standing"), maximum=80, required=True)
    of = WordOf(_l("Who is ranked"), GROUPS, default="unit")
    event_ids = SeveralOf(_l("Events that count"))
    document = TextAreaField(_l("Method (JSON)"), [Length(max=LONGEST, message=FITS)])

    def __init__(self, events: Iterable[SelectChoice], **settings: Any) -> None:
        super().__init__(**settings)
        self.event_ids.offer(events)

    def chosen_events(self) -> list[int]:
        """Return the events that were ticked; none where all were, so that later ones count, too."""
        chosen = list(self.event_ids.data or ())
        return [] if len(chosen) == len(self.event_ids.choices or ()) else chosen


class PublishForm(FlaskForm):
    """Why a published standing is published anew."""

    reason = TextAreaField(_l("Reason"), [Length(max=500, message=FITS)], filters=[tidy])
