"""What organisations bring when the application is put together."""

from flask import Flask

from accounts import scopes
from competitions import personal
from competitions.organisations import queries


def init_app(app: Flask) -> None:
    """Make the keys of personal data ready; name unions and units for those who give roles."""
    personal.init_app(app)
    scopes.register("union", queries.search_union_scopes, queries.list_union_names)
    scopes.register("unit", queries.search_unit_scopes, queries.list_unit_names)
