"""What certificates need at the start: the fonts of this installation."""

from flask import Flask

from reports.documents import fonts


def init_app(app: Flask) -> None:
    """Take the further fonts of JIANGSAI_FONTS into use."""
    fonts.use(app.config["SETTINGS"].font_directory)
