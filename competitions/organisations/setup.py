"""What organisations bring when the application is put together."""

from flask import Flask

from accounts import scopes
from competitions.organisations import queries


def init_app(app: Flask) -> None:
    """Name unions and units for those who give roles."""
    scopes.register("union", queries.search_union_scopes, queries.list_union_names)
    scopes.register("unit", queries.search_unit_scopes, queries.list_unit_names)
