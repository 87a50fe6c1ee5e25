"""What entries bring when the application is put together."""

from flask import Flask

from competitions.entries import guards
from competitions.entries.panel import entries_panel
from competitions.events import lifecycle, panels


def init_app(_app: Flask) -> None:
    """Register what closing the registration needs."""
    panels.register("entries", entries_panel)
    lifecycle.register_guard("close_registration", guards.every_entry_decided)
    lifecycle.register_guard("close_registration", guards.field_is_large_enough)
