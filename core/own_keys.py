"""The keys under which this installation seals what stands in its database; made once at the start."""

from flask import Flask, current_app

from core.secrets import Keys, keys_from

EXTENSION = "own_keys"


def init_app(app: Flask) -> None:
    """Make the keys of this installation ready."""
    app.extensions[EXTENSION] = keys_from(app.config["SETTINGS"].data_key)


def keys() -> Keys:
    """Return the keys of this installation."""
    known: Keys = current_app.extensions[EXTENSION]
    return known
