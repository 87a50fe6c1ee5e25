"""What the twins of units bring when the application is put together."""

from flask import Flask

from competitions.organisations import panels
from competitions.organisations.models import OrganisationContact
from competitions.organisations.twins import following
from competitions.organisations.twins.panel import twins_panel


def init_app(_app: Flask) -> None:
    """Let contacts follow their unit; show on the page of a unit which others may be the same."""
    following.register(OrganisationContact.unit_id)
    panels.register("twins", twins_panel)
