"""What judges bring when the application is put together."""

from flask import Flask

from competitions.events import lifecycle
from competitions.judges import guards
from competitions.judges.views import own


def init_app(app: Flask) -> None:
    """Attach what is a judge's own; register what the steps need of judges, who may change until marking."""
    app.register_blueprint(own.blueprint)
    for step in ("close_registration", "start_scoring"):
        lifecycle.register_guard(step, guards.panels_are_complete)
        lifecycle.register_guard(step, guards.nobody_judges_the_own_unit)
        lifecycle.register_effect(step, guards.give_places)
