"""What judges bring when the application is put together."""

from flask import Flask

from competitions.events import lifecycle
from competitions.judges import guards


def init_app(_app: Flask) -> None:
    """Register what the steps need of the judges; until scoring starts they can still change."""
    for step in ("close_registration", "start_scoring"):
        lifecycle.register_guard(step, guards.panels_are_complete)
        lifecycle.register_guard(step, guards.nobody_judges_the_own_unit)
        lifecycle.register_effect(step, guards.give_places)
