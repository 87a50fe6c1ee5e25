"""What events bring when the application is put together."""

from flask import Flask

from accounts import scopes
from competitions.events import frame, guards, lifecycle, queries, search


def init_app(app: Flask) -> None:
    """Register the event's own guards and effects, and what its pages share."""
    lifecycle.register_guard("open_registration", guards.says_what_is_held)
    lifecycle.register_guard("finalise", guards.time_for_objections_is_over)
    lifecycle.register_effect("announce", guards.set_announced)
    lifecycle.register_effect("finalise", guards.set_finalised)
    app.add_template_global(frame.event_frame)
    scopes.register("competition", queries.search_competition_scopes, queries.list_competition_names)
    scopes.register("event", queries.search_event_scopes, queries.list_event_names)
    scopes.register_event_ids(search.list_event_ids)
