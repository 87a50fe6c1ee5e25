"""What certificates need at the start: fonts, printable names, corrections; and what honours ask of them."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events.models import Event
from competitions.events.rules import CORRECTED
from core.refusals import Refusal
from reports.certificates import behind, services
from reports.certificates.queries import list_issuers
from reports.documents import fonts
from scoring.honours import grounds
from scoring.schemes.queries import find_scheme


def init_app(app: Flask) -> None:
    """Take the further fonts of JIANGSAI_FONTS into use; look at names while they can still change."""
    fonts.use(app.config["SETTINGS"].font_directory)
    for step in ("open_registration", "close_registration"):
        lifecycle.register_guard(step, names_are_printable)
    lifecycle.register_effect(CORRECTED.name, services.withdraw_wrong)
    grounds.register(behind.revoked_behind)


def names_are_printable(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for names of the competition, the event, its prizes and issuers that certificates can print.

    People's names are asked for when certificates are issued: they are as they are, and fonts can be added.
    """
    scheme = find_scheme(session, event.id)
    prizes = [tier.title for tier in scheme.awards.tiers] if scheme is not None and scheme.awards else []
    texts = [event.competition.name, event.name, *prizes, *list_issuers(session, event.competition)]
    return [
        Refusal("NAME_NOT_PRINTABLE", "", {"text": text, "characters": " ".join(missing)})
        for text, missing in fonts.unprintable(texts)
    ]
