"""What judges bring when the application is put together."""

from flask import Flask

from competitions.events import lifecycle
from competitions.judges import guards
from competitions.judges.models import Appointment, DeclaredConflict
from competitions.judges.register.models import JudgeProfile
from competitions.judges.views import own
from competitions.organisations.twins import following


def init_app(app: Flask) -> None:
    """Attach what is a judge's own; let units take judges along; register what steps need of them."""
    app.register_blueprint(own.blueprint)
    for column in (Appointment.unit_id, DeclaredConflict.unit_id, JudgeProfile.unit_id):
        following.register(column)
    for step in ("close_registration", "start_scoring"):
        lifecycle.register_guard(step, guards.panels_are_complete)
        lifecycle.register_guard(step, guards.nobody_judges_the_own_unit)
        lifecycle.register_effect(step, guards.give_places)
