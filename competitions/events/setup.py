"""What events bring when the application is put together."""

from flask import Flask

from competitions.events import frame, guards, lifecycle


def init_app(app: Flask) -> None:
    """Register the event's own guards and effects, and what its pages share."""
    lifecycle.register_guard("open_registration", guards.says_what_is_held)
    lifecycle.register_guard("finalise", guards.time_for_objections_is_over)
    lifecycle.register_effect("announce", guards.set_announced)
    lifecycle.register_effect("finalise", guards.set_finalised)
    app.add_template_global(frame.event_frame)
