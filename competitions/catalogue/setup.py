"""What the catalogue brings when the application is put together."""

from flask import Flask

from competitions.catalogue import labels, naming


def init_app(app: Flask) -> None:
    """Give templates the names and marks of catalogue entries."""
    app.add_template_filter(naming.name_of, "named")
    app.add_template_filter(naming.year_beside)
    app.add_template_filter(naming.trade_mark)
    app.add_template_filter(naming.flag_of)
    app.add_template_filter(labels.source_title)
