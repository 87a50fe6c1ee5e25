"""What the pages of an import share: the upload that is kept, what was said of it, its proposal."""

from typing import Any, NamedTuple

from competitions.entries import mapping, progress
from competitions.entries.proposals import Asked, Proposal, propose
from competitions.entries.views.base import actor, asked_for, wants_drafts
from competitions.lists import uploads
from competitions.lists.table import Table
from competitions.lists.uploads import Choices, Place, Upload
from core import clock, database
from core.refusals import refuse


class Kept(NamedTuple):
    """An upload between its check and its confirmation."""

    place: Place
    upload: Upload
    choices: Choices

    def keep(self, choices: Choices) -> None:
        """Keep what was said of the upload now."""
        uploads.keep_choices(choices, self.place, now=clock.now())

    def table(self, kind: str) -> Table:
        """Return the table that the upload is."""
        return mapping.table_of(self.upload.grid, self.choices.fields, kind)

    def asked(self, event: Any) -> Asked:
        """Return for which event and units the upload is proposed, and what was said of unknown units."""
        draft = wants_drafts(event)
        return asked_for(event, "entry.import", updating=True, choices=self.choices, draft=draft)

    def proposal(self, event: Any) -> Proposal:
        """Return what the upload would enter now."""
        asked, table = self.asked(event), self.table(event.entry_kind)
        with database.reading_session() as reader:
            return propose(reader, asked, table, progress.teller(self.place))


def kept(event_id: int, token: str) -> Kept:
    """Return what is kept for this user under a token.

    Raises: Refused UPLOAD_GONE.
    """
    place, now = Place(token, actor(), str(event_id)), clock.now()
    upload = uploads.find_upload(place, now=now)
    if upload is None:
        raise refuse("UPLOAD_GONE")
    return Kept(place, upload, uploads.find_choices(place, now=now))
