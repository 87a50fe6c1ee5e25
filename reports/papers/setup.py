"""What papers add to the application at its start."""

from flask import Flask

from reports.papers import card_views


def init_app(app: Flask) -> None:
    """Attach the page of judge cards, which stands under the tab of the judges."""
    app.register_blueprint(card_views.blueprint)
