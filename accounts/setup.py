"""What accounts add to the application at its start."""

from flask import Flask

from accounts import passwords
from accounts.views import cards
from core import web


def init_app(app: Flask) -> None:
    """Attach the page of judge cards; prepare what the first sign-in would otherwise wait for."""
    app.register_blueprint(cards.blueprint)
    # It only looks a link up, by POST so that the link's secret stays out of addresses and logs.
    web.audit_exempt.add("accounts.check_link")
    passwords.nobodys_hash()
