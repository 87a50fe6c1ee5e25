"""What the rules of entry bring when the application is put together."""

from flask import Flask

from competitions.eligibility.panel import rules_panel
from competitions.events import panels


def init_app(_app: Flask) -> None:
    """Show the rules of entry on an event's overview."""
    panels.register("entry_rules", rules_panel, aside=True)
