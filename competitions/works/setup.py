"""What works bring when the application is put together."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from competitions.entries import entry_panels
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.works import labels, queries
from competitions.works.rules import benefit_text


def init_app(_app: Flask) -> None:
    """Show what is said of a work on the page of its entry."""
    entry_panels.register("work", entry_panel)


def entry_panel(session: Session, event: Event, entry: Entry) -> tuple[str, dict[str, Any]] | None:
    """Return the particulars of a work; nothing where somebody else competes."""
    if entry.kind != "work":
        return None
    said = queries.find_particulars(session, entry.id)
    return "works/_entry.html", {
        "said": said, "benefit": benefit_text(said.benefit) if said else "", "natures": labels.NATURES,
        "names": queries.hidden_names(entry, said) if event.anonymous else [],
        "shares": [(member.person.name, member.share) for member in entry.members if member.share],
    }  # fmt: skip
