"""What the rules of entry bring when the application is put together."""

from flask import Flask
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.eligibility.models import UnitQuota
from competitions.eligibility.panel import rules_panel
from competitions.eligibility.queries import list_shared_quotas
from competitions.eligibility.wording import skill_words
from competitions.events import panels
from competitions.organisations.models import Unit
from competitions.organisations.twins import following
from core.refusals import Refusal


def init_app(app: Flask) -> None:
    """Show the rules of entry on an event's overview; let places of its own follow a unit."""
    app.add_template_filter(skill_words)
    panels.register("entry_rules", rules_panel, aside=True)
    following.register(UnitQuota.unit_id)
    following.register_obstacle(both_have_places)


def both_have_places(session: Session, kept: Unit, gone: Unit) -> list[Refusal]:
    """Refuse where both have places of their own in one event: nobody knows which hold then."""
    events = list_shared_quotas(session, kept.id, gone.id)
    return [Refusal("UNITS_BOTH_QUOTAS", "", {"event": name_of(event)}) for event in events]
