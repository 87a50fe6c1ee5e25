"""The keys under which the slices seal personal data; made once when the application is put together."""

from flask import Flask, current_app

from core.secrets import Keys, keys_from

EXTENSION = "personal_keys"


def init_app(app: Flask) -> None:
    """Make the keys of this installation ready."""
    app.extensions[EXTENSION] = keys_from(app.config["SETTINGS"].data_key)


def keys() -> Keys:
    """Return the keys of this installation."""
    known: Keys = current_app.extensions[EXTENSION]
    return known
